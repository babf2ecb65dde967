import { directFile, fileNameOf, readable } from './direct-file.ts'
import { htmlTags, type HtmlTag } from './html-tags.ts'
import { hashesInText } from './listed-hashes.ts'
import type { ProjectFile } from './package-index.ts'
import { parseUrl } from './parse-url.ts'

/**
 * The files a page links to (PEP 503, with the attributes of PEP 592, 658 and 714), seen from where the page came from, each URL once.
 * Links that are no files are left out; provenance and signatures are not looked at.
 */
export const readHtmlPage = (html: string, pageUrl: string, listedBy: string): ProjectFile[] => {
  const anchors: HtmlTag['attributes'][] = []
  let base: string | undefined
  for (const { name, attributes } of htmlTags(html)) {
    const href = attributes.get('href')
    if (name === 'a' && href !== undefined) anchors.push(attributes)
    // Wherever it stands, it holds for all links, as in pip.
    else if (name === 'base' && href !== undefined) base ??= parseUrl(href, pageUrl)?.href
  }
  const files = new Map<string, ProjectFile>()
  for (const attributes of anchors) {
    const url = parseUrl(attributes.get('href')?.trim() ?? '', base ?? pageUrl)
    if (!url || !readable.test(url.protocol) || fileNameOf(url.href) === '' || files.has(url.href)) continue
    files.set(url.href, {
      ...directFile(url.href),
      requiresPython: attributes.get('data-requires-python') || undefined,
      yanked: attributes.get('data-yanked'),
      metadata: metadataHashes(attributes.get('data-core-metadata') ?? attributes.get('data-dist-info-metadata')),
      listedBy,
    })
  }
  return [...files.values()]
}

/** `true`, or a hash; whatever else it says, it says that there is a file, as pip takes it. */
const metadataHashes = (value: string | undefined): Record<string, string> | undefined => (value === undefined ? undefined : hashesInText(value))
