/** One URL's transfer: the request, redirects followed, the answer given away as it comes. */
import { codingOf, unpacked, type Coding } from '../http/content-coding.ts'
import { createHttpConnection, headerOf, type HttpConnection, type HttpHead } from '../http/http-connection.ts'
import { addressesOf } from '../machine/host-names.ts'
import { internet, isLocal } from '../machine/socket-address.ts'
import type { Process } from '../machine/process.ts'
import { SystemError } from '../machine/system-error.ts'
import { connectToServer, TimeOver } from './connect-to-server.ts'
import type { CookieJar } from './curl-cookies.ts'
import { askOutside } from './curl-outside.ts'
import { requestHead, type CurlRequest } from './curl-request.ts'
import { readTextFile } from './read-text-file.ts'

/** What curl calls an error: its number is the exit status. */
export class CurlError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface TransferOptions {
  follow: boolean
  mostRedirects: number
  fail: 'no' | 'early' | 'with-body'
  jar: CookieJar | undefined
  /** Milliseconds; Infinity for no limit. */
  limit: number
  /** -v's lines: a mark and text. */
  say(mark: '*' | '>' | '<' | '{' | '}', text: string): Promise<void>
  onHead(head: HttpHead): Promise<void>
  onBytes(bytes: Uint8Array): Promise<void>
}

export interface Transfer {
  url: URL
  head: HttpHead | undefined
  received: number
  sent: number
  redirects: number
  connects: number
  /** Expected bytes of the body. */
  total: number | undefined
  headSize: number
  requestSize: number
  /** Where it went and came from. */
  place: { host: string; port: number } | undefined
  milliseconds: number
}

const redirecting = new Set([301, 302, 303, 307, 308])

/** `transfer` is filled in as it goes. Throws CurlError. */
export function createTransfers(process: Process, options: TransferOptions) {
  let open: { connection: HttpConnection; name: string; port: number } | undefined
  let number = 0

  const closeOpen = async () => {
    if (!open) return
    await open.connection.close()
    open = undefined
  }
  const connect = async (url: URL, transfer: Transfer, began: number): Promise<HttpConnection> => {
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    const name = url.hostname
    if (open && open.name === name && open.port === port) {
      await options.say('*', `Re-using existing connection #${number - 1} with host ${name}`)
      return open.connection
    }
    await closeOpen()
    const [host] = addressesOf((await readTextFile(process.system, '/etc/hosts')) ?? '', name)
    if (host === undefined) {
      await options.say('*', `Could not resolve host: ${name}`)
      await options.say('*', `Closing connection ${number}`)
      throw new CurlError(6, `Could not resolve host: ${name}`)
    }
    await options.say('*', `  Trying ${host}:${port}...`)
    try {
      const connection = createHttpConnection(await connectToServer(process, host, port, () => options.limit - (process.now() - began)))
      open = { connection, name, port }
      transfer.connects++
      transfer.place = internet(host, port)
      await options.say('*', `Connected to ${name} (${host}) port ${port} (#${number++})`)
      // Servers of this machine speak no TLS: its Python has none.
      if (url.protocol === 'https:') throw new CurlError(35, 'OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number')
      return connection
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      const why = `Failed to connect to ${name} port ${port} after ${Math.floor(process.now() - began)} ms: Couldn't connect to server`
      await options.say('*', `connect to ${host} port ${port} failed: ${error.message}`)
      await options.say('*', why)
      await options.say('*', `Closing connection ${number}`)
      throw new CurlError(7, why)
    }
  }

  const exchange = async (request: CurlRequest, transfer: Transfer, began: number): Promise<HttpHead> => {
    const { url } = transfer
    const connection = await connect(url, transfer, began)
    const cookies = [options.jar?.header(url), request.cookie].filter((each) => each !== undefined).join('; ') || undefined
    const text = requestHead(request, url, cookies)
    if (request.user !== undefined) await options.say('*', `Server auth using Basic with user '${request.user.replace(/:.*/s, '')}'`)
    await options.say('>', text)
    await connection.send(new TextEncoder().encode(text))
    transfer.requestSize += text.length
    if (request.body) {
      await connection.send(request.body)
      transfer.sent = request.body.length
      if (request.body.length > 0) await options.say('}', `[${request.body.length} bytes data]`)
      if (request.contentType?.startsWith('multipart/')) await options.say('*', 'We are completely uploaded and fine')
    }
    let head = await connection.head()
    while (head && head.status >= 100 && head.status < 200) head = await connection.head()
    if (!head) {
      await options.say('*', 'Empty reply from server')
      throw new CurlError(52, 'Empty reply from server')
    }
    transfer.head = head
    transfer.headSize += head.text.length
    for (const [name, value] of head.headers) if (name.toLowerCase() === 'set-cookie') options.jar?.take(url, value)
    if (options.fail === 'early' && head.status >= 400) {
      await options.say('<', head.text.replace(/\r?\n\r?\n$/, '\r\n'))
      await options.say('*', `The requested URL returned error: ${head.status}`)
      transfer.total = Number(headerOf(head, 'content-length')) || undefined
      throw new CurlError(22, `The requested URL returned error: ${head.status}`)
    }
    await options.say('<', head.text)
    await options.onHead(head)
    const length = headerOf(head, 'content-length')
    const ignored = options.follow && locationOf(head, url) !== undefined
    transfer.total = length === undefined ? undefined : Number(length)
    transfer.received = 0
    if (request.method === 'HEAD') transfer.total = undefined
    else {
      let raw = 0
      const body = connection.body(head, (count) => (raw += count))
      const coding = request.packed ? codingOf(head) : undefined
      if (ignored && transfer.total) await options.say('*', 'Ignoring the response-body')
      let told = false
      async function* counted() {
        for await (const bytes of body) {
          if (!told) await options.say('{', `[${length ?? Math.max(raw, bytes.length)} bytes data]`)
          told = true
          transfer.received += bytes.length
          yield bytes
        }
      }
      for await (const bytes of coding === undefined || ignored ? counted() : unpackedParts(counted(), coding)) if (!ignored) await options.onBytes(bytes)
      if (connection.missing > 0) {
        const known = connection.missing < Infinity
        const remaining = known ? `${connection.missing} bytes remaining to read` : 'outstanding read data remaining'
        await options.say('*', `transfer closed with ${remaining}`)
        throw new CurlError(18, `transfer closed with ${remaining}`)
      }
    }
    if (connection.reusable) await options.say('*', `Connection #${number - 1} to host ${url.hostname} left intact`)
    else {
      await options.say('*', `Closing connection ${number - 1}`)
      await closeOpen()
    }
    return head
  }

  return {
    async run(request: CurlRequest, transfer: Transfer): Promise<void> {
      const began = process.now()
      let asked = request
      try {
        for (;;) {
          const head = isHere(transfer.url) ? await exchange(asked, transfer, began) : await askOutside(process, asked, transfer, options)
          const next = options.follow ? locationOf(head, transfer.url) : undefined
          if (next === undefined) break
          if (transfer.redirects >= options.mostRedirects) {
            throw new CurlError(47, `Maximum (${options.mostRedirects}) redirects followed`)
          }
          transfer.redirects++
          transfer.url = next
          await options.say('*', `Issue another request to this URL: '${next.href}'`)
          asked = redirected(asked, head.status)
        }
        if (options.fail === 'with-body' && (transfer.head?.status ?? 0) >= 400) {
          throw new CurlError(22, `The requested URL returned error: ${transfer.head?.status}`)
        }
      } catch (error) {
        const problem = explained(error, transfer, process.now() - began)
        if (problem instanceof CurlError && open) {
          await options.say('*', `Closing connection ${number - 1}`)
          await closeOpen()
        }
        throw problem
      } finally {
        transfer.milliseconds = process.now() - began
      }
    },
    close: closeOpen,
  }
}

