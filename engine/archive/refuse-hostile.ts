import type { ZipDirectory, ZipLimits } from './read-directory.ts'
import { localHeaderLength } from './zip-records.ts'
import { flagEncrypted, methods, type ZipEntry } from './zip-entry.ts'
import { ZipError } from './zip-error.ts'

/** Why a name must not be used as a path, or undefined. The rules hold for every system that the archive may reach. */
export const unsafeName = (name: string): string | undefined => {
  if (name === '') return 'the name is empty'
  if (name.includes('\0')) return 'the name has a NUL in it'
  if (name.includes('\\')) return 'the name has a backslash in it'
  if (name.startsWith('/')) return 'the name is an absolute path'
  if (/^[A-Za-z]:/.test(name)) return 'the name starts with a drive letter'
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/')
  if (parts.includes('..')) return 'the name leads out of the directory (..)'
  if (parts.includes('.') || parts.includes('')) return 'the name has an empty or "." part'
  return undefined
}

/** Deflate turns a byte into at most 1032 (RFC 1951: 258 bytes from two bits): a claim beyond that is a lie. */
const deflateLimit = 1032

/** Refuses what no stored or deflated data can become. Encryption adds bytes of its own, so it is left to the reader to refuse it. */
export const refuseImpossibleSize = (entry: ZipEntry): void => {
  if (entry.method === methods.store && entry.size !== entry.compressedSize && !(entry.flags & flagEncrypted)) {
    throw new ZipError('size-mismatch', `stored, yet ${entry.compressedSize} bytes are to become ${entry.size}`, entry.name)
  }
  if (entry.method === methods.deflate && entry.size > entry.compressedSize * deflateLimit) {
    throw new ZipError('bomb', `${entry.compressedSize} bytes cannot inflate to ${entry.size}`, entry.name)
  }
}

const refuseBomb = (archive: ZipDirectory, limits: ZipLimits) => {
  let total = 0
  for (const entry of archive.entries) {
    total += entry.size
    refuseImpossibleSize(entry)
  }
  if (total > limits.size) throw new ZipError('bomb', `would unpack to ${total} bytes, the limit is ${limits.size}`)
  const ratio = total / Math.max(1, archive.source.size)
  if (total > 2 ** 24 && ratio > limits.ratio) {
    throw new ZipError('bomb', `would unpack to ${total} bytes, ${Math.round(ratio)} times its own size; the limit is ${limits.ratio}`)
  }
}

const refuseNames = (entries: ZipEntry[]) => {
  const seen = new Map<string, ZipEntry>()
  for (const entry of entries) {
    if (!entry.nameValid) throw new ZipError('bad-name', 'the name is not the UTF-8 that it claims to be', entry.name)
    const reason = unsafeName(entry.name)
    if (reason) throw new ZipError('bad-name', reason, entry.name)
    const path = entry.name.endsWith('/') ? entry.name.slice(0, -1) : entry.name
    const twin = seen.get(path)
    if (twin && (twin.crc !== entry.crc || twin.size !== entry.size || twin.type !== entry.type)) {
      throw new ZipError('duplicate-name', 'the name stands for two different entries', entry.name)
    }
    seen.set(path, entry)
  }
  // Something under a file's or a symlink's name would be written through it.
  for (const entry of entries) {
    for (let slash = entry.name.indexOf('/'); slash !== -1 && slash < entry.name.length - 1; slash = entry.name.indexOf('/', slash + 1)) {
      const above = seen.get(entry.name.slice(0, slash))
      if (above && above.type !== 'directory') {
        throw new ZipError('name-conflict', `"${above.name}" is no directory, but this lies in it`, entry.name)
      }
    }
  }
}

/**
 * Entries that share bytes: the trick of bombs that hide their ratio. Exact where local headers are read; here by the least room each
 * must take.
 */
const refuseOverlap = (archive: ZipDirectory) => {
  for (const entry of archive.entries) {
    const least = entry.headerOffset + localHeaderLength + entry.nameBytes.length + entry.compressedSize
    if (least > archive.boundary(entry)) {
      throw new ZipError('overlap', `its data at ${entry.headerOffset} overlaps what follows at ${archive.boundary(entry)}`, entry.name)
    }
  }
}

export const refuseHostile = (archive: ZipDirectory, limits: ZipLimits): void => {
  if (archive.end.ambiguous) throw new ZipError('bad-end-record', 'has two end records: readers would disagree about what is in it')
  if (archive.end.trailing < 0)
    throw new ZipError('truncated', `truncated: ${-archive.end.trailing} bytes of the archive comment are missing`)
  if (archive.end.trailing > 0) throw new ZipError('trailing-bytes', `has ${archive.end.trailing} bytes after its end`)
  for (const entry of archive.entries) {
    if (entry.disk !== 0) throw new ZipError('multi-disk', 'lies on another part of a multi-part archive', entry.name)
  }
  refuseBomb(archive, limits)
  refuseNames(archive.entries)
  refuseOverlap(archive)
}
