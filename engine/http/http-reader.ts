/** What requests and answers of HTTP/1.1 (RFC 9112) are read with: lines, and bodies by their framing. */
import type { ByteStream } from '../machine/byte-stream.ts'
import { joinBytes } from '../bytes/join-bytes.ts'

type Raw = (count: number) => void

export interface HttpReader {
  /** Up to a line feed, without it, as Latin-1; undefined at the end. */
  line(): Promise<string | undefined>
  /** Exactly so many bytes, or all up to the end. `raw` hears how many came over the connection. */
  take(length: number, raw?: Raw): AsyncGenerator<Uint8Array>
  chunked(raw?: Raw): AsyncGenerator<Uint8Array>
  /** So many of the next bytes without taking them; fewer at the end. */
  peek(length: number): Promise<Uint8Array>
  /** What a body that ended early lacks; 0 for a whole one. */
  missing: number
}

/** Throws what `stream` throws. */
export function createHttpReader(stream: Pick<ByteStream, 'receive'>): HttpReader {
  let rest: Uint8Array = new Uint8Array()
  const nobody = () => {}

  const reader: HttpReader = {
    missing: 0,
    async peek(length) {
      while (rest.length < length) {
        const bytes = await stream.receive()
        if (!bytes) break
        rest = joinBytes([rest, bytes])
      }
      return rest.subarray(0, length)
    },
    async line() {
      for (;;) {
        const end = rest.indexOf(0x0a)
        if (end >= 0) {
          const text = latin1(rest.subarray(0, end))
          rest = rest.subarray(end + 1)
          return text
        }
        const bytes = await stream.receive()
        if (!bytes) return undefined
        rest = joinBytes([rest, bytes])
      }
    },
    async *take(length, raw = nobody) {
      for (let wanted = length; wanted > 0; ) {
        const bytes = rest.length > 0 ? rest : await stream.receive()
        if (!bytes) {
          reader.missing = wanted
          return
        }
        const part = bytes.subarray(0, wanted)
        rest = bytes.subarray(part.length)
        wanted -= part.length
        raw(part.length)
        yield part
      }
    },
    async *chunked(raw = nobody) {
      for (;;) {
        const size = await reader.line()
        if (size === undefined) {
          reader.missing = Infinity
          return
        }
        raw(size.length + 1)
        const length = Number.parseInt(size, 16)
        if (!(length > 0)) break
        yield* reader.take(length, raw)
        const end = await reader.line()
        raw((end?.length ?? -1) + 1)
      }
      for (let trailer = await reader.line(); trailer !== undefined; trailer = await reader.line()) {
        raw(trailer.length + 1)
        if (trailer.trim() === '') return
      }
    },
  }
  return reader
}

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes)