async function* unpackedParts(parts: AsyncGenerator<Uint8Array>, coding: Coding): AsyncGenerator<Uint8Array> {
  const packed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  }, { highWaterMark: 0 })
  const reader = unpacked(packed, coding).getReader()
  for (;;) {
    const part = await reader.read().catch((error: unknown) => {
      // What the connection says passes; the rest is the decompressor's, which every engine names in its own way.
      if (error instanceof SystemError || error instanceof TimeOver || error instanceof CurlError) throw error
      throw new CurlError(61, 'Error while processing content unencoding: incorrect header check')
    })
    if (part.done) return
    yield part.value
  }
}

/** Numbers and names of this machine stay here. */
function isHere({ hostname }: URL): boolean {
  if (/^\d+(\.\d+){3}$/.test(hostname)) return isLocal(hostname)
  return !hostname.includes('.') || hostname.endsWith('.localhost')
}

function locationOf(head: HttpHead, from: URL): URL | undefined {
  const location = headerOf(head, 'location')
  if (!redirecting.has(head.status) || location === undefined || !URL.canParse(location, from.href)) return undefined
  return new URL(location, from.href)
}

/** RFC 9110 15.4, as browsers do: a POST becomes a GET, unless the status says to keep it. */
function redirected(request: CurlRequest, status: number): CurlRequest {
  if (status === 307 || status === 308) return request
  const body = undefined
  if (request.fixed || request.method === 'GET' || request.method === 'HEAD') return { ...request, body, contentType: undefined }
  return { ...request, method: 'GET', body, contentType: undefined }
}

function explained(error: unknown, transfer: Transfer, milliseconds: number): unknown {
  if (error instanceof TimeOver) {
    const bytes = transfer.total === undefined ? `${transfer.received}` : `${transfer.received} out of ${transfer.total}`
    return new CurlError(28, `Operation timed out after ${Math.floor(milliseconds)} milliseconds with ${bytes} bytes received`)
  }
  if (error instanceof SystemError && error.code === 'ECONNRESET') return new CurlError(56, 'Recv failure: Connection reset by peer')
  if (error instanceof SystemError && error.code === 'EPIPE') return new CurlError(55, 'Send failure: Broken pipe')
  return error
}
