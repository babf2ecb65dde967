/** Over the network: requirements files by URL, and an index behind a proxy with a certificate that nobody else knows. */
import { readFileSync, writeFileSync } from 'node:fs'
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
let files: Record<string, string> = {}

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
    const url = request.url ?? ''
    if (url === `/${oddWheelName}`) response.end(wheel)
    else if (!url.startsWith('/simple/')) response.writeHead(files[url] === undefined ? 404 : 200).end(files[url])
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
  files = {}
})

const run = async (asked: string, line: string, environment: Record<string, string> = {}) => {
  const said: Said = { output: [], errors: [] }
  const home = await commandHome(place, inspected, place.base, said, environment)
  const words = `${asked} --no-pypi --index https://index.test/simple --retries 0 -o out.pex ${line}`.trim().split(' ')
  const status = await pexCommand(words, { ...home, index: settings => home.index({ ...settings, keepsAnswers: false }) })
  return { status, says: said.errors.join('') }
}
const pex = (line: string, environment?: Record<string, string>) => run('odd-parts', line, environment)
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

test('requirements files by URL are fetched, and those beside them that they name', async () => {
  const asked = (what: string) => run(what, `--proxy ${proxy} --cert ${pem}`)
  files = { '/all/r.txt': '-r ../odd.txt\n-c limits.txt\n', '/odd.txt': 'odd-parts\n', '/all/limits.txt': 'odd-parts<1\n' }
  expect(await asked('-r https://index.test/all/r.txt')).toEqual({ status: 1, says: expect.stringContaining('https://index.test/all/limits.txt (line 1)') as string })
  files['/all/limits.txt'] = 'odd-parts<2\n'
  expect(await asked('-r https://index.test/all/r.txt')).toEqual(fine)
  files['/odd.txt'] = 'odd-parts =\n'
  expect((await asked('-r https://index.test/all/r.txt')).says).toContain('https://index.test/odd.txt line 1:\nodd-parts =\n')
  writeFileSync(join(place.base, 'r r.txt'), 'odd-parts\n')
  expect(await asked(`-r file://${place.base}/r%20r.txt`)).toEqual(fine)
  expect(await asked('-r https://token@index.test/none.txt')).toEqual({
    status: 1, says: 'pip: ERROR: Could not open requirements file: https://****@index.test/none.txt is not there (404)\n',
  })
})
