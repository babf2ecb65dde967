/**
 * `fetch` through a proxy, or with certificates of one's own: Node 20's knows neither. undici, which Node's fetch is made of, brings both, and
 * is read only where they are asked for.
 */
import { readFile } from 'node:fs/promises'
import type { Dispatcher } from 'undici'
import type { IndexSettings } from '../engine/index/index-settings.ts'
import { asFileProblem } from './as-file-problem.ts'

export type Connection = Pick<IndexSettings, 'proxy' | 'cert' | 'clientCert'>

type Environment = Readonly<Record<string, string | undefined>>

/** Variables that curl, requests and pip know; in lower case they come first. */
const variable = (environment: Environment, name: string): string | undefined => environment[name.toLowerCase()] ?? environment[name]

/** The proxy for `https:` or `http:`; an option rules out what the environment says, its exceptions too. */
const proxyFor = (protocol: string, { proxy }: Connection, environment: Environment): string | undefined => {
  const named = proxy ?? variable(environment, `${protocol.slice(0, -1).toUpperCase()}_PROXY`) ?? variable(environment, 'ALL_PROXY')
  if (named === undefined || named === '') return undefined
  return named.includes('://') ? named : `http://${named}`
}

const readPem = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => { throw asFileProblem(error, path) })

const openDispatcher = async (protocol: string, connection: Connection, environment: Environment): Promise<Dispatcher> => {
  const { Agent, EnvHttpProxyAgent } = await import('undici')
  const { cert, clientCert } = connection
  const shown = clientCert === undefined ? undefined : await readPem(clientCert)
  const tls = { ...(cert !== undefined && { ca: await readPem(cert) }), ...(shown !== undefined && { cert: shown, key: shown }) }
  const proxy = proxyFor(protocol, connection, environment)
  if (proxy === undefined) return new Agent({ connect: tls })
  const noProxy = connection.proxy === undefined ? variable(environment, 'NO_PROXY') ?? '' : ''
  return new EnvHttpProxyAgent({ httpProxy: proxy, httpsProxy: proxy, noProxy, connect: tls, requestTls: tls })
}

/**
 * Paths are absolute. `settled` is what else is set up (pip's settings); `connection` comes before it, the environment after it. Fails with a
 * FileProblem where a certificate cannot be read.
 */
export const nodeFetch = (connection: Connection, settled: () => Promise<Connection>, environment: Environment): typeof fetch => {
  const dispatchers = new Map<string, Promise<Dispatcher | undefined>>()
  const dispatcherFor = async (protocol: string): Promise<Dispatcher | undefined> => {
    const { proxy, cert, clientCert } = await settled()
    const all: Connection = { proxy: connection.proxy ?? proxy, cert: connection.cert ?? cert, clientCert: connection.clientCert ?? clientCert }
    const plain = all.cert === undefined && all.clientCert === undefined && proxyFor(protocol, all, environment) === undefined
    return plain ? undefined : openDispatcher(protocol, all, environment)
  }
  return async (input, init) => {
    const { protocol } = new URL(input instanceof Request ? input.url : input)
    const opened = dispatchers.get(protocol) ?? dispatcherFor(protocol)
    dispatchers.set(protocol, opened)
    const dispatcher = await opened
    if (!dispatcher) return fetch(input, init)
    const undici = await import('undici')
    // Its types are those of a standard, written twice.
    return undici.fetch(input as string, { ...init, dispatcher } as Parameters<typeof undici.fetch>[1]) as unknown as Promise<Response>
  }
}
