import { expect, test } from 'vitest'
import { fetchPublic } from '../../scripts/fetch-public.ts'
import { createMachine } from '../machine/create-machine.ts'
import type { Machine } from '../machine/machine.ts'
import { createShell } from '../shell/create-shell.ts'
import { layFixture } from '../host/lay-fixture.ts'
import { programs } from './programs.ts'
import { readFile } from '../../test/support/machine.ts'
import { bytesAsSource } from '../archive/byte-source.ts'
import { readPexFile } from '../pex/read-pex.ts'

const env = { HOME: '/home/user', PATH: '/home/user/.local/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin', LANG: 'C.UTF-8', TZ: 'UTC' }

const open = async (): Promise<{ machine: Machine; run: (line: string) => Promise<string> }> => {
  const machine = createMachine({
    fetch: fetchPublic,
    programs: {
      ...programs,
      bash: { path: '/usr/bin/bash', links: ['/usr/bin/sh'], program: { kind: 'command', run: createShell() } },
      python: {
        path: '/opt/bin/python3.14', links: ['/opt/bin/python3'],
        program: { kind: 'foreign', program: { start: start => { start.exit(3); return { signal: () => undefined, signalled: false, terminate: () => undefined } } } },
      },
    },
  })
  await layFixture(machine, { name: 'test', directory: '/home/user/demo', files: [] }, env)
  const run = async (line: string) => {
    const text = `{ ${line}; } > /tmp/out 2>&1; echo "status $?" >> /tmp/out`
    await machine.start({ path: '/usr/bin/bash', argv: ['bash', '-c', text], env, cwd: '/home/user/demo' }).ended
    return new TextDecoder().decode(readFile(machine.fs, '/tmp/out'))
  }
  return { machine, run }
}

test('pipx install pex says what pipx says, and then there is pex', async () => {
  const { machine, run } = await open()
  expect(await run('pex --version')).toContain('command not found')
  expect(await run('pipx install pex')).toBe(
    'creating virtual environment...\ninstalling pex...\n  installed package pex 2.100.7, installed using Python 3.14.2\n  These apps are now available\n'
    + '    - pex\n    - pex-tools\n    - pex3\n    - pexec\ndone! ✨ 🌟 ✨\nstatus 0\n')
  expect(await run('pex --version')).toBe('2.100.7\nstatus 0\n')
  expect(await run('pipx list')).toBe(
    'venvs are in /home/user/.local/share/pipx/venvs\napps are exposed on your $PATH at /home/user/.local/bin\n'
    + '   package pex 2.100.7, installed using Python 3.14.2\n    - pex\n    - pex-tools\n    - pex3\n    - pexec\nstatus 0\n')
  expect(await run('pex requests -o demo.pex')).toBe('demo.pex\nstatus 0\n')
  expect(await run('ls -l demo.pex | cut -c1-10; head -1 demo.pex')).toBe('-rwxr-xr-x\n#!/usr/bin/env python3.14\nstatus 0\n')
  const { info } = await readPexFile(bytesAsSource(readFile(machine.fs, 'demo.pex', '/home/user/demo')))
  expect(info.requirements).toEqual(['requests'])
  expect(Object.keys(info.distributions as object).filter(name => !name.endsWith('-none-any.whl'))).toEqual([])
  expect(await run('pex3 --version; pex3 interpreter inspect')).toBe('2.100.7\n/opt/bin/python3\nstatus 0\n')
  expect(await run('pex3 interpreter inspect --markers --tags > here.json && pex check demo.pex --target here.json')).toContain('status 0\n')
  expect(await run('pex3 lock create requests -o lock.json && pex --lock lock.json -o locked.pex && cmp demo.pex locked.pex')).toBe('locked.pex\nstatus 0\n')
  expect(await run('pexec nosuch')).toMatch(/No matching distribution found for nosuch\n[^\n]*\nstatus 1\n$/)
  expect(await run('pexec --from idna idna --help')).toBe('status 3\n')
  expect(await run('pipx install pex')).toContain("'pex' (2.100.7) already seems to be installed.")
  expect(await run('pipx uninstall pex')).toBe('uninstalled pex! ✨ 🌟 ✨\nstatus 0\n')
  expect(await run('pipx uninstall pex')).toBe('Nothing to uninstall for pex 😴\nstatus 1\n')
  expect(await run('pex --version')).toContain('status 127')
}, 120_000)

test('what pipx cannot bring is refused with the way out', async () => {
  const { run } = await open()
  expect(await run('pipx install nosuch')).toMatch(/ERROR: No matching distribution found for nosuch\n[^]*Error installing nosuch\.\nstatus 1\n$/)
  expect(await run('pipx install requests')).toBe(
    'creating virtual environment...\ninstalling requests...\nNo apps associated with package requests. '
    + 'A package that is only imported goes into a PEX: pex requests -o requests.pex\nstatus 1\n')
  expect(await run('pipx install idna')).toContain('Make a PEX of it: pex idna -c idna -o idna.pex\nstatus 1\n')
  expect(await run('pipx install "not a spec"')).toContain('Unable to parse package spec: not a spec\nstatus 1\n')
  expect(await run('pipx bogus')).toMatch(/pipx: error: argument command: invalid choice: 'bogus' \(choose from 'install', .*\nstatus 2\n$/)
  expect(await run('pipx install')).toContain('error: the following arguments are required: package_spec\nstatus 2\n')
  expect(await run('pipx list')).toBe('nothing has been installed with pipx 😴\nstatus 0\n')
}, 120_000)

test('a failed build leaves no file behind', async () => {
  const { run } = await open()
  await run('pipx install pex')
  expect(await run('pex nosuch -o demo.pex; ls -A')).toMatch(/No matching distribution found for nosuch\n[^\n]*\nstatus 0\n$/)
  expect(await run('pex requests -o /etc/demo.pex; ls -A . /etc | grep demo')).toBe("[Errno 13] Permission denied: '/etc/demo.pex'\nstatus 1\n")
  expect(await run('pex requests -o new/below/demo.pex; ls -A . new/below')).toBe('new/below/demo.pex\n.:\nnew\n\nnew/below:\ndemo.pex\nstatus 0\n')
}, 120_000)
