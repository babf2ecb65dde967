/** What curl asks of other machines: by the machine's only way out, which is somebody else's to open or to close. */
import type { Process } from '../machine/process.ts'
import { requestHead, type CurlRequest } from './curl-request.ts'
import { CurlError, type Transfer, type TransferOptions } from './curl-transfer.ts'
import type { HttpHead } from '../http/http-connection.ts'
import { ownOfBrowsers } from '../http/own-of-browsers.ts'

/** Redirects have been followed by then. Throws CurlError with the reason where there is no way. */
export async function askOutside(process: Process, request: CurlRequest, transfer: Transfer, options: TransferOptions): Promise<HttpHead> {
  const { url } = transfer
  const [, ...lines] = requestHead(request, url, request.cookie).trim().split('\r\n')
  const headers = lines.map((line) => line.split(/: ?/)).filter(([name = '']) => !ownOfBrowsers.has(name.toLowerCase()))
  const limit = options.limit < Infinity ? AbortSignal.timeout(options.limit) : undefined
  let answer: Response
  try {
    answer = await process.fetch(url.href, {
      method: request.method,
      headers: headers.map(([name = '', ...value]): [string, string] => [name, value.join(': ')]),
      body: request.body && new Blob([request.body.slice()]),
      signal: limit,
    })
  } catch (error) {
    if (limit?.aborted) throw new CurlError(28, `Operation timed out after ${options.limit} milliseconds with 0 bytes received`)
    throw new CurlError(7, `Failed to connect to ${url.hostname}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const fields = [...answer.headers].map(([name, value]): [string, string] => [name, value])
  const text = `HTTP/1.1 ${answer.status} ${answer.statusText}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  const head: HttpHead = { text, status: answer.status, reason: answer.statusText, version: '1.1', headers: fields }
  transfer.head = head
  if (answer.url !== '') transfer.url = new URL(answer.url)
  if (options.fail === 'early' && head.status >= 400) throw new CurlError(22, `The requested URL returned error: ${head.status}`)
  await options.say('<', text)
  await options.onHead(head)
  const reader = answer.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    transfer.received += part.value.length
    await options.onBytes(part.value)
  }
  return head
}
