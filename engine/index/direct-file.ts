import { IndexError } from './index-error.ts'
import { hashesInText } from './listed-hashes.ts'
import type { ProjectFile } from './package-index.ts'
import { parseUrl } from './parse-url.ts'
import { shownUrl } from './shown-url.ts'

/** The protocols that files come by. */
export const readable = /^(?:https?|file):$/

/** `file:` for an absolute path of this machine. */
export const fileUrl = (path: string): string => `file://${path.split('/').map(encodeURIComponent).join('/')}`

/** The path that a `file:` URL of this machine is of. */
export const pathOfFileUrl = (url: string): string => {
  const { host, pathname } = new URL(url)
  if (host !== '' && host !== 'localhost') {
    throw new IndexError('refused', `${shownUrl(url)}: a file: URL of another machine (${host}) cannot be read`, shownUrl(url))
  }
  return decoded(pathname)
}

/** The last part of the path, as a file is named that comes from there; '' where the path has none. */
export const fileNameOf = (url: string): string => {
  const pathname = new URL(url).pathname.replace(/\/+$/, '')
  return decoded(pathname.slice(pathname.lastIndexOf('/') + 1))
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return path
    throw error
  }
}

/** A file that no page lists: a direct URL (PEP 508, hashes in its fragment) or a path's `file:` URL. */
export const directFile = (url: string): ProjectFile => {
  const parsed = parseUrl(url)
  if (!parsed || !readable.test(parsed.protocol)) {
    throw new IndexError('refused', `${shownUrl(url)}: only https:, http: and file: URLs can be read`, shownUrl(url))
  }
  const hashes = hashesInText(parsed.hash)
  parsed.hash = ''
  return {
    fileName: fileNameOf(url),
    url: parsed.href,
    hashes,
    requiresPython: undefined,
    yanked: undefined,
    size: undefined,
    uploadTime: undefined,
    metadata: undefined,
    listedBy: shownUrl(parsed.href),
  }
}
