import { createHash } from 'node:crypto'
import type { Digests } from '../engine/install/digests.ts'

/** Hashes by Node's OpenSSL. */
export const nodeDigests: Digests = { sha1: () => createHash('sha1'), sha256: () => createHash('sha256') }
