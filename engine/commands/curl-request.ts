/** What curl asks: from its options to the bytes of a request. */
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import type { Process } from '../machine/process.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import type { Arguments } from './options.ts'
import type { CurlOption } from './curl-options.ts'
import { curlForm } from './curl-form.ts'
import { Failure } from './failure.ts'

export interface CurlRequest {
  method: string
  /** -X: the method stays when a redirect would change it. */
  fixed: boolean
  body: Uint8Array | undefined
  /** Added, replaced (`Name: value`) or taken away (`Name:`) by -H. */
  headers: string[]
  userAgent: string
  referer: string | undefined
  /** `user:password`. */
  user: string | undefined
  range: string | undefined
  /** A Cookie header given as such. */
  cookie: string | undefined
  /** Of the body. */
  contentType: string | undefined
  /** -0. */
  oldest: boolean
  /** --compressed: the answer may come packed. */
  packed: boolean
}

export const curlVersion = '7.88.1'
const form = 'application/x-www-form-urlencoded'

/** As a form does: a space becomes a plus, RFC 3986's unreserved characters stay. */
const escape = (text: string) =>
  encodeURIComponent(text).replace(/%20/g, '+').replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** A file's bytes; `-` is standard input. */
async function content(process: Process, name: string): Promise<Uint8Array> {
  return name === '-' ? process.stdin.all() : process.reader(await process.system.open(name, O_RDONLY)).all()
}

/** --data-urlencode: `text`, `=text`, `name=text`, `@file`, `name@file`. */
async function encoded(process: Process, value: string): Promise<string> {
  const [, name = '', mark = '', rest = ''] = /^([^=@]*)([=@])([\s\S]*)$/.exec(value) ?? []
  if (mark === '') return escape(value)
  const text = mark === '=' ? rest : new TextDecoder().decode(await content(process, rest))
  return name === '' ? escape(text) : `${name}=${escape(text)}`
}

/** -d and its kin, put together by ampersands. */
async function dataOf(args: Arguments<CurlOption>, process: Process): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  const text = new TextEncoder()
  for (const { name, value = '' } of args.given) {
    let part: Uint8Array | undefined
    if (name === 'data-urlencode') part = text.encode(await encoded(process, value))
    else if (name === 'data-raw') part = text.encode(value)
    else if (name === 'd' || name === 'data-binary' || name === 'json') {
      part = value.startsWith('@') ? await fileOrNothing(process, value.slice(1)) : text.encode(value)
      if (name === 'd' && value.startsWith('@')) part = part.filter((byte) => byte !== 0x0a && byte !== 0x0d)
    }
    if (!part) continue
    if (parts.length > 0 && name !== 'json') parts.push(text.encode('&'))
    parts.push(part)
  }
  return parts.length > 0 ? joinBytes(parts) : undefined
}

/** curl posts nothing where the file cannot be read. */
async function fileOrNothing(process: Process, name: string): Promise<Uint8Array> {
  try {
    return await content(process, name)
  } catch (error) {
    if (error instanceof SystemError) return new Uint8Array()
    throw error
  }
}

/** Of these, in this order, only one can be asked for: what curl calls them. */
const ways = { T: 'PUT (-T, --upload-file)', data: 'POST (-d, --data)', F: 'multipart formpost (-F, --form)', I: 'HEAD (-I, --head)' }
const dataOptions: ReadonlySet<CurlOption> = new Set(['d', 'data-binary', 'data-raw', 'data-urlencode', 'json'])
const formOptions: ReadonlySet<CurlOption> = new Set(['F', 'form-string'])

/** Throws Failure where options contradict each other; `warn` says which. */
async function chooseWay(args: Arguments<CurlOption>, warn: (text: string) => Promise<void>): Promise<void> {
  const wayOf = (name: CurlOption) =>
    name === 'T' || name === 'I' ? name : formOptions.has(name) ? 'F' : dataOptions.has(name) && !args.has('G') ? 'data' : undefined
  const given = [...new Set(args.given.flatMap(({ name }) => wayOf(name) ?? []))]
  if (given.length < 2) return
  // These two are noticed while the options are read.
  const read = given.filter((way) => way === 'F' || way === 'I')
  const [one, other] = read.length === 2 ? read.toReversed() : (Object.keys(ways) as (keyof typeof ways)[]).filter((way) => given.includes(way))
  await warn(`You can only select one HTTP request method! You asked for both ${ways[one!]} and ${ways[other!]}.`)
  throw read.length === 2 ? new Failure(`option -${one}: is badly used here`, { usage: true }) : new Failure('', { status: 2 })
}

