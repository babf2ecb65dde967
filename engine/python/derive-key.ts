/** The key derivations that CPython takes from OpenSSL, which this build lacks. In Python they would take minutes. */
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

const hashes = { md5, sha1, sha224, sha256, sha384, sha512, sha3_224, sha3_256, sha3_384, sha3_512 }

export type Derivation =
  | { kind: 'pbkdf2'; hash: string; password: string; salt: string; iterations: number; length: number }
  | { kind: 'scrypt'; password: string; salt: string; n: number; r: number; p: number; memory: number; length: number }

/** RFC 8018 and RFC 7914. Passwords, salts and the result are hexadecimal; undefined where the hash is not known. */
export function deriveKey(asked: Derivation): string | undefined {
  const password = hexToBytes(asked.password)
  const salt = hexToBytes(asked.salt)
  if (asked.kind === 'scrypt') {
    const { n, r, p, memory, length } = asked
    return bytesToHex(scrypt(password, salt, { N: n, r, p, dkLen: length, maxmem: memory }))
  }
  if (!Object.hasOwn(hashes, asked.hash)) return undefined
  return bytesToHex(pbkdf2(hashes[asked.hash as keyof typeof hashes], password, salt, { c: asked.iterations, dkLen: asked.length }))
}
