/** What curl asks: from its options to the bytes of a request. */
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import type { Process } from '../machine/process.ts'
import { joinBytes } from '../machine/join-bytes.ts'
import type { Arguments } from './options.ts'
import type { CurlOption } from './curl-options.ts'
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

export interface Asked {
  request: CurlRequest
  /** -G: to be put behind the URL. */
  query: string | undefined
}

/** Throws Failure. */
export async function curlRequest(args: Arguments<CurlOption>, process: Process): Promise<Asked> {
  const data = await dataOf(args, process)
  const upload = args.value('T')
  const asQuery = args.has('G') && data !== undefined
  const head = args.has('I')
  if (data && head && !asQuery) throw new Failure('', { status: 2 })
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
      contentType: upload !== undefined || !body ? undefined : form,
    },
  }
}

/** The request's head. */
export function requestHead(request: CurlRequest, url: URL, cookies: string | undefined): string {
  const { method, body, headers, userAgent, referer, user, range, contentType } = request
  const own: [string, string | undefined][] = [
    ['Host', url.host],
    ['Authorization', user === undefined ? undefined : `Basic ${base64(user.includes(':') ? user : `${user}:`)}`],
    ['Range', range === undefined ? undefined : `bytes=${range}`],
    ['User-Agent', userAgent || undefined],
    ['Accept', '*/*'],
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
  return `${[`${method} ${url.pathname}${url.search} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