async function formOf(args: Arguments<CurlOption>, process: Process, warn: (text: string) => Promise<void>) {
  const given = args.given.filter(({ name }) => formOptions.has(name))
  if (given.length === 0) return undefined
  const skipped: string[] = []
  const read = async (name: string) => {
    try {
      return await content(process, name)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      const silent = args.has('s') && !args.has('S')
      throw new Failure(silent ? '' : '(26) Failed to open/read local data from file/application', { status: 26 })
    }
  }
  try {
    return await curlForm(given.map(({ name, value = '' }) => ({ text: value, raw: name !== 'F' })), read, (part) => skipped.push(part))
  } catch (error) {
    if (!(error instanceof Failure) || error.status !== undefined) throw error
    await warn(error.message)
    throw new Failure('option -F: is badly used here', { usage: true })
  } finally {
    for (const part of skipped) await warn(`skip unknown form field: ${part}`)
  }
}

export interface Asked {
  request: CurlRequest
  /** -G: to be put behind the URL. */
  query: string | undefined
}

/** Throws Failure; `warn` hears what curl says before. */
export async function curlRequest(args: Arguments<CurlOption>, process: Process, warn: (text: string) => Promise<void>): Promise<Asked> {
  await chooseWay(args, warn)
  const formed = await formOf(args, process, warn)
  const data = formed?.body ?? await dataOf(args, process)
  const upload = args.value('T')
  const asQuery = args.has('G') && data !== undefined && !formed
  const head = args.has('I')
  let body = asQuery ? undefined : data
  if (upload !== undefined) {
    try {
      body = await content(process, upload)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new Failure(`Can't open '${upload}'!`, { status: 26, usage: true })
    }
  }
  const json = args.has('json')
  const cookie = args.given.filter(({ name, value }) => name === 'b' && value?.includes('=')).map(({ value }) => value).join('; ')
  return {
    query: asQuery ? new TextDecoder().decode(data) : undefined,
    request: {
      method: args.value('X') ?? (head ? 'HEAD' : upload !== undefined ? 'PUT' : body ? 'POST' : 'GET'),
      fixed: args.has('X'),
      body,
      // --json is short for three options.
      headers: [
        ...(json ? ['Content-Type: application/json', 'Accept: application/json'] : []),
        ...args.given.flatMap(({ name, value }) => (name === 'H' && value !== undefined ? [value] : [])),
      ],
      userAgent: args.value('A') ?? `curl/${curlVersion}`,
      referer: args.value('e'),
      user: args.value('u'),
      range: args.value('r'),
      cookie: cookie || undefined,
      contentType: upload !== undefined || !body ? undefined : formed?.contentType ?? form,
      oldest: args.latest('0', 'http1.1') === '0',
      packed: args.has('compressed'),
    },
  }
}

/** The request's head. */
export function requestHead(request: CurlRequest, url: URL, cookies: string | undefined): string {
  const { method, body, headers, userAgent, referer, user, range, contentType, oldest, packed } = request
  const own: [string, string | undefined][] = [
    ['Host', url.host],
    ['Authorization', user === undefined ? undefined : `Basic ${base64(user.includes(':') ? user : `${user}:`)}`],
    ['Range', range === undefined ? undefined : `bytes=${range}`],
    ['User-Agent', userAgent || undefined],
    ['Accept', '*/*'],
    ['Accept-Encoding', packed ? 'deflate, gzip' : undefined],
    ['Referer', referer],
    ['Cookie', cookies],
  ]
  const ofBody: typeof own = [['Content-Length', body && String(body.length)], ['Content-Type', contentType]]
  const given = headers.map((line): [string, string] => {
    const at = line.search(/[:;]/)
    return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at)]
  })
  const replaced = new Set(given.map(([name]) => name.toLowerCase()))
  const host = given.find(([name, value]) => name.toLowerCase() === 'host' && value.length > 1)
  const line = ([name, value]: [string, string | undefined]): string[] => {
    if (name === 'Host' && host) return [`Host:${host[1].slice(1)}`]
    return value === undefined || replaced.has(name.toLowerCase()) ? [] : [`${name}: ${value}`]
  }
  const lines = own.flatMap(line)
  for (const [name, value] of given) {
    if (name.toLowerCase() === 'host') continue
    if (value.startsWith(':') && value.slice(1).trim() !== '') lines.push(`${name}${value}`)
    // `Name;` sends it empty.
    else if (value === ';') lines.push(`${name}:`)
  }
  lines.push(...ofBody.flatMap(line))
  return `${[`${method} ${url.pathname}${url.search} HTTP/1.${oldest ? 0 : 1}`, ...lines].join('\r\n')}\r\n\r\n`
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
