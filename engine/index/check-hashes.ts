import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { hex } from '../bytes/hex.ts'
import { IndexError } from './index-error.ts'

/** WebCrypto's names: it hashes in another thread, where it is there. */
const platformNames: Readonly<Record<string, string>> = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }
const portable: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = { md5, sha1, sha224, sha256, sha384, sha512 }

const digestOf = async (algorithm: string, bytes: Uint8Array): Promise<string | undefined> => {
  const name = platformNames[algorithm]
  // It is missing where a page came over plain http.
  const { subtle } = globalThis.crypto as Partial<Crypto>
  if (name !== undefined && subtle) return hex(new Uint8Array(await subtle.digest(name, bytes as Uint8Array<ArrayBuffer>)))
  const hash = portable[algorithm]
  return hash && hex(hash(bytes))
}

/**
 * Throws IndexError 'hash-mismatch' where the bytes have another hash than any of `hashes` (algorithm -> hex digest); `what` says whose
 * bytes they are.
 */
export const checkHashes = async (bytes: Uint8Array, hashes: Readonly<Record<string, string>>, what: string): Promise<void> => {
  for (const [algorithm, expected] of Object.entries(hashes)) {
    const got = await digestOf(algorithm, bytes)
    if (got === undefined || got === expected) continue
    throw new IndexError('hash-mismatch', `${what} is not what was promised: its ${algorithm} is ${got}, expected ${expected}`, what,
      { algorithm, expected: [expected], got })
  }
}
