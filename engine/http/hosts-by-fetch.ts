/**
 * The far end of a program's connection to another host: an HTTP/1.1 server (RFC 9112) that does what it is asked by `fetch`. Redirects have
 * been followed and bodies decoded by then, as browsers do.
 */
import type { ByteStream } from '../machine/byte-stream.ts'
import type { OutsideHosts } from '../machine/outside.ts'
import { headerOf, parseFields } from './http-connection.ts'
import { createHttpReader, type HttpReader } from './http-reader.ts'
import { ownOfBrowsers } from './own-of-browsers.ts'

/** Below it, by name, the hosts: whoever decides on the way out answers with an error where one may not be asked. */
export const outsideUrl = 'https://outside.talk/'

/** An empty TLS record of a handshake: the program takes the connection for encrypted from here on, and the browser will encrypt it. */
export const TLS_MARK = Uint8Array.of(0x16, 0x03, 0x01, 0x00, 0x00)

interface Request {
  method: string
  target: string
  version: string
  headers: [name: string, value: string][]
}

/** How an answer came is the browser's affair. */
const ownOfConnections = new Set(['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding'])
const requestLine = /^([A-Z]+) (\/\S*|\*) HTTP\/(1\.[01])\r?$/

/** The hosts that `fetch` reaches. */
export const hostsByFetch = (fetch: typeof globalThis.fetch): OutsideHosts => ({
  admit: (host) => fetch(outsideUrl + host).then(() => undefined, reasonOf),
  serve: (stream, host, port) => answerByFetch(stream, host, port, fetch),
})

/** What `fetch` rejects with; anything else is thrown. */
function reasonOf(error: unknown): string {
  if (error instanceof TypeError || error instanceof DOMException) return error.message
  throw error
}

async function answerByFetch(stream: ByteStream, host: string, port: number, fetch: typeof globalThis.fetch): Promise<string | undefined> {
  const reader = createHttpReader(stream)
  const gone = new AbortController()
  try {
    const scheme = await takesTls(reader) ? 'https' : 'http'
    for (;;) {
      const request = await readRequest(reader)
      if (request === undefined) return undefined
      if (typeof request === 'string') return `${host}: ${request}`
      const answer = await fetch(new URL(request.target, `${scheme}://${host}:${port}`), {
        method: request.method,
        headers: request.headers.filter(([name]) => !ownOfBrowsers.has(name.toLowerCase())),
        body: await readBody(reader, request),
        signal: gone.signal,
      })
      if (!await giveAnswer(stream, request, answer)) return undefined
    }
  } catch (error) {
    return reasonOf(error)
  } finally {
    gone.abort()
  }
}

async function takesTls(reader: HttpReader): Promise<boolean> {
  const start = await reader.peek(1)
  if (start[0] !== TLS_MARK[0]) return false
  for await (const part of reader.take(TLS_MARK.length)) void part
  return true
}

/** A string says what is wrong with it. */
async function readRequest(reader: HttpReader): Promise<Request | string | undefined> {
  const first = await reader.line()
  if (first === undefined) return undefined
  const [, method, target, version] = requestLine.exec(first) ?? []
  if (!method || !target || !version) return 'only HTTP leaves this machine'
  const lines: string[] = []
  for (let line = await reader.line(); line !== undefined && line.trim() !== ''; line = await reader.line()) lines.push(line)
  return { method, target, version, headers: parseFields(lines) }
}

async function readBody(reader: HttpReader, request: Request): Promise<Blob | undefined> {
  const length = Number(headerOf(request, 'content-length') ?? 0)
  const parts: Uint8Array<ArrayBuffer>[] = []
  const isChunked = headerOf(request, 'transfer-encoding')?.toLowerCase().includes('chunked')
  for await (const part of isChunked ? reader.chunked() : reader.take(length)) parts.push(part.slice())
  return parts.length > 0 ? new Blob(parts) : undefined
}

/** Whether the connection may carry another request. */
async function giveAnswer(stream: ByteStream, request: Request, answer: Response): Promise<boolean> {
  const { status, statusText, headers, body } = answer
  const decoded = headers.has('content-encoding')
  const length = decoded ? null : headers.get('content-length')
  const isBare = request.method === 'HEAD' || status === 204 || status === 304
  const isChunked = !isBare && length === null && request.version === '1.1'
  const keeps = request.version === '1.1' && headerOf(request, 'connection')?.toLowerCase() !== 'close'
  const fields = [...headers].filter(([name]) => !ownOfConnections.has(name))
  if (length !== null) fields.push(['content-length', length])
  if (isChunked) fields.push(['transfer-encoding', 'chunked'])
  if (!keeps) fields.push(['connection', 'close'])
  const text = new TextEncoder()
  await stream.send(text.encode(`HTTP/1.1 ${status} ${statusText}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`))
  const reader = isBare ? undefined : body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    if (part.value.length === 0) continue
    if (isChunked) await stream.send(text.encode(`${part.value.length.toString(16)}\r\n`))
    await stream.send(part.value)
    if (isChunked) await stream.send(text.encode('\r\n'))
  }
  if (isChunked) await stream.send(text.encode('0\r\n\r\n'))
  return keeps
}
