import { Inflate } from 'fflate'
import { readExactly } from './byte-source.ts'
import { crc32 } from './crc32.ts'
import { tasksFor } from './data-tasks.ts'
import { checkLocalHeader, descriptorLength, readLocalHeader } from './local-header.ts'
import { methodName } from './method-name.ts'
import type { Packed } from './pack-data.ts'
import type { ZipDirectory } from './read-directory.ts'
import { badData, checkWhole, sizeLie } from './unpack-data.ts'
import { flagDescriptor, flagEncrypted, methods, type ZipEntry } from './zip-entry.ts'
import { refuseImpossibleSize } from './refuse-hostile.ts'
import { ZipError } from './zip-error.ts'

const refuseUnreadable = (entry: ZipEntry): void => {
  if (entry.flags & flagEncrypted) throw new ZipError('encrypted', 'is encrypted, which is not supported', entry.name)
  if (entry.method !== methods.store && entry.method !== methods.deflate) {
    throw new ZipError('unsupported-method', `is compressed by a method that is not supported (${methodName(entry.method)})`, entry.name)
  }
}

/** Where the entry's compressed bytes are, once all that can be checked without inflating has been. */
const locate = async (archive: ZipDirectory, entry: ZipEntry): Promise<number> => {
  refuseImpossibleSize(entry)
  const local = await readLocalHeader(archive, entry)
  checkLocalHeader(local, entry)
  const dataEnd = local.dataOffset + entry.compressedSize
  const boundary = archive.boundary(entry)
  if (dataEnd > boundary)
    throw new ZipError('overlap', `its data end at ${dataEnd}, where other parts of the archive begin at ${boundary}`, entry.name)
  if (entry.flags & flagDescriptor) {
    const after = await readExactly(archive.source, dataEnd, Math.min(24, boundary - dataEnd), 'a data descriptor')
    if (descriptorLength(after, entry) === undefined) {
      throw new ZipError('local-mismatch', 'its data descriptor is missing or differs from the central directory', entry.name)
    }
  }
  return local.dataOffset
}

export const readEntry = async (archive: ZipDirectory, entry: ZipEntry): Promise<Uint8Array> => {
  refuseUnreadable(entry)
  const dataOffset = await locate(archive, entry)
  const packed = await readExactly(archive.source, dataOffset, entry.compressedSize, 'an entry')
  const { name, method, crc, size } = entry
  return (await tasksFor(Math.max(size, packed.length)).unpack(packed, { name, method, crc, size })).bytes
}

const chunkLength = 1 << 16
/** Encryption and the deflate level's two bits. */
const flagsOfData = 7

/** Rejects where the headers are wrong; what is yielded is checked for size and CRC at its end. */
export const streamEntry = async (archive: ZipDirectory, entry: ZipEntry): Promise<AsyncGenerator<Uint8Array>> => {
  refuseUnreadable(entry)
  return inflateChunks(archive, entry, await locate(archive, entry))
}

async function* storedChunks(archive: ZipDirectory, entry: ZipEntry, dataOffset: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < entry.compressedSize; at += chunkLength) {
    yield readExactly(archive.source, dataOffset + at, Math.min(chunkLength, entry.compressedSize - at), 'an entry')
  }
}

/** The bytes as they are packed, whatever the method, encrypted ones too: for a copy into another archive. */
export const packedData = async (archive: ZipDirectory, entry: ZipEntry): Promise<Packed> => {
  const { method, crc, size, compressedSize } = entry
  const dataOffset = await locate(archive, entry)
  return { method, crc, size, compressedSize, flags: entry.flags & flagsOfData, chunks: storedChunks(archive, entry, dataOffset) }
}

async function* inflateChunks(archive: ZipDirectory, entry: ZipEntry, dataOffset: number): AsyncGenerator<Uint8Array> {
  let crc = 0
  let size = 0
  let pieces: Uint8Array[] = []
  const inflater = entry.method === methods.deflate ? new Inflate((piece) => void (piece.length && pieces.push(piece))) : undefined
  for (let at = 0; at < entry.compressedSize || (at === 0 && inflater); at += chunkLength) {
    const length = Math.min(chunkLength, entry.compressedSize - at)
    const packed = await readExactly(archive.source, dataOffset + at, length, 'an entry')
    if (inflater) {
      try {
        inflater.push(packed, at + length === entry.compressedSize)
      } catch (error) {
        throw badData(entry, error)
      }
    } else pieces.push(packed)
    const ready = pieces
    pieces = []
    for (const piece of ready) {
      size += piece.length
      if (size > entry.size) throw sizeLie(entry, 'more')
      crc = crc32(piece, crc)
      yield piece
    }
  }
  checkWhole(entry, crc, size)
}
