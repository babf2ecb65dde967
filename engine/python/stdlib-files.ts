/**
 * The standard library as a read-only directory, served from memory that all processes share, without a system call. A member is
 * decompressed when it is first read. scripts/library.ts says how the file is laid out.
 */
import { inflateSync } from 'fflate'
import type { Stat } from '../machine/stat.ts'
import { S_IFDIR, S_IFREG } from '../machine/stat.ts'

export const STDLIB = '/opt/lib/python3.14'

export interface StdlibFile {
  stat: Stat
  bytes: Uint8Array
}
export interface StdlibDirectory {
  stat: Stat
  names: Map<string, Stat>
}
export type StdlibNode = StdlibFile | StdlibDirectory

export interface Stdlib {
  /** True where the absolute path lies in the library (site-packages does not: it is the machine's). */
  covers(path: string): boolean
  lookup(path: string): StdlibNode | undefined
}

export const isStdlibFile = (node: StdlibNode): node is StdlibFile => 'bytes' in node

/** A device number that no other file system has; inode numbers count the members. */
const DEVICE = 0x70

/** `library` is the file that scripts/pack-stdlib.ts made. */
export function openStdlib(library: ArrayBufferLike): Stdlib {
  const nodes = new Map<string, StdlibNode>()
  const bytes = new Uint8Array(library)
  let inode = 1

  const stat = (mode: number, size: number): Stat => ({
    dev: DEVICE, ino: inode++, mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size, blocks: Math.ceil(size / 512),
    atime: BUILT, mtime: BUILT, ctime: BUILT,
  })

  function directory(path: string): StdlibDirectory {
    const known = nodes.get(path)
    if (known && !isStdlibFile(known)) return known
    const made = { stat: stat(S_IFDIR | 0o755, 4096), names: new Map<string, Stat>() }
    nodes.set(path, made)
    if (path !== STDLIB) enter(path, made.stat)
    return made
  }

  function enter(path: string, entry: Stat) {
    const slash = path.lastIndexOf('/')
    directory(path.slice(0, slash)).names.set(path.slice(slash + 1), entry)
  }

  directory(STDLIB)
  const indexEnd = 4 + new DataView(library).getUint32(0, true)
  let at = indexEnd
  for (const [name, size, packed] of JSON.parse(new TextDecoder().decode(bytes.slice(4, indexEnd))) as [string, number, number][]) {
    const file = member(stat(S_IFREG | 0o644, size), bytes.subarray(at, at += packed))
    nodes.set(`${STDLIB}/${name}`, file)
    enter(`${STDLIB}/${name}`, file.stat)
  }

  return {
    covers: path => (path === STDLIB || path.startsWith(`${STDLIB}/`)) && !path.startsWith(`${STDLIB}/site-packages`),
    lookup: path => nodes.get(path),
  }
}

function member(stat: Stat, packed: Uint8Array): StdlibFile {
  let unpacked: Uint8Array | undefined
  return {
    stat,
    get bytes() { return unpacked ??= inflateSync(packed, { out: new Uint8Array(stat.size) }) },
  }
}

/** The files' date: 2025-12-05, CPython 3.14.2. */
const BUILT = Date.UTC(2025, 11, 5)
