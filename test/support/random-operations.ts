/** Random calls on a file system, as data, so that the same ones can be made of two and made again. */
import type { ErrnoName } from '../../engine/machine/errno.ts'
import type { FileSystem, Ino } from '../../engine/machine/file-system.ts'
import { isDirectory, isRegular, isSymlink } from '../../engine/machine/stat.ts'
import { byPath } from './by-path.ts'
import { errnoOf } from './errno-of.ts'

export interface Operation {
  call: 'touch' | 'mkdir' | 'symlink' | 'link' | 'unlink' | 'rmdir' | 'rename' | 'chmod' | 'write' | 'truncate'
  path: string
  /** The second path, or a symlink's text. */
  other: string
  /** An offset, a length or permission bits. */
  number: number
}

/** Whole numbers from 0 up to, not including, `below`; the same for the same seed (mulberry32). */
export const createRandom = (seed: number) => (below: number) => {
  seed = (seed + 0x6d2b79f5) | 0
  let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
  return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * below)
}

const calls: Operation['call'][] = [
  'touch', 'touch', 'mkdir', 'mkdir', 'symlink', 'link', 'unlink', 'rmdir', 'rename', 'rename', 'rename', 'chmod', 'write',
  'write', 'truncate',
]
const names = ['a', 'b', 'c', 'd']
const numbers = [0, 1, 5, 4095, 4097, 65_535, 65_536, 70_000, 140_000]

export const randomOperation = (random: (below: number) => number): Operation => {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!
  const ending = () => (random(20) === 0 ? pick(['/', '/.', '/..']) : '')
  const path = () => Array.from({ length: 1 + random(3) }, () => `/${pick(names)}`).join('') + ending()
  const call = pick(calls)
  // Without `..`: it would lead out of the directory that stands for the disk's root.
  const target = () => Array.from({ length: 1 + random(3) }, () => pick(['.', ...names])).join('/')
  return { call, path: path(), other: call === 'symlink' ? target() : path(), number: pick(numbers) }
}

/** What the operation failed with. A path that ends in a slash or a dot is asked for, and not acted on: that is for who makes the calls. */
export const perform = (fs: FileSystem, { call, path, other, number }: Operation): ErrnoName | undefined => {
  const does = byPath(fs)
  return errnoOf(() => {
    const place = fs.resolve(path, { follow: call === 'write' || call === 'truncate' })
    if (place.mustBeDirectory || fs.resolve(other, { follow: false }).mustBeDirectory) return
    const ino = place.ino
    if (call === 'touch' || call === 'mkdir') does[call](path)
    else if (call === 'symlink') does.symlink(path, other)
    else if (call === 'unlink' || call === 'rmdir') does[call](path)
    else if (call === 'rename') does.rename(path, other)
    else if (ino === undefined) return
    else if (call === 'link') does.link(path, other)
    else if (isSymlink(fs.stat(ino).mode)) return
    else if (call === 'chmod') fs.chmod(ino, 0o700 | (number & 0o77))
    else if (call === 'truncate') fs.truncate(ino, number)
    else fs.write(ino, number, new TextEncoder().encode(`${path} ${other} `.repeat(1 + (number % 500))))
  })
}

/** The whole tree as lines, hard links numbered in the order of their first name. */
export const describeTree = (fs: FileSystem): string[] => {
  const numbers = new Map<Ino, number>()
  const visit = (path: string, ino: Ino): string[] => {
    if (!numbers.has(ino)) numbers.set(ino, numbers.size)
    const { mode, nlink, size } = fs.stat(ino)
    const what = isSymlink(mode)
      ? `-> ${fs.readlink(ino)}`
      : isRegular(mode)
        ? `${size} ${digest(fs.read(ino, 0, size))}`
        : `parent ${numbers.get(fs.parentOf(ino))}`
    const line = `${path} #${numbers.get(ino)} ${mode.toString(8)} ${nlink} ${what}`
    if (!isDirectory(mode)) return [line]
    const entries = fs.readdir(ino).sort((a, b) => (a.name < b.name ? -1 : 1))
    return [line, ...entries.flatMap(entry => visit(`${path}/${entry.name}`, entry.ino))]
  }
  return visit('', fs.root)
}

/** FNV-1a. */
const digest = (bytes: Uint8Array): string => {
  let value = 0x811c9dc5
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193)
  return (value >>> 0).toString(16)
}
