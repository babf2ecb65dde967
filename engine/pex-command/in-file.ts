import type { ByteSource } from '../archive/byte-source.ts'
import { ZipError } from '../archive/zip-error.ts'
import { noZip } from '../pex/no-zip.ts'
import { PexError } from '../pex/pex-error.ts'

/** Does work on a zip file; what is wrong with it is told with its name. Throws PexError. */
export const inFile = async <T>(name: string, source: ByteSource, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    if (error.code === 'not-a-zip') throw new PexError(`${name} ${await noZip(source, name.endsWith('.whl') ? 'a wheel' : 'a .pex')}`)
    throw new PexError(`${name} is not a sound zip file: ${error.message}`)
  }
}
