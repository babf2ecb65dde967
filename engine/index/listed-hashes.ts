/** Algorithms a listing's hash may be of: those that pip knows. The length of a digest in hex digits. */
export const digestLengths: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha224: 56, sha256: 64, sha384: 96, sha512: 128 }

const isDigest = (algorithm: string, digest: string): boolean =>
  Object.hasOwn(digestLengths, algorithm) && digest.length === digestLengths[algorithm] && /^[0-9a-fA-F]+$/.test(digest)

/** Of hashes as a listing gives them those that bytes can be checked against. */
export const listedHashes = (entries: Iterable<readonly [algorithm: string, digest: unknown]>): Record<string, string> => {
  const hashes: Record<string, string> = {}
  for (const [algorithm, digest] of entries) {
    if (typeof digest === 'string' && isDigest(algorithm, digest)) hashes[algorithm] = digest.toLowerCase()
  }
  return hashes
}

/** `sha256=...`, as URLs' fragments and the attributes of HTML pages have it (PEP 503, 658); fragments may hold more, between `&`. */
export const hashesInText = (text: string): Record<string, string> =>
  listedHashes(text.replace(/^#/, '').split('&').map(part => {
    const [algorithm = '', digest] = part.split('=')
    return [algorithm, digest] as const
  }))
