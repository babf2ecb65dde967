import { ZipError } from '../archive/zip-error.ts'
import { PexError } from '../pex/pex-error.ts'

/** Does work on a zip file; what is wrong with it is told with its name. Throws PexError. */
export const inFile = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    throw new PexError(`${name} is not a sound zip file: ${error.message}`)
  }
}
