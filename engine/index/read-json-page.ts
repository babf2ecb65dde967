import { readable } from './direct-file.ts'
import { IndexError } from './index-error.ts'
import { hashesInText, listedHashes } from './listed-hashes.ts'
import type { ProjectFile } from './package-index.ts'
import { parseUrl } from './parse-url.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * A project's page of the JSON simple API (PEP 691, 700, 592, 714), seen from where it came from. Throws IndexError 'not-an-index' where the
 * text is no JSON or not of version 1; entries that are broken are left out, as pip leaves out links that it cannot use.
 */
export const readJsonPage = (text: string, pageUrl: string, listedBy: string): ProjectFile[] => {
  const refuse = (why: string): never => {
    throw new IndexError('not-an-index', `${listedBy} ${why}`, listedBy)
  }
  const page = parse(text) ?? refuse('says that it is JSON and is none')
  if (!isRecord(page.value)) return refuse('is JSON, but no page of a package index')
  const { meta, files } = page.value
  const version = isRecord(meta) ? meta['api-version'] : undefined
  if (typeof version === 'string' && !/^1(?:\.|$)/.test(version)) refuse(`speaks version ${version} of the simple API; version 1 can be read`)
  if (!Array.isArray(files)) return refuse('is JSON without a list of files')
  return files.flatMap(file => readFile(file, pageUrl, listedBy) ?? [])
}

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const readFile = (file: unknown, pageUrl: string, listedBy: string): ProjectFile | undefined => {
  if (!isRecord(file)) return undefined
  const fileName = textOf(file.filename)
  const url = parseUrl(textOf(file.url) ?? '', pageUrl)
  // A name is used as a path's last part.
  if (fileName === undefined || !/^[^/\\\0]+$/.test(fileName) || /^\.\.?$/.test(fileName)) return undefined
  if (typeof file.url !== 'string' || !url || !readable.test(url.protocol)) return undefined
  const hashes = { ...hashesOf(file.hashes), ...hashesInText(url.hash) }
  url.hash = ''
  const { size } = file
  return {
    fileName,
    url: url.href,
    hashes,
    requiresPython: textOf(file['requires-python']) || undefined,
    yanked: yankedOf(file.yanked),
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined,
    uploadTime: textOf(file['upload-time']),
    metadata: metadataOf(file['core-metadata'] ?? file['dist-info-metadata']),
    listedBy,
  }
}

const hashesOf = (value: unknown): Record<string, string> => (isRecord(value) ? listedHashes(Object.entries(value)) : {})

/** `true`, or a reason, which is not empty (PEP 691). */
const yankedOf = (value: unknown): string | undefined => (value === true ? '' : textOf(value) || undefined)

const metadataOf = (value: unknown): Record<string, string> | undefined =>
  value === true ? {} : isRecord(value) ? hashesOf(value) : undefined
