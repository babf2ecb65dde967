import { joinBytes } from '../bytes/join-bytes.ts'
import { portableDigests, type Digests, type Hasher } from './digests.ts'

/** Below so many bytes another thread costs more than it saves; above so many they are not gathered for it. */
const [worthAThread, mostGathered] = [1 << 16, 1 << 26]
/** Bytes that are hashed between two breaths. */
const step = 1 << 18

/**
 * Hashes that hold up nobody else on this thread: what is hashed is gathered, and at the end WebCrypto hashes it in a thread of its own. Where that is
 * missing (a page that came over plain http), or there is too much, it is done here, with a breath now and then.
 */
export const gatheredDigests = (breathe: () => Promise<void>): Digests => {
  const hasher = (name: 'SHA-1' | 'SHA-256', portable: Hasher): Hasher => {
    const parts: Uint8Array<ArrayBuffer>[] = []
    let length = 0
    return {
      update: bytes => {
        // Shared memory is none of an archive's: WebCrypto would refuse it.
        parts.push(bytes as Uint8Array<ArrayBuffer>)
        length += bytes.length
      },
      digest: async () => {
        const { subtle } = globalThis.crypto as Partial<Crypto>
        if (subtle && length >= worthAThread && length <= mostGathered) return new Uint8Array(await subtle.digest(name, joinBytes(parts)))
        for (const part of parts) {
          for (let at = 0; at < part.length; at += step) {
            portable.update(part.subarray(at, at + step))
            await breathe()
          }
        }
        return portable.digest()
      },
    }
  }
  return { sha1: () => hasher('SHA-1', portableDigests.sha1()), sha256: () => hasher('SHA-256', portableDigests.sha256()) }
}
