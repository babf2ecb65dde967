/** What `python -m zipapp` of CPython 3.12 and later does (Lib/zipapp.py), on trees and bytes instead of paths. */
import { roundedDownDosDate } from './dos-date.ts'
import { writeZip, type NewEntry } from './write-zip.ts'

export interface SourceFile {
  /** `/`-separated, relative to the application's directory; no trailing slash. */
  path: string
  /** st_mode. */
  mode: number
  /** Milliseconds since the epoch; an archive can hold 1980 to 2107. */
  mtime: number
  /** Of a file. A symlink is given as what it leads to. */
  data?: Uint8Array | AsyncIterable<Uint8Array>
}

export interface ZipappOptions {
  /** What the shebang line names; none without it. */
  interpreter?: string
  /** `module:function`, for a source without `__main__.py`. */
  main?: string
  /** Deflate instead of storing. */
  compress?: boolean
  /** Which paths go in. */
  filter?: (path: string) => boolean
  /** Milliseconds since the epoch: the date of a generated `__main__.py`. */
  now: number
}

/** Worded as zipapp.ZipAppError. */
export class ZipappError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ZipAppError'
  }
}

const mainName = '__main__.py'
const encoder = new TextEncoder()
const S_IFMT = 0o170000
const S_IFDIR = 0o040000
const isDirectory = (mode: number) => (mode & S_IFMT) === S_IFDIR

const isIdentifier = (text: string) => /^[_\p{XID_Start}]\p{XID_Continue}*$/u.test(text)
const isDottedName = (text: string) => text.split('.').every(isIdentifier)

const mainSource = (entryPoint: string): string => {
  const colon = entryPoint.indexOf(':')
  const module = colon === -1 ? entryPoint : entryPoint.slice(0, colon)
  const call = entryPoint.slice(colon + 1)
  if (colon === -1 || !isDottedName(module) || !isDottedName(call)) throw new ZipappError(`Invalid entry point: ${entryPoint}`)
  return `# -*- coding: utf-8 -*-\nimport ${module}\n${module}.${call}()\n`
}

/** As pathlib sorts paths: part by part. Parts compare by code point, as Python's strings do. */
const comparePaths = (a: string, b: string): number => {
  const left = a.split('/')
  const right = b.split('/')
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareCodePoints(left[i]!, right[i]!)
    if (order) return order
  }
  return left.length - right.length
}

/** JavaScript compares UTF-16 units, which puts what lies above U+FFFF before U+E000 to U+FFFF. */
const compareCodePoints = (a: string, b: string): number => {
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!
    if (difference) return difference
  }
  return left.length - right.length
}

const zipappShebang = (interpreter: string | undefined): Uint8Array =>
  interpreter ? encoder.encode(`#!${interpreter}\n`) : new Uint8Array(0)

/** A directory's tree -> an application archive. Throws ZipappError before the first chunk, ZipError for a date that no zip can hold. */
export async function* createZipapp(source: Iterable<SourceFile>, options: ZipappOptions): AsyncGenerator<Uint8Array> {
  const files = [...source].sort((a, b) => comparePaths(a.path, b.path))
  const hasMain = files.some(({ path, mode }) => path === mainName && !isDirectory(mode))
  if (options.main && hasMain) throw new ZipappError('Cannot specify entry point if the source has __main__.py')
  if (!options.main && !hasMain) throw new ZipappError('Archive has no entry point')
  const generated = options.main ? mainSource(options.main) : undefined
  const method = options.compress ? 'deflate' : 'store'
  const kept = options.filter ? files.filter(({ path }) => options.filter!(path)) : files
  const entries: NewEntry[] = kept.map(({ path, mode, mtime, data }) => ({
    name: isDirectory(mode) ? `${path}/` : path,
    mode,
    date: roundedDownDosDate(mtime, path),
    data: isDirectory(mode) ? undefined : data,
    method,
  }))
  // zipfile.writestr gives a name without a file the bare permissions.
  if (generated)
    entries.push({ name: mainName, mode: 0o600, date: roundedDownDosDate(options.now, mainName), data: encoder.encode(generated), method })
  yield* writeZip(entries, { prefix: zipappShebang(options.interpreter) })
}

/** The bytes after a shebang line, if there is one. */
const withoutShebang = (archive: Uint8Array): Uint8Array => {
  if (archive[0] !== 0x23 || archive[1] !== 0x21) return archive
  const newline = archive.indexOf(10)
  return archive.subarray(newline === -1 ? archive.length : newline + 1)
}

/**
 * An application archive with another shebang, or with none. As zipapp does it, the zip is copied as it is: its offsets still count from
 * where
 * they did, which readers make up for.
 */
export const copyZipapp = (archive: Uint8Array, interpreter: string | undefined): Uint8Array[] =>
  [zipappShebang(interpreter), withoutShebang(archive)].filter(({ length }) => length > 0)

/** `--info`: what the shebang line names; undefined without one. */
export const zipappInterpreter = (archive: Uint8Array): string | undefined => {
  if (archive[0] !== 0x23 || archive[1] !== 0x21) return undefined
  const newline = archive.indexOf(10)
  return new TextDecoder().decode(archive.subarray(2, newline === -1 ? archive.length : newline)).trim()
}
