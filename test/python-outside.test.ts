/** Stock clients of HTTP in Python reach other hosts by the page's fetch, or say why they do not. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createOutsideFetch } from '../engine/host/create-outside-fetch.ts'
import { hostsByFetch } from '../engine/http/hosts-by-fetch.ts'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import { fetchWheels } from '../scripts/fetch-wheels.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'

const wheels = ['requests', 'urllib3', 'idna', 'certifi', 'charset_normalizer']
let python: Python
let machine: Machine
let files: Record<string, Uint8Array>
let isOpen = true
/** Method, URL, the headers that are the program's own, and the body of what came out. */
const asked: [method: string, url: string, headers: Record<string, string>, body: string][] = []

/** A world of hosts: `secret.example` answers no page, `lost.example` nobody, `cut.example` half of what it promised. */
const world: typeof fetch = async (input, init) => {
  const request = new Request(input, init)
  const { hostname, pathname } = new URL(request.url)
  if (hostname === 'lost.example' || (hostname === 'secret.example' && init?.mode !== 'no-cors')) throw new TypeError('Failed to fetch')
  asked.push([request.method, request.url, Object.fromEntries(request.headers), await request.text()])
  if (hostname === 'cut.example') {
    let pulls = 0
    const body = new ReadableStream({
      pull: controller => pulls++ ? controller.error(new TypeError('network error')) : controller.enqueue(new TextEncoder().encode('half')),
    })
    return new Response(body, { headers: { 'Content-Length': '8' } })
  }
  if (pathname === '/empty') return new Response(null, { status: 204 })
  return new Response(`${request.method} ${pathname}`, { headers: { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' } })
}
const out = createOutsideFetch({ assets: 'https://deck.example/', isOpen: () => isOpen, fetch: world })

beforeAll(async () => {
  python = await startPython()
  const fetched = fetchWheels('deck-wheels.txt')
  files = Object.fromEntries(wheels.map(name => fetched.get(name)!).map(file => [basename(file), new Uint8Array(readFileSync(file))]))
}, 300_000)
afterAll(() => python.idle())
beforeEach(() => {
  machine = machineWithPython(python, { fetch: out, outside: hostsByFetch(out) })
  asked.length = 0
  isOpen = true
})

const run = (code: string) => {
  const path = Object.keys(files).map(name => `/home/user/demo/${name}`).join(':')
  return runLine(machine, `PYTHONPATH=${path} python3 program.py`, { ...files, 'program.py': code })
}
/** A program that prints each expression's value, or the error with all that caused it. */
const attempts = (imports: string, ...expressions: string[]) => [
  `import ${imports}`, 'server = socket.create_server(("127.0.0.1", 0))', 'def attempt(run):', '    try: print(run())', '    except Exception as error: print(type(error).__name__, error)',
  ...expressions.map(each => `attempt(lambda: ${each})`),
].join('\n')

test('http and https, with bodies, headers and connections that are kept', async () => {
  const { stdout, stderr } = await run([
    'import requests, urllib.request',
    'with requests.Session() as session:',
    '    for scheme in ("http", "https"):',
    '        answer = session.get(f"{scheme}://a.example/path?q=1", headers={"X-Own": "yes"}, timeout=60)',
    '        print(answer.status_code, answer.text, answer.headers["content-type"], answer.url)',
    '    print([session.post("https://a.example:8443/p", json={"n": n}).text for n in range(2)])',
    '    print(session.post("http://a.example/p", data=iter([b"in ", b"chunks"])).text)',
    '    print(session.head("https://a.example/h").text, session.get("https://a.example/empty").status_code)',
    'print(urllib.request.urlopen("https://a.example/stdlib").read())',
  ].join('\n'))
  expect({ stdout, stderr }).toEqual({
    stdout: [
      '200 GET /path text/plain http://a.example/path?q=1', '200 GET /path text/plain https://a.example/path?q=1', "['POST /p', 'POST /p']",
      'POST /p', ' 204', "b'GET /stdlib'", '',
    ].join('\n'),
    stderr: '',
  })
  const own = { accept: '*/*', 'x-own': 'yes' }
  const json = { accept: '*/*', 'content-type': 'application/json' }
  expect(asked).toEqual([
    ['GET', 'http://a.example/path?q=1', own, ''], ['GET', 'https://a.example/path?q=1', own, ''],
    ['POST', 'https://a.example:8443/p', json, '{"n": 0}'], ['POST', 'https://a.example:8443/p', json, '{"n": 1}'],
    ['POST', 'http://a.example/p', { accept: '*/*' }, 'in chunks'], ['HEAD', 'https://a.example/h', { accept: '*/*' }, ''],
    ['GET', 'https://a.example/empty', { accept: '*/*' }, ''], ['GET', 'https://a.example/stdlib', expect.anything(), ''],
  ])
})

test('what is in the way is told: a host that no page may read, one that is not there, a broken answer, another protocol, no such name', async () => {
  const { stdout } = await run(attempts(
    'requests, socket, ssl', 'requests.get("https://secret.example/")', 'requests.get("http://lost.example/")', 'requests.get("http://cut.example/")',
    '(s := socket.create_connection(("mail.example", 25)), s.sendall(b"EHLO me\\r\\n"), s.recv(100))', 'socket.create_connection(("nowhere.invalid", 80))',
    'ssl.create_default_context().wrap_socket(socket.create_connection(server.getsockname()), server_hostname="localhost")',
  ))
  expect(stdout).toBe([
    "ConnectionError ('Connection aborted.', ConnectionResetError(104, 'secret.example answers, but lets no page of another origin read it: its answers lack Access-Control-Allow-Origin for https://deck.example (CORS)'))",
    "ConnectionError ('Connection aborted.', ConnectionResetError(104, 'lost.example cannot be reached, or lets no page of another origin read it (CORS; the browser does not say which): Failed to fetch'))",
    'ChunkedEncodingError ("Connection broken: ConnectionResetError(104, \'network error\')", ConnectionResetError(104, \'network error\'))',
    'ConnectionResetError [Errno 104] mail.example: only HTTP leaves this machine',
    'gaierror [Errno -2] Name or service not known',
    'SSLError no TLS between programs of this machine: it has no keys of its own, and the browser encrypts only to the outside', '',
  ].join('\n'))
})

test('switched off, a connection is refused with what switches it on, with a time limit and without; the machine itself goes on', async () => {
  isOpen = false
  const { stdout } = await run(attempts(
    'requests, socket, urllib.request', 'requests.get("https://a.example/", timeout=60)', 'urllib.request.urlopen("http://a.example/")',
    'socket.socket().connect_ex(("a.example", 80))', 'socket.create_connection(server.getsockname()).send(b"here")',
  ))
  const words = 'the outside is switched off: a.example is not asked (the network switch of this page, or ?outside in its address, opens it)'
  expect(stdout).toBe([
    `ConnectionError HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by NewConnectionError("HTTPSConnection(host='a.example', port=443): Failed to establish a new connection: [Errno 111] ${words}"))`,
    `URLError <urlopen error [Errno 111] ${words}>`, '111', '4', '',
  ].join('\n'))
  expect(asked).toEqual([])
  expect((await runLine(machine, 'curl -sS http://a.example/')).stderr).toBe(`curl: (7) Failed to connect to a.example: ${words}\n`)
})

test('asyncio hears of it too', async () => {
  const { stdout } = await run([
    'import asyncio',
    'async def main():',
    '    reader, writer = await asyncio.open_connection("a.example", 80)',
    '    writer.write(b"GET /loop HTTP/1.1\\r\\nHost: a.example\\r\\nConnection: close\\r\\n\\r\\n")',
    '    print((await reader.read()).splitlines()[-4:])',
    'asyncio.run(main())',
  ].join('\n'))
  expect(stdout).toBe("[b'9', b'GET /loop', b'0', b'']\n")
})
