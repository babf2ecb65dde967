import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'

/** The part of an incremental hash that is used here; node:crypto's `createHash` has it too. */
export interface Hasher {
  /** The bytes are not to change before the digest is there. */
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array | Promise<Uint8Array>
}

/** Where hashes come from: a host with a faster implementation gives its own. */
export interface Digests {
  sha1(): Hasher
  sha256(): Hasher
}

export const portableDigests: Digests = { sha1: () => sha1.create(), sha256: () => sha256.create() }
