import { O_CREAT, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import type { Command, Process, Writer } from '../machine/process.ts'
import { createCookieJar } from './curl-cookies.ts'
import { meterHeading, meterLine } from './curl-meter.ts'
import { curlOptions, type CurlOption } from './curl-options.ts'
import { curlRequest, curlVersion } from './curl-request.ts'
import { createTransfers, CurlError, type Transfer } from './curl-transfer.ts'
import { curlWarning } from './curl-warning.ts'
import { writeOut, type WriteOutValues } from './curl-write-out.ts'
import { Failure } from './failure.ts'
import { helpText } from './help-text.ts'
import { parseOptions, type Arguments } from './options.ts'
import { readTextFile } from './read-text-file.ts'

const defaultRedirects = 50
/** Seconds between two attempts. */
const longestPause = 600
const nothing = { received: 0, toSend: 0, sent: 0, milliseconds: 0, total: 0 }

export const curl: Command = async (args, process) => {
  try {
    const parsed = parseOptions(curlOptions, args)
    const asked = parsed.latest('h', 'V')
    if (asked) {
      const version = `curl ${curlVersion} (pex-pectations)\nProtocols: http https\n`
      await process.stdout.write(asked === 'h' ? helpText(curlOptions, 'curl') : version)
      return 0
    }
    return await transferAll(parsed, process)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (error.message) await process.stderr.write(`curl: ${worded(error.message)}\n`)
    if (error.usage) await process.stderr.write(`${curlOptions.hint()}\n`)
    return error.status ?? curlOptions.usageStatus
  }
}

/** curl's own words for what getopt_long says. */
function worded(message: string): string {
  const [, unknown] = /^(?:unrecognized option '|invalid option -- ')([^']*)'/.exec(message) ?? []
  if (unknown !== undefined) return `option ${unknown.length === 1 ? `-${unknown}` : unknown}: is unknown`
  const [, long, short] = /^option '([^']*)' requires|^option requires an argument -- '(.)'/.exec(message) ?? []
  return long ?? short ? `option ${long ?? `-${short}`}: requires parameter` : message
}

/** Throws Failure for what is no number. */
function number(args: Arguments<CurlOption>, name: 'm' | 'retry' | 'retry-delay'): number | undefined {
  const value = args.value(name)
  if (value === undefined) return undefined
  const form = name === 'm' ? /^\d+(\.\d*)?$/ : /^\d+$/
  if (!form.test(value)) throw new Failure(`option ${name === 'm' ? '-m' : `--${name}`}: expected a proper numerical parameter`, { usage: true })
  return Number(value)
}

/** What may be different the next time, in curl's words; undefined where it will not. */
function passing(status: number, transfer: Transfer, refusedToo: boolean): string | undefined {
  if (status === 28) return ': timeout'
  if (status === 7 && refusedToo) return ': connection refused'
  return (status === 0 || status === 22) && [408, 429, 500, 502, 503, 504].includes(transfer.head?.status ?? 0) ? ': HTTP error' : undefined
}

/** Without a scheme it is http. */
function parseUrl(text: string): URL {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  if (/\s/.test(text) || !URL.canParse(whole)) throw new CurlError(3, 'URL using bad/illegal format or missing URL')
  const url = new URL(whole)
  const scheme = url.protocol.slice(0, -1)
  if (scheme !== 'http' && scheme !== 'https') throw new CurlError(1, `Protocol "${scheme}" not supported or disabled in libcurl`)
  return url
}

async function transferAll(args: Arguments<CurlOption>, process: Process): Promise<number> {
  const urls = [...args.given.flatMap(({ name, value }) => (name === 'url' ? [value ?? ''] : [])), ...args.operands]
  if (urls.length === 0) throw new Failure(args.given.length > 0 ? 'no URL specified!' : '', { usage: true })
  const silent = args.has('s')
  const warn = async (text: string) => {
    if (!silent) await process.stderr.write(curlWarning(text))
  }
  const { request, query } = await curlRequest(args, process, warn)
  const limit = (number(args, 'm') ?? 0) * 1000 || Infinity
  const retries = number(args, 'retry') ?? 0
  const delay = number(args, 'retry-delay') || undefined
  const jarFiles = args.given.flatMap(({ name, value = '' }) => (name === 'b' && !value.includes('=') ? [value] : []))
  const jar = jarFiles.length > 0 || args.has('c') ? createCookieJar(() => process.now()) : undefined
  for (const file of jarFiles) jar?.read((await readTextFile(process.system, file)) ?? '')
  const outputs = args.given.flatMap(({ name, value }) => (name === 'o' || name === 'O' ? [value ?? 'O'] : []))
  const named = args.given.filter(({ name }) => name === 'o' || name === 'O').map(({ name }) => name)
  const onTerminal = await process.system.isatty(process.stdout.fd)

  let output: Output = { writer: process.stdout, isFile: false }
  let headers: Output | undefined
  let meter: ((transfer?: Transfer) => Promise<void>) | undefined
  const write = async ({ writer }: Output, chunk: string | Uint8Array) => {
    try {
      await writer.write(chunk)
      if (args.has('N') || onTerminal) await writer.flush()
    } catch (error) {
      throw error instanceof SystemError && error.code !== 'EPIPE' ? new CurlError(23, 'Failure writing output to destination') : error
    }
  }
  const transfers = createTransfers(process, {
    follow: args.has('L'),
    mostRedirects: Number(args.value('max-redirs') ?? defaultRedirects),
    fail: args.has('fail-with-body') ? 'with-body' : args.has('f') ? 'early' : 'no',
    jar,
    limit,
    async say(mark, text) {
      if (!args.has('v')) return
      // Data is told only where it is not seen itself.
      if ((mark === '{' || mark === '}') && onTerminal && !output.isFile) return
      const lines = mark === '>' || mark === '<' ? text.replace(/\n$/, '').split('\n') : [text]
      await process.stderr.write(lines.map((line) => `${mark} ${line}\n`).join(''))
    },
    async onHead(head) {
      if (headers) await write(headers, head.text)
      if (args.has('i') || (args.has('I') && !headers)) await write(output, head.text)
    },
    async onBytes(bytes) {
      if (onTerminal && !output.isFile && bytes.includes(0)) {
        await warn(
          'Binary output can mess up your terminal. Use "--output -" to tell curl to output it to your terminal anyway, or consider '
          + '"--output <FILE>" to save to a file.')
        throw new CurlError(23, 'Failure writing output to destination')
      }
      await write(output, bytes)
    },
  })

  let status = 0
  const dump = args.value('D')
  /** One URL, once. Answers with what may be tried again, and why. */
  async function attempt(index: number, text: string): Promise<string | undefined> {
    const transfer: Transfer = {
      url: new URL('http://localhost/'), head: undefined, received: 0, sent: 0, redirects: 0, connects: 0, total: undefined, headSize: 0,
      requestSize: 0, place: undefined, milliseconds: 0,
    }
    let problem = ''
    status = 0
    try {
      const url = parseUrl(text)
      if (query !== undefined) url.search = [url.search.slice(1), query].filter(Boolean).join('&')
      transfer.url = url
      output = await openOutput(process, named[index] === 'O' ? remoteName(url) : outputs[index])
      if (dump !== undefined) headers = dump === '-' ? output : await openOutput(process, dump)
      const shown = !silent && !args.has('no-progress-meter') && (output.isFile || !onTerminal)
      meter = shown ? createMeter(process, request.body?.length ?? 0) : undefined
      await meter?.()
      await transfers.run(request, transfer)
    } catch (error) {
      if (!(error instanceof CurlError)) throw error
      status = error.status
      problem = error.message
    }
    await output.writer.flush()
    await meter?.(transfer)
    if (problem && (!silent || args.has('S'))) await process.stderr.write(`curl: (${status}) ${problem}\n`)
    const format = args.value('w')
    if (format !== undefined) {
      const unknown: string[] = []
      const line = writeOut(format, values(transfer, request.method, status), (name) => unknown.push(name))
      for (const name of unknown) await process.stderr.write(`curl: unknown --write-out variable: '${name}'\n`)
      await process.stdout.write(line)
    }
    return passing(status, transfer, args.has('retry-connrefused'))
  }
  for (const [index, text] of urls.entries()) {
    for (let left = retries, pause = delay ?? 1; ; left--, pause = delay ?? Math.min(pause * 2, longestPause)) {
      const reason = await attempt(index, text)
      if (reason === undefined || left === 0) break
      await warn(`Problem ${reason}. Will retry in ${pause} seconds. ${left} retries left.`)
      await process.system.sleep(pause * 1000)
    }
  }
  await transfers.close()
  const file = args.value('c')
  if (jar && file !== undefined) {
    const { writer } = await openOutput(process, file)
    await writer.write(jar.text())
    await writer.flush()
  }
  return status
}

interface Output {
  writer: Writer
  isFile: boolean
}

function remoteName(url: URL): string {
  const name = decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf('/') + 1))
  if (name === '') throw new CurlError(23, 'Failed writing received data to disk/application')
  return name
}

