/** A server of package indexes that does as each test says: truthful, lying, slow, breaking off. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeZip } from '../../engine/archive/write-zip.ts'

export interface Asked {
  path: string
  headers: IncomingMessage['headers']
}

export interface IndexServer {
  /** With its last slash. */
  url: string
  asked: Asked[]
  close(): Promise<void>
}

export type Answers = Record<string, (request: IncomingMessage, response: ServerResponse) => void>

/** `answers` by path; everything else is 404. */
export async function serveIndex(answers: Answers): Promise<IndexServer> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push({ path, headers: request.headers })
    const answer = answers[path]
    if (answer) return answer(request, response)
    response.statusCode = 404
    response.end('Not found\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    close: () => new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

export const jsonType = 'application/vnd.pypi.simple.v1+json'

/** A page of the JSON API. */
export const listing = (files: object[]) => (_request: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('Content-Type', jsonType)
  response.end(JSON.stringify({ meta: { 'api-version': '1.0' }, name: 'demo', files }))
}

export const text = (type: string, body: string, status = 200, headers: Record<string, string> = {}) => (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(status, { 'Content-Type': type, ...headers })
  response.end(body)
}

/** Bytes with their tag, and ranges of them, as a good server gives them. */
export const bytes = (body: Uint8Array, etag = `"${sha256(body)}"`) => ({ headers }: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('ETag', etag)
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? []
  const valid = headers['if-range'] === undefined || headers['if-range'] === etag
  if (headers.range === undefined || !valid) {
    response.setHeader('Content-Length', body.length)
    return void response.end(body)
  }
  const start = first === '' ? Math.max(0, body.length - Number(last)) : Number(first)
  const end = first === '' || last === '' ? body.length : Math.min(Number(last) + 1, body.length)
  response.writeHead(206, { 'Content-Range': `bytes ${start}-${end - 1}/${body.length}`, 'Content-Length': end - start })
  response.end(body.subarray(start, end))
}

export const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

export const metadata = 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nRequires-Dist: other>=2\n'

/** A wheel of `demo` 1.0, longer than what a reader of its end asks for at once. */
export async function demoWheel(text = metadata): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  // No deflating makes these shorter.
  const noise = Buffer.concat(Array.from({ length: 4000 }, (_, i) => createHash('sha256').update(String(i)).digest()))
  const entries = Object.entries({
    'demo/noise.bin': noise,
    'demo-1.0.dist-info/METADATA': Buffer.from(text),
    'demo-1.0.dist-info/WHEEL': Buffer.from('Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
    'demo-1.0.dist-info/RECORD': Buffer.from(''),
  }).map(([name, data]) => ({ name, data: new Uint8Array(data) }))
  for await (const part of writeZip(entries)) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}
