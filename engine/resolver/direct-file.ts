import type { ProjectFile } from '../index/package-index.ts'
import { lockedFileName } from '../packaging/locked-file-name.ts'

const withoutCredentials = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')

/** The file that a direct reference names (`project @ URL`); the fragment may hold its hashes, as in `#sha256=...`. */
export const directFile = (reference: string): ProjectFile => {
  const [url = '', fragment = ''] = reference.split('#', 2)
  const hashes: Record<string, string> = {}
  for (const [, algorithm, digest] of fragment.matchAll(/(?:^|&)(sha256|sha384|sha512|sha224|sha1|md5)=([0-9a-fA-F]+)/g)) {
    hashes[algorithm!] = digest!.toLowerCase()
  }
  return {
    fileName: lockedFileName({ url, hashes }) ?? url,
    url,
    hashes,
    requiresPython: undefined,
    yanked: undefined,
    size: undefined,
    uploadTime: undefined,
    metadata: undefined,
    listedBy: withoutCredentials(url),
  }
}
