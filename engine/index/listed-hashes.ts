/** Algorithms of hashes that count: those that pip knows (PEP 503 asks for one that hashlib guarantees). */
const algorithms = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])

/**
 * Of hashes as a listing gives them those that bytes can be checked against. A digest that is none stays: no bytes will have it, which is
 * safer than not to check.
 */
export const listedHashes = (entries: Iterable<readonly [algorithm: string, digest: unknown]>): Record<string, string> => {
  const hashes: Record<string, string> = {}
  for (const [algorithm, digest] of entries) {
    if (algorithms.has(algorithm) && typeof digest === 'string') hashes[algorithm] = digest.toLowerCase()
  }
  return hashes
}

/** `sha256=...`, as URLs' fragments and the attributes of HTML pages have it (PEP 503, 658); fragments may hold more, between `&`. */
export const hashesInText = (text: string): Record<string, string> =>
  listedHashes(text.replace(/^#/, '').split('&').map(part => {
    const equals = part.indexOf('=')
    return [part.slice(0, Math.max(equals, 0)), part.slice(equals + 1)] as const
  }))
