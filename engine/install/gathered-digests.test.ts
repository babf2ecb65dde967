import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { hex } from '../bytes/hex.ts'
import { gatheredDigests } from './gathered-digests.ts'

afterEach(() => vi.unstubAllGlobals())

const parts = [new Uint8Array(700_000).fill(1), new Uint8Array(0), new Uint8Array([1, 2, 3]), new Uint8Array(300_001).fill(7)]

test.each([['with WebCrypto', true], ['without', false]])('the same as node:crypto, %s', async (_what, platform) => {
  let breaths = 0
  if (!platform) vi.stubGlobal('crypto', {})
  const digests = gatheredDigests(() => { breaths++; return Promise.resolve() })
  for (const some of [[], parts.slice(2, 3), parts]) {
    for (const algorithm of ['sha1', 'sha256'] as const) {
      const hasher = digests[algorithm]()
      const truth = createHash(algorithm)
      for (const part of some) {
        hasher.update(part)
        truth.update(part)
      }
      expect(hex(await hasher.digest())).toBe(truth.digest('hex'))
    }
  }
  // Two small ones; without WebCrypto also two of three, one and two steps.
  expect(breaths).toBe(platform ? 2 : 2 + 2 * 6)
})
