import { afterEach, expect, test } from 'vitest'
import type { ForeignProgram } from '../machine/machine.ts'
import { createHost } from './create-host.ts'
import { machineIndexUrl } from './create-outside-fetch.ts'
import type { FromMachines, Port, ToMachines } from './messages.ts'
import { serveSessions, type Spares } from './serve-sessions.ts'
import type { Fixture, MachineHost, Session, TreeEntry } from './session.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Both ends of the seam in one thread; Python is not here, and says so. */
function hostInOneThread(lost: Promise<string> = new Promise(() => undefined), end = () => {}): MachineHost {
  const { port1, port2 } = new MessageChannel()
  closing.push(() => port1.close())
  const python: ForeignProgram & Spares = {
    idle: () => undefined,
    wake: () => undefined,
    start: start => {
      start.exit(3)
      return { signal: () => undefined, signalled: false, terminate: () => undefined }
    },
  }
  serveSessions(port1 as unknown as Port<FromMachines, ToMachines>, python)
  return createHost(async () => ({ port: port2 as unknown as Port<ToMachines, FromMachines>, lost, end }))
}

const fixture: Fixture = {
  name: 'test',
  directory: '/home/user/demo',
  files: [
    { path: 'subdir/', bytes: new Uint8Array(), mtime: Date.UTC(2024, 8, 26, 14) },
    { path: 'hello.txt', bytes: new TextEncoder().encode('hello\n'), mtime: Date.UTC(2024, 8, 26, 14) },
    { path: 'bin/run', bytes: new TextEncoder().encode('#!/bin/sh\necho ran "$@"\n'), mode: 0o755 },
  ],
}

async function open(host: MachineHost, with_: Partial<Fixture> = {}): Promise<{ session: Session; run: (line: string) => Promise<string>; prompt: () => Promise<void> }> {
  const session = await host.open({ ...fixture, ...with_ }, { rows: 24, columns: 80 })
  closing.push(() => session.close())
  let text = ''
  session.onOutput(bytes => { text += new TextDecoder().decode(bytes) })
  const prompt = () => new Promise<void>(resolve => {
    const settled = () => {
      if (!session.state.atPrompt) return
      stop()
      resolve()
    }
    const stop = session.onState(settled)
    settled()
  })
  const run = async (line: string) => {
    await prompt()
    text = ''
    const done = new Promise<void>(resolve => {
      const stop = session.onOutput(() => {
        // Only the end is looked at: programs here print much.
        if (!/\x1b\]133;D;\d+\x07[^]*\x1b\]133;B\x07/.test(text.slice(-200))) return
        stop()
        resolve()
      })
    })
    session.input(`${line}\r`)
    await done
    await prompt()
    const [, output = ''] = /\x1b\]133;C\x07([^]*?)\x1b\]133;D/.exec(text) ?? []
    return output.replaceAll('\r\n', '\n')
  }
  return { session, run, prompt }
}

const checkpointOf = async (session: Session) => await session.checkpoint() ?? expect.fail('something runs beside the shell')

test('a session starts in its fixture, as the user, and runs lines', async () => {
  const { session, run } = await open(hostInOneThread())
  expect(await run('pwd; whoami; cat hello.txt; ./bin/run a "b c"')).toBe('/home/user/demo\nuser\nhello\nran a b c\n')
  expect(await run('ls -l hello.txt')).toBe('-rw-r--r-- 1 user user 6 Sep 26  2024 hello.txt\n')
  await run('false')
  expect(session.state).toMatchObject({ atPrompt: true, status: 1, cwd: '/home/user/demo' })
  await run('cd subdir')
  expect(session.state.cwd).toBe('/home/user/demo/subdir')
})

test('pip is set up for the index that the page answers for', async () => {
  const { run } = await open(hostInOneThread())
  expect(await run('ls -l /etc/pip.conf | cut -c1-22; grep -v "^#" /etc/pip.conf')).toBe(`-rw-r--r-- 1 root root\n[global]\nindex-url = ${machineIndexUrl}\n`)
})

test('a checkpoint brings back files, directory, variables and exit status, and can be used again', async () => {
  const { session, run, prompt } = await open(hostInOneThread())
  await run('X=1; echo one > file; cd subdir; (exit 3)')
  await prompt()
  const checkpoint = await checkpointOf(session)
  for (let again = 0; again < 2; again++) {
    expect(await run('X=2; cd ..; rm file hello.txt; ls -1')).toBe('bin\nsubdir\n')
    const prompted = new Promise<number>(resolve => session.onState(({ atPrompt, status }) => { if (atPrompt) resolve(status) }))
    await session.restore(checkpoint)
    expect(await prompted).toBe(3)
    expect(await run('echo $? $X; pwd; cat ../file ../hello.txt')).toBe('3 1\n/home/user/demo/subdir\none\nhello\n')
  }
})

