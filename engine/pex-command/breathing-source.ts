import type { ByteSource } from '../archive/byte-source.ts'
import type { PexHome } from './pex-home.ts'

/** A file whose reader lets others of its thread run between readings, and ends at an interrupt. */
export const breathingSource = ({ size, read }: ByteSource, { breathe, signal }: Pick<PexHome, 'breathe' | 'signal'>): ByteSource => ({
  size,
  read: async (offset, length, room) => {
    await breathe()
    signal.throwIfAborted()
    return read(offset, length, room)
  },
})
