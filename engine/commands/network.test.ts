/** curl and ss beside the real ones: test/recorded/network.json, recorded by scripts/record-network.py. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exitStatus, inMachine, readFile, runCommand } from '../../test/support/machine.ts'
import { internet } from '../machine/socket-address.ts'
import { AF_INET, SOCK_DGRAM, SOCK_STREAM } from '../machine/socket-numbers.ts'
import type { Command, Process } from '../machine/process.ts'
import { O_CREAT, O_WRONLY } from '../machine/system-calls.ts'
import { bytesToText, textToBytes } from './byte-text.ts'
import { commands } from './programs.ts'

interface Line {
  argv: string[]
  status: number
  stdout: string
  stderr: string
  files?: Record<string, string>
}
const recorded = JSON.parse(readFileSync(new URL('../../test/recorded/network.json', import.meta.url), 'utf8')) as {
  answers: Record<string, string>
  files: Record<string, string>
  curl: Line[]
  ss: Line[]
}

/** The recorder's server, which never ends. */
const server: Command = async (_args, { system }) => {
  const listener = await system.socket(AF_INET, SOCK_STREAM)
  await system.bind(listener, internet('127.0.0.1', 8080))
  await system.listen(listener, 5)
  await system.close(await system.open('/tmp/ready', O_CREAT | O_WRONLY))
  for (;;) {
    const { fd } = await system.accept(listener)
    await talk(fd)
    await system.close(fd)
  }
  async function talk(fd: number) {
    for (let request = ''; ; request = '') {
      const needed = () => {
        const end = request.indexOf('\r\n\r\n')
        return end < 0 ? Infinity : end + 4 + Number(/content-length: *(\d+)/i.exec(request.slice(0, end))?.[1] ?? 0)
      }
      while (request.length < needed()) {
        const { bytes } = await system.receive(fd, 65536)
        if (bytes.length === 0) return
        request += bytesToText(bytes)
      }
      const [method, path = ''] = request.split(' ')
      if (path === '/slow') return system.sleep(1000)
      let text = path.startsWith('/echo') ? echo(request) : recorded.answers[path]!
      if (method === 'HEAD') text = text.slice(0, text.indexOf('\r\n\r\n') + 4)
      if (text) await system.send(fd, textToBytes(text))
      if (!text || text.includes('Connection: close') || text.startsWith('HTTP/1.0')) return
    }
  }
}
const echo = (request: string) =>
  `HTTP/1.1 200 OK\r\nServer: Test\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: ${request.length}\r\n\r\n${request}`

const programs = { ...commands, server }

async function run({ system, reader, env }: Process, argv: string[]) {
  const [input, noInput] = await system.pipe()
  const [output, write] = await system.pipe()
  const [errors, writeErrors] = await system.pipe()
  await system.close(noInput)
  const pid = await system.spawn({ path: `/usr/bin/${argv[0]}`, argv, env: { ...env }, fds: { 0: input, 1: write, 2: writeErrors } })
  for (const fd of [input, write, writeErrors]) await system.close(fd)
  const [stdout, stderr] = await Promise.all([reader(output).all(), reader(errors).all()])
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  return { status: exitStatus(await system.wait(pid)), stdout: text(stdout), stderr: text(stderr) }
}

async function startServer({ system }: Process) {
  await system.spawn({ path: '/usr/bin/server', argv: ['server'], env: {} })
  while (await Promise.resolve().then(() => system.access('/tmp/ready', 0)).then(() => false, () => true)) await system.sleep(1)
}

/** As the recorder shows them. */
const shown = (text: string) =>
  text.replace(/after \d+ (ms|milliseconds)/g, 'after N $1')
    .replace(/(\r(?: *\d+){6})[^\r\n]*/g, '$1 N')
    .replace(/(\r[^\r\n]*)\1+/g, '$1')
    .replace(/-{24}[0-9a-f]{16}/g, '-'.repeat(24) + 'B'.repeat(16))

test.each(recorded.curl.map((line) => [line.argv.join(' '), line] as const))('curl %s', (_name, line) =>
  inMachine(programs, async (process, { fs }) => {
    const { system } = process
    await startServer(process)
    const { status, stdout, stderr } = await run(process, ['curl', ...line.argv])
    const names = (await system.readdir('.')).map(({ name }) => name).filter((name) => !(name in recorded.files))
    const files = Object.fromEntries(names.map((name) => [name, new TextDecoder().decode(readFile(fs, name))]))
    expect({ status, stdout: shown(stdout), stderr: shown(stderr), files }).toEqual({
      status: line.status, stdout: line.stdout, stderr: line.stderr, files: line.files,
    })
  }, { files: recorded.files }), 20_000)

describe('curl', () => {
  test('no server of this machine speaks TLS', () =>
    inMachine(programs, async (process) => {
      await startServer(process)
      expect(await run(process, ['curl', '-sS', 'https://localhost:8080/'])).toMatchObject({
        status: 35, stderr: 'curl: (35) OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number\n',
      })
    }))

  const answers = (async () => new Response('from afar\n', { status: 203, headers: { 'x-a': 'b' } })) as typeof fetch

  test('asks the outside by the machine\'s way out', async () => {
    const { status, stdout } = await runCommand(commands, ['curl', '-si', 'https://a.example/x'], { machine: { fetch: answers } })
    expect(status).toBe(0)
    expect(stdout).toMatch(/^HTTP\/1\.1 203 .*\r\n/)
    expect(stdout).toContain('x-a: b\r\n')
    expect(stdout).toMatch(/\r\n\r\nfrom afar\n$/)
  })

  test('... and says why there is none', async () => {
    expect(await runCommand(commands, ['curl', '-sS', 'https://a.example/x'])).toMatchObject({
      status: 7, stdout: '', stderr: 'curl: (7) Failed to connect to a.example: this machine has no way to the outside\n',
    })
  })
})

test.each(recorded.ss.map((line) => [line.argv.join(' '), line] as const))('ss %s', (_name, line) =>
  inMachine(programs, async (process) => {
    const { system } = process
    const listener = await system.socket(AF_INET, SOCK_STREAM)
    await system.bind(listener, internet('127.0.0.1', 8090))
    await system.listen(listener, 5)
    const client = await system.socket(AF_INET, SOCK_STREAM)
    await system.bind(client, internet('127.0.0.1', 35146))
    await system.connect(client, internet('127.0.0.1', 8090))
    await system.send(client, new TextEncoder().encode('abc'))
    await system.accept(listener)
    await system.bind(await system.socket(AF_INET, SOCK_DGRAM), internet('0.0.0.0', 5000))
    const { status, stdout, stderr } = await run(process, ['ss', ...line.argv])
    // Linux lists connections in the order of its hash table.
    const sorted = (text: string) => text.split('\n').sort()
    expect({ status, stdout: sorted(stdout), stderr: stderr.split('\n')[0] }).toEqual({
      status: line.status, stdout: sorted(line.stdout), stderr: line.stderr.trim(),
    })
  }))
