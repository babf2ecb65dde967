import { IndexError } from './index-error.ts'
import type { ProjectFile } from './package-index.ts'
import { readHtmlPage } from './read-html-page.ts'
import { readJsonPage } from './read-json-page.ts'

/** What a page may be, best first: the Accept header of PEP 691's negotiation. */
export const pageTypes = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01'

/** Bytes; the longest pages of large indexes have about a third of it. */
export const longestPage = 96 * 2 ** 20

/** The files that a page lists, JSON or HTML as its content type says. Throws IndexError 'not-an-index'. */
export const readPage = (body: Uint8Array, contentType: string, pageUrl: string, listedBy: string): ProjectFile[] => {
  const type = contentType.split(';')[0]!.trim().toLowerCase()
  const text = new TextDecoder(charsetOf(contentType)).decode(body)
  if (/^application\/(?:json|vnd\.pypi\.simple\.(?:v1|latest)\+json)$/.test(type)) return readJsonPage(text, pageUrl, listedBy)
  if (/^(?:text\/html|application\/xhtml\+xml|application\/vnd\.pypi\.simple\.(?:v1|latest)\+html)$/.test(type)) {
    return readHtmlPage(text, pageUrl, listedBy)
  }
  const what = type === '' ? 'without a content type' : `as ${type}`
  throw new IndexError('not-an-index', `${listedBy} comes ${what}, which is no page of a package index`, listedBy)
}

/** UTF-8 where the header names none or one that nobody knows. */
const charsetOf = (contentType: string): string => {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).encoding
  } catch (error) {
    if (error instanceof RangeError) return 'utf-8'
    throw error
  }
}