async function openOutput(process: Process, name: string | undefined): Promise<Output> {
  if (name === undefined || name === '-') return { writer: process.stdout, isFile: name === '-' }
  try {
    return { writer: process.writer(await process.system.open(name, O_WRONLY | O_CREAT | O_TRUNC)), isFile: true }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new CurlError(23, `Failed to open the file ${name}: ${error.message}`)
  }
}

function createMeter(process: Process, toSend: number) {
  return async (transfer?: Transfer) => {
    if (!transfer) return process.stderr.write(meterHeading + meterLine(nothing))
    const { total, received, sent, milliseconds } = transfer
    const line = meterLine({ total, received, toSend: sent > 0 ? toSend : 0, sent, milliseconds })
    await process.stderr.write(`${line}\n`)
  }
}

function values(transfer: Transfer, method: string, status: number): WriteOutValues {
  const { head, url, place } = transfer
  const time = (transfer.milliseconds / 1000).toFixed(6)
  const header = (name: string) => head?.headers.findLast(([each]) => each.toLowerCase() === name)?.[1]
  const code = String(head?.status ?? 0).padStart(3, '0')
  const location = header('location')
  return {
    http_code: code, response_code: code, size_download: transfer.received, size_upload: transfer.sent, size_header: transfer.headSize,
    size_request: transfer.requestSize, content_type: header('content-type'), num_redirects: transfer.redirects,
    num_connects: transfer.connects, url_effective: url.href, method, exitcode: status, scheme: url.protocol.slice(0, -1).toUpperCase(),
    http_version: head?.version ?? '0', remote_ip: place?.host, remote_port: place?.port ?? 0, local_ip: place?.host,
    redirect_url: location === undefined ? '' : new URL(location, url).href, time_total: time, time_starttransfer: time,
    time_connect: '0.000000', time_namelookup: '0.000000', time_pretransfer: '0.000000', time_redirect: '0.000000',
    speed_download: Math.floor((transfer.received * 1000) / Math.max(1, transfer.milliseconds)),
    speed_upload: Math.floor((transfer.sent * 1000) / Math.max(1, transfer.milliseconds)), errormsg: '', ssl_verify_result: 0,
  }
}
