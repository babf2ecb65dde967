/** HTTP/1.1 (RFC 9112) over a connection to a server of the machine: what is sent, and answers read from it. */
import type { ByteStream } from '../machine/byte-stream.ts'
import { joinBytes } from '../machine/join-bytes.ts'

export interface HttpHead {
  /** The lines as they came, with the empty one that ends them. */
  text: string
  status: number
  reason: string
  /** 1.0 or 1.1. */
  version: string
  headers: [name: string, value: string][]
}

export interface HttpConnection {
  send(bytes: Uint8Array): Promise<void>
  /** undefined where the server ended the connection without a word. */
  head(): Promise<HttpHead | undefined>
  /** The body's bytes as they come, by the head's own account of them. `raw` hears how many came over the connection. */
  body(head: HttpHead, raw: (count: number) => void): AsyncGenerator<Uint8Array>
  /** What a body that ended early lacks; 0 for a whole one. */
  readonly missing: number
  /** The connection may carry another request. */
  readonly reusable: boolean
  close(): Promise<void>
}

/** The last header of a name. */
export const headerOf = (head: Pick<HttpHead, 'headers'>, name: string): string | undefined =>
  head.headers.findLast(([each]) => each.toLowerCase() === name)?.[1]

/** It throws what `stream` throws. */
export function createHttpConnection(stream: ByteStream): HttpConnection {
  let rest: Uint8Array = new Uint8Array()
  let missing = 0
  let reusable = true

  /** Exactly so many bytes, or all up to the end. */
  async function* take(length: number, raw: (count: number) => void): AsyncGenerator<Uint8Array> {
    for (let wanted = length; wanted > 0; ) {
      const bytes = rest.length > 0 ? rest : await stream.receive()
      if (!bytes) {
        missing = wanted
        return
      }
      const part = bytes.subarray(0, wanted)
      rest = bytes.subarray(part.length)
      wanted -= part.length
      raw(part.length)
      yield part
    }
  }
  /** Up to a line feed, without it. */
  const line = async (): Promise<string | undefined> => {
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
  }
  async function* chunked(raw: (count: number) => void): AsyncGenerator<Uint8Array> {
    for (;;) {
      const size = await line()
      if (size === undefined) {
        missing = Infinity
        return
      }
      raw(size.length + 1)
      const length = Number.parseInt(size, 16)
      if (!(length > 0)) break
      yield* take(length, raw)
      const end = await line()
      raw((end?.length ?? -1) + 1)
    }
    for (let trailer = await line(); trailer !== undefined; trailer = await line()) {
      raw(trailer.length + 1)
      if (trailer.trim() === '') return
    }
  }

  return {
    get missing() {
      return missing
    },
    get reusable() {
      return reusable
    },
    send: stream.send,
    async head() {
      let text = ''
      for (;;) {
        const next = await line()
        if (next === undefined) return undefined
        text += `${next}\n`
        if (next.trim() === '' && text.trim() !== '') return parseHead(text)
      }
    },
    async *body(head, raw) {
      const length = headerOf(head, 'content-length')
      const connection = headerOf(head, 'connection')?.toLowerCase() ?? ''
      reusable = head.version === '1.1' ? !connection.includes('close') : connection.includes('keep-alive')
      if (head.status < 200 || head.status === 204 || head.status === 304) return
      if (headerOf(head, 'transfer-encoding')?.toLowerCase().includes('chunked')) yield* chunked(raw)
      else if (length !== undefined) yield* take(Number(length) || 0, raw)
      else {
        reusable = false
        yield* take(Infinity, raw)
        missing = 0
      }
    },
    close: stream.close,
  }
}

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes)

function parseHead(text: string): HttpHead {
  const [first = '', ...lines] = text.split(/\r?\n/)
  const [, version = '1.0', status = '0', reason = ''] = /^HTTP\/(\d(?:\.\d)?) (\d{3}) ?(.*)$/.exec(first) ?? []
  const headers = lines.flatMap((each): [string, string][] => {
    const colon = each.indexOf(':')
    return colon > 0 ? [[each.slice(0, colon), each.slice(colon + 1).trim()]] : []
  })
  return { text, status: Number(status), reason, version, headers }
}
