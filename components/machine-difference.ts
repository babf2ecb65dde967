import { bytesAsSource } from '../engine/archive/byte-source.ts'
import { readZip } from '../engine/archive/read-zip.ts'
import { ZipError } from '../engine/archive/zip-error.ts'
import type { Session, TreeEntry } from '../engine/host/session.ts'
import { treeNow } from './tree-now.ts'

/** Larger files are compared by their sizes. */
const LARGE = 1 << 24

/**
 * What of a machine is not as in another, at the shell's prompt: the working directory, the last exit status, the files below `directory`.
 * One line, about the first difference; undefined where there is none. Times don't count, nor what Python compiles.
 */
export async function machineDifference(mine: Session, other: Session, directory: string): Promise<string | undefined> {
  if (mine.state.cwd !== other.state.cwd) return `the shell is in ${mine.state.cwd}, not in ${other.state.cwd}`
  if (mine.state.status !== other.state.status) return `it ended with ${mine.state.status}, not with ${other.state.status}`
  const [here, there] = await Promise.all([treeOf(mine, directory), treeOf(other, directory)])
  for (const [path, { type, mode, size, target }] of there) {
    const entry = here.get(path)
    if (!entry) return `${path} is missing`
    if (entry.type !== type || entry.target !== target) return `${path} is something else`
    if (entry.mode !== mode) return `${path} has the mode ${octal(entry.mode)}, not ${octal(mode)}`
    if (type !== 'file') continue
    const sameSize = entry.size === size
    if (!sameSize || size <= LARGE) {
      const [own, wanted] = await Promise.all([mine, other].map(session => session.readFile(`${directory}/${path}`)))
      if (!await sameContent(own!, wanted!)) return `${path} has other content`
    }
  }
  const extra = [...here.keys()].find(path => !there.has(path))
  return extra === undefined ? undefined : `${extra} is not the script's`
}

const octal = (mode: number) => (mode & 0o7777).toString(8)

async function treeOf(session: Session, directory: string): Promise<Map<string, TreeEntry>> {
  const entries = await treeNow(session, directory)
  return new Map(entries.filter(({ path }) => !/(?:^|\/)__pycache__(?:\/|$)/.test(path)).map(entry => [entry.path, entry]))
}

async function sameContent(own: Uint8Array, wanted: Uint8Array): Promise<boolean> {
  if (own.length === wanted.length && own.every((byte, at) => byte === wanted[at])) return true
  // A zip made a moment later has other times in it.
  const [a, b] = await Promise.all([own, wanted].map(checksums))
  return a !== undefined && a === b
}

/** Names and checksums of a zip's files; undefined for what is none. */
async function checksums(bytes: Uint8Array): Promise<string | undefined> {
  try {
    const { entries } = await readZip(bytesAsSource(bytes))
    return JSON.stringify(entries.map(({ name, crc }) => [name, crc]))
  } catch (error) {
    if (error instanceof ZipError) return undefined
    throw error
  }
}
