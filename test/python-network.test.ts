/** Programs on sockets print in the machine what they print on Linux: test/recorded/python-network.json. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import { fetchWheels } from '../scripts/fetch-wheels.ts'
import { exitStatus, usualEnvironment } from './support/machine.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'
import { watchedTerminal } from './support/watched-terminal.ts'

interface Recorded {
  wheels: string[]
  programs: { name: string; program: string; status: number; stdout: string; stderr: string }[]
}
const { wheels, programs } = JSON.parse(readFileSync(new URL('recorded/python-network.json', import.meta.url), 'utf8')) as Recorded
const limit = 240_000

let python: Python
let machine: Machine
let files: Record<string, Uint8Array>
beforeAll(async () => {
  python = await startPython(2)
  const fetched = fetchWheels('deck-wheels.txt')
  files = Object.fromEntries(wheels.map(name => fetched.get(name)!).map(file => [basename(file), new Uint8Array(readFileSync(file))]))
}, 300_000)
afterAll(() => python.idle())
beforeEach(() => { machine = machineWithPython(python) })

const shown = (text: string) => text.replace(/\[\d\d\/\w{3}\/\d{4} \d\d:\d\d:\d\d\]/g, '[DATE]')
const path = () => Object.keys(files).map(name => `/home/user/demo/${name}`).join(':')

test.each(programs.map(row => [row.name, row] as const))('%s', async (_name, { program, ...recorded }) => {
  const { ended, stdout, stderr } = await runLine(machine, `PYTHONPATH=${path()} python3 program.py`, { ...files, 'program.py': program })
  const { status, stdout: output, stderr: errors } = recorded
  expect({ status: exitStatus(ended), stdout: shown(stdout), stderr: shown(stderr) }).toEqual({ status, stdout: output, stderr: errors })
}, limit)

describe('python -m http.server on a terminal', () => {
  test('says where it serves, logs what curl asks in the background of it, and ends by Ctrl-C', async () => {
    const { terminal, screen, type, until } = watchedTerminal(machine)
    const argv = ['python3', '-m', 'http.server', '8080']
    const { ended } = machine.start({ path: '/opt/bin/python3', argv, env: usualEnvironment, cwd: '/home/user', terminal })
    await until('Serving HTTP on 0.0.0.0 port 8080 (http://0.0.0.0:8080/) ...')
    const { stdout } = await runLine(machine, 'echo hello > ../hello.txt; curl -s http://localhost:8080/hello.txt; ss -ltn | tail -n 1')
    expect(stdout).toMatch(/^hello\nLISTEN 0 {6}5 +0\.0\.0\.0:8080 +0\.0\.0\.0:\* *\n$/)
    await until('"GET /hello.txt HTTP/1.1" 200 -')
    type('\x03')
    expect(await ended).toMatchObject({ kind: 'exited', status: 0 })
    expect(screen()).toMatch(/\^C\r\nKeyboard interrupt received, exiting\.\r\n$/)
    expect((await runLine(machine, 'curl -sS http://localhost:8080/')).stderr).toMatch(/^curl: \(7\) Failed to connect to localhost port 8080/)
  }, limit)
})

test('a script with a server that nobody catches Ctrl-C for shows CPython\'s own traceback', async () => {
  const program = [
    'import http.server, os, signal', 'class Quiet(http.server.SimpleHTTPRequestHandler): pass',
    'server = http.server.HTTPServer(("127.0.0.1", 8080), Quiet)', 'signal.setitimer(signal.ITIMER_REAL, 0.2)',
    'signal.signal(signal.SIGALRM, signal.default_int_handler)', 'server.serve_forever()',
  ].join('\n')
  const { stderr, ended } = await runLine(machine, 'python3 program.py', { 'program.py': program })
  expect(stderr).toMatch(/File "[^"]*program.py", line 6, in <module>\n[^]*in serve_forever\n[^]*in select\n[^]*KeyboardInterrupt\n$/)
  expect(stderr.match(/ {2}File /g)).toHaveLength(3)
  expect(exitStatus(ended)).toBe(130)
}, limit)
