/** An index behind a proxy, with a certificate that nobody else knows: only a process of Node can be told of them. */
import { readFileSync } from 'node:fs'
import { createServer as createProxy, type Server } from 'node:http'
import { createServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Inspected } from '../../bin/inspected-target.ts'
import { root } from '../../scripts/root.ts'
import { commandHome, layCommandPlace, type CommandPlace, type Said } from '../../test/support/command-home.ts'
import { oddWheel, oddWheelName } from '../../test/support/odd-wheel.ts'
import { pexCommand } from './pex-command.ts'

const { inspected } = JSON.parse(readFileSync(join(root, 'test/recorded/pex-command.json'), 'utf8')) as { inspected: Inspected }
/** A key and its certificate, for the host index.test, made for these tests and used for nothing else. */
const pem = join(root, 'test/support/index-test.pem')
const servers: Server[] = []
let place: CommandPlace
let proxy = ''
let proxied: string[] = []
let shown: unknown[] = []

const portOf = async (server: Server): Promise<number> => {
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  place = await layCommandPlace()
  const wheel = await oddWheel()
  const key = readFileSync(pem)
  const index = createServer({ key, cert: key, ca: key, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    shown.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN)
    if (request.url === `/${oddWheelName}`) response.end(wheel)
    else response.setHeader('Content-Type', 'text/html').end(`<a href="/${oddWheelName}">${oddWheelName}</a>`)
  })
  const port = await portOf(index)
  const tunnel = createProxy().on('connect', ({ url = '', headers }, client, head: Buffer) => {
    proxied.push(`${url} ${headers['proxy-authorization'] ?? ''}`)
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      server.write(head)
      server.pipe(client).pipe(server)
    })
    for (const socket of [server, client]) socket.on('error', () => socket.destroy())
  })
  proxy = `127.0.0.1:${await portOf(tunnel)}`
}, 300_000)
afterAll(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  place.remove()
})
beforeEach(() => {
  proxied = []
  shown = []
})

const pex = async (line: string, environment: Record<string, string> = {}) => {
  const said: Said = { output: [], errors: [] }
  const home = await commandHome(place, inspected, place.base, said, environment)
  const words = `odd-parts --no-pypi --index https://index.test/simple --retries 0 -o out.pex ${line}`.trim().split(' ')
  const status = await pexCommand(words, { ...home, index: settings => home.index({ ...settings, keepsAnswers: false }) })
  return { status, says: said.errors.join('') }
}
const fine = { status: 0, says: expect.not.stringContaining('index.test') as string }

test('--proxy and --cert', async () => {
  expect(await pex(`--proxy user:secret@${proxy} --cert ${pem}`)).toEqual(fine)
  expect(new Set(proxied)).toEqual(new Set([`index.test:443 Basic ${btoa('user:secret')}`]))
  expect(new Set(shown)).toEqual(new Set([undefined]))
  const doubted = await pex(`--proxy user:secret@${proxy}`)
  expect(doubted).toEqual({ status: 1, says: expect.stringMatching(/certificate/) as string })
  expect(doubted.says).not.toContain('secret')
})

test('--client-cert is shown', async () => {
  expect(await pex(`--proxy http://${proxy} --cert ${pem} --client-cert ${pem}`)).toEqual(fine)
  expect(new Set(shown)).toEqual(new Set(['index.test']))
})

test("the environment's proxy and pip's settings, which NO_PROXY and options rule out", async () => {
  expect(await pex('', { HTTPS_PROXY: `http://${proxy}`, PIP_CERT: pem })).toEqual(fine)
  expect(proxied).not.toEqual([])
  proxied = []
  expect((await pex('', { HTTPS_PROXY: `http://${proxy}`, PIP_CERT: pem, NO_PROXY: 'index.test' })).status).toBe(1)
  expect(proxied).toEqual([])
  expect(await pex(`--proxy ${proxy}`, { https_proxy: 'http://nowhere.test', PIP_CERT: pem, no_proxy: '*' })).toEqual(fine)
})

test('a certificate that is not there', async () => {
  expect(await pex('--cert nothing.pem')).toEqual({ status: 1, says: `[Errno 2] No such file or directory: '${place.base}/nothing.pem'\n` })
})
