import type { ByteSource } from '../archive/byte-source.ts'
import { readZip, type ZipArchive } from '../archive/read-zip.ts'
import { parseMetadataHeaders } from '../packaging/metadata-headers.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { InstallError } from './install-error.ts'
import type { Scheme } from './install-paths.ts'

/** A wheel that is open for reading. */
export interface Wheel {
  /** Its base name, as it was downloaded. */
  fileName: string
  archive: ZipArchive
  /** `name-version`, as the `.dist-info` directory spells it. */
  prefix: string
  /** As METADATA spells them. */
  project: string
  version: string
  /** The file name's Python tags (`py2.py3`: two). */
  pythonTags: string[]
  /** Whether the archive's root goes to purelib: the WHEEL file's Root-Is-Purelib is exactly `true`. */
  rootIsPurelib: boolean
  /** A member's bytes, or undefined. */
  read(name: string): Promise<Uint8Array | undefined>
}

/** The one `.dist-info` directory at the root that belongs to the project; pex finds it the same way, whatever its spelling. */
export const distInfoPrefix = (fileName: string, paths: Iterable<string>, name: string): string => {
  const prefixes = new Set<string>()
  for (const path of paths) {
    const found = /^([^/]+)\.dist-info\//.exec(path)
    if (found) prefixes.add(found[1]!)
  }
  const own = [...prefixes].filter((prefix) => normalizeName(prefix.slice(0, prefix.lastIndexOf('-'))) === name)
  if (own.length === 1) return own[0]!
  const count = own.length ? `${own.length} .dist-info directories` : 'no .dist-info directory'
  throw new InstallError(fileName, `has ${count} of ${name}`)
}

/** Of the text of a WHEEL file. */
export const isRootPurelib = (text: string): boolean =>
  /^[Rr][Oo][Oo][Tt]-[Ii][Ss]-[Pp][Uu][Rr][Ee][Ll][Ii][Bb]:[ \t]*true\r?$/m.test(text)

/** The name and version that the text of a METADATA gives. Throws InstallError where it gives none. */
export const wheelHeaders = (fileName: string, prefix: string, text: string): { project: string; version: string } => {
  const { headers } = parseMetadataHeaders(text)
  const header = (wanted: string) => headers.find((each) => each.name.toLowerCase() === wanted)?.value.trim()
  const [project, version] = [header('name'), header('version')]
  if (!project || !version) throw new InstallError(fileName, `has no ${prefix}.dist-info/METADATA with a name and a version`)
  return { project, version }
}

/** The schemes in the order in which pex matches them; the library that is the root is what remains. */
export const spreadSchemes = (rootIsPurelib: boolean): Scheme[] => ['headers', 'scripts', rootIsPurelib ? 'platlib' : 'purelib', 'data']

/**
 * Checks the archive (readZip) and finds its parts. Throws InstallError, PackagingError (the name) or ZipError. Spec: binary distribution
 * format.
 */
export const openWheel = async (fileName: string, source: ByteSource): Promise<Wheel> => {
  const { name } = parseWheelName(fileName)
  const archive = await readZip(source)
  const byName = new Map(archive.entries.map((entry) => [entry.name, entry]))
  const read = async (path: string) => {
    const entry = byName.get(path)
    return entry && archive.data(entry)
  }
  const prefix = distInfoPrefix(fileName, byName.keys(), name)
  const tags = await read(`${prefix}.dist-info/WHEEL`)
  if (!tags) throw new InstallError(fileName, `has no ${prefix}.dist-info/WHEEL`)
  const rootIsPurelib = isRootPurelib(new TextDecoder().decode(tags))
  const { project, version } = wheelHeaders(fileName, prefix, new TextDecoder().decode(await read(`${prefix}.dist-info/METADATA`)))
  return { fileName, archive, prefix, project, version, pythonTags: fileName.split('-').at(-3)!.split('.'), rootIsPurelib, read }
}
