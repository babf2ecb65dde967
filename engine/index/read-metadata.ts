import type { ByteSource } from '../archive/byte-source.ts'
import { ZipError } from '../archive/zip-error.ts'
import { InstallError } from '../install/install-error.ts'
import { openWheel } from '../install/wheel.ts'
import { parseCoreMetadata, type CoreMetadata } from '../packaging/core-metadata.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { compareVersions, readVersion } from '../packaging/version.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { IndexError } from './index-error.ts'

/** A wheel's METADATA, out of the wheel. Throws IndexError 'bad-metadata'. */
export const metadataBytes = async (fileName: string, source: ByteSource): Promise<Uint8Array> => {
  try {
    const wheel = await openWheel(fileName, source)
    return await wheel.read(`${wheel.prefix}.dist-info/METADATA`) ?? new Uint8Array()
  } catch (error) {
    if (error instanceof ZipError) throw new IndexError('bad-metadata', `${fileName} is no wheel that can be read: ${error.message}`, fileName)
    if (error instanceof InstallError || error instanceof PackagingError) throw new IndexError('bad-metadata', error.message, fileName)
    throw error
  }
}

/** Metadata must be of the project and version that the wheel's name says, as pip holds it. */
export const readMetadata = (fileName: string, bytes: Uint8Array): CoreMetadata => {
  const metadata = parseCoreMetadata(bytes)
  const refuse = (what: string, expected: string, found: string) =>
    new IndexError('bad-metadata', `${fileName} has inconsistent ${what}: expected '${expected}', but metadata has '${found}'`, fileName)
  const named = parseWheelName(fileName)
  const name = metadata.text.get('Name') ?? ''
  if (normalizeName(name) !== named.name) throw refuse('Name', named.name, name)
  const text = metadata.text.get('Version') ?? ''
  const version = readVersion(text)
  if (!version || compareVersions(version, named.version) !== 0) throw refuse('version', fileName.split('-')[1] ?? '', text)
  return metadata
}