test('what runs in the background is no state to come back to', async () => {
  const { session, run } = await open(hostInOneThread())
  await run('sleep 1000 &')
  expect(await session.checkpoint()).toBeUndefined()
  await run('kill %1; wait')
  expect(await session.checkpoint()).toBe(0)
})

test('restoring ends what runs', async () => {
  const { session, run, prompt } = await open(hostInOneThread())
  await prompt()
  const checkpoint = await checkpointOf(session)
  session.input('sleep 1000\r')
  await new Promise<void>(resolve => session.onState(state => { if (!state.atPrompt) resolve() }))
  await session.restore(checkpoint)
  expect(await run('ps -e | grep -c sleep')).toBe('0\n')
})

test('set-up lines run before the first prompt, and a failing one says which', async () => {
  const { run } = await open(hostInOneThread(), { setup: ['zip -qX demo.zip hello.txt', 'rm hello.txt'] })
  expect(await run('ls -1')).toBe('bin\ndemo.zip\nsubdir\n')
  await expect(hostInOneThread().open({ ...fixture, setup: ['cat nope'] }, { rows: 24, columns: 80 }))
    .rejects.toThrow('fixture test: set-up line "cat nope" failed: cat: nope: No such file or directory')
})

test('a watched directory tells what changes', async () => {
  const { session, run } = await open(hostInOneThread())
  const seen: string[][] = []
  const stop = session.watch('/home/user/demo', (entries: TreeEntry[]) => seen.push(entries.map(entry => entry.path)))
  await run('touch new.txt')
  await expect.poll(() => seen.at(-1)).toContain('new.txt')
  stop()
})

test('files cross the seam both ways', async () => {
  const { session, run } = await open(hostInOneThread())
  await session.writeFile('/home/user/demo/in.bin', Uint8Array.of(0, 255, 10))
  expect(await run('wc -c < in.bin')).toBe('3\n')
  expect([...(await session.readFile('/home/user/demo/in.bin'))]).toEqual([0, 255, 10])
  expect(await session.writeFile('/home/user/demo/in.bin', Uint8Array.of(1), true)).toBe('/home/user/demo/in-1.bin')
  expect(await session.writeFile('/home/user/demo/in.bin', Uint8Array.of(1, 2), true)).toBe('/home/user/demo/in-2.bin')
  expect(await run('wc -c < in.bin; wc -c < in-1.bin; wc -c < in-2.bin')).toBe('3\n1\n2\n')
  await expect(session.readFile('/home/user/demo/none')).rejects.toThrow('/home/user/demo/none: No such file or directory')
})

test('exit at the prompt brings a new shell', async () => {
  const { session, run, prompt } = await open(hostInOneThread())
  await run('X=1')
  let after = ''
  session.onOutput(bytes => { after += new TextDecoder().decode(bytes) })
  session.input('exit\r')
  await expect.poll(() => after).toMatch(/exit\r\n[^]*\x1b\]133;B\x07$/)
  await prompt()
  expect(await run('echo "[$X]"')).toBe('[]\n')
})

test('a program that prints more than the page takes is held back, and nothing is lost', async () => {
  const { run } = await open(hostInOneThread())
  const output = await run('seq 1 200000')
  expect(output.split('\n').length).toBe(200001)
  expect(output.endsWith('199999\n200000\n')).toBe(true)
})

test('the first listener gets what was printed before it came', async () => {
  const session = await hostInOneThread().open(fixture, { rows: 24, columns: 80 })
  closing.push(() => session.close())
  await expect.poll(() => session.state.atPrompt).toBe(true)
  let text = ''
  session.onOutput(bytes => { text += new TextDecoder().decode(bytes) })
  expect(text).toContain('$ ')
})

test('machines that are ended fail what comes later', async () => {
  let lose: (reason: string) => void = () => undefined
  const host = hostInOneThread(new Promise(resolve => { lose = resolve }), () => lose('ended'))
  await open(host)
  host.end()
  await expect.poll(() => host.lost).toBe('ended')
  await expect(host.open(fixture, { rows: 24, columns: 80 })).rejects.toThrow('ended')
})

test('machines that end by themselves fail what waits for them, and all that comes later, with the reason', async () => {
  let lose: (reason: string) => void = () => undefined
  const host = hostInOneThread(new Promise(resolve => { lose = resolve }))
  const { session, prompt } = await open(host)
  await prompt()
  const heard: string[] = []
  host.onLost(reason => heard.push(reason))
  const waiting = session.checkpoint()
  lose('the kernel failed: a test')
  await expect(waiting).rejects.toThrow('the kernel failed: a test')
  await expect(session.readFile('/etc/passwd')).rejects.toThrow('the kernel failed: a test')
  await expect(host.open(fixture, { rows: 24, columns: 80 })).rejects.toThrow('the kernel failed: a test')
  expect([host.lost, ...heard]).toEqual(['the kernel failed: a test', 'the kernel failed: a test'])
})
