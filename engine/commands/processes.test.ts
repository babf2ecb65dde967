import { describe, expect, test } from 'vitest'
import { inMachine, runCommand } from '../../test/support/machine.ts'
import { commands } from './programs.ts'

const slow = { timeout: 30_000 }

describe('ps', () => {
  test('shows the kernel\'s own process table', slow, async () => {
    const { stdout, status } = await runCommand(commands, ['ps', '-eo', 'pid,ppid,stat,args'])
    const rows = stdout.trimEnd().split('\n').map((line) => line.trim().split(/\s+/))
    expect(status).toBe(0)
    expect(rows[0]).toEqual(['PID', 'PPID', 'STAT', 'COMMAND'])
    const own = rows.find((row) => row.slice(3).join(' ') === 'ps -eo pid,ppid,stat,args')
    const parent = rows.find((row) => row[3] === 'test-main')
    expect(own?.[1]).toBe(parent?.[0])
  })
  test('names the user in aux, and cuts nothing in a pipe', slow, async () => {
    const { stdout } = await runCommand(commands, ['ps', 'aux'])
    expect(stdout.split('\n')[0]).toBe('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND')
    expect(stdout).toMatch(/^user +\d+ .* ps aux$/m)
  })
})

describe('uptime', () => {
  test('tells how long, and no load that it does not know', slow, async () => {
    let time = Date.UTC(2024, 8, 26, 14, 0, 0)
    const options = { machine: { now: () => (time += 60_000) } }
    expect((await runCommand(commands, ['uptime'], options)).stdout).toMatch(/^ \d\d:\d\d:00 up \d+ min, {2}0 users\n$/)
  })
})

describe('signals', () => {
  test('kill ends a process with the signal asked for', slow, async () => {
    const ended = await inMachine(commands, async ({ system }) => {
      const sleeping = await system.spawn({ path: '/usr/bin/sleep', argv: ['sleep', '100'], env: {} })
      const killing = await system.spawn({ path: '/usr/bin/kill', argv: ['kill', '-s', 'HUP', String(sleeping)], env: {} })
      await system.wait(killing)
      return system.wait(sleeping)
    })
    expect(ended).toMatchObject({ kind: 'signaled', signal: 1 })
  })
  test('timeout kills what ignores the first signal', slow, async () => {
    const { status } = await runCommand(commands, ['timeout', '-k', '0.05', '-s', 'CONT', '0.05', 'sleep', '100'])
    expect(status).toBe(137)
  })
  test('xargs runs several at once with -P, and waits for all', slow, async () => {
    const { stdout, status } = await runCommand(commands, ['xargs', '-P3', '-n1', 'printf', '%s\\n'], { stdin: '1 2 3 4 5\n' })
    expect(status).toBe(0)
    expect(stdout.trim().split('\n').sort()).toEqual(['1', '2', '3', '4', '5'])
  })
  test('yes ends when nobody reads any more', slow, async () => {
    const ended = await inMachine(commands, async ({ system }) => {
      const [readEnd, writeEnd] = await system.pipe()
      const pid = await system.spawn({ path: '/usr/bin/yes', argv: ['yes'], env: {}, fds: { 1: writeEnd } })
      await system.close(writeEnd)
      expect(new TextDecoder().decode(await system.read(readEnd, 4))).toBe('y\ny\n')
      await system.close(readEnd)
      return system.wait(pid)
    })
    expect(ended).toMatchObject({ kind: 'signaled', signal: 13 })
  })
})

describe('uname', () => {
  test('has Linux\'s form and says what this is', slow, async () => {
    const { stdout } = await runCommand(commands, ['uname', '-a'])
    expect(stdout).toBe('Linux talk 6.12.0 #1 pex-pectations, a machine in a web page x86_64 GNU/Linux\n')
  })
})
