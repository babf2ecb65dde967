/** Python processes that end in every way, and at every moment: nothing of them stays. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import type { ToWorker } from '../engine/python/protocol.ts'
import { home, usualEnvironment } from './support/machine.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'
import { watchedTerminal } from './support/watched-terminal.ts'

let python: Python
let machine: Machine
const workers = { made: 0, living: 0, rehearsed: false }
beforeAll(async () => {
  python = await startPython(1, create => async onLost => {
    const worker = await create(onLost)
    workers.made++
    workers.living++
    let living = true
    let rehearsed = false
    return {
      port: Object.assign(worker.port, {
        postMessage(message: ToWorker) {
          if (message.op === 'prepare') ({ rehearsed } = message)
          else workers.rehearsed = rehearsed
          MessagePort.prototype.postMessage.call(worker.port, message)
        },
      }),
      terminate() {
        if (living) workers.living--
        living = false
        worker.terminate()
      },
    }
  })
})
afterAll(() => python.idle())
beforeEach(() => { machine = machineWithPython(python) })

const files = {
  'spin.py': 'while True: pass\n',
  'deaf.py': 'import signal\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\nopen("deaf", "w").close()\nwhile True: pass\n',
  // What it does, and the signals that it ignores.
  'stays.py': `import os, signal, socket, subprocess, sys, time
for number in sys.argv[2:]: signal.signal(int(number), signal.SIG_IGN)
read, write = os.pipe()
server = socket.create_server(('127.0.0.1', 0))
def spin():
    while True: pass
print('ready', flush=True)
{
    'spins': spin, 'counts in C': lambda: sum(range(10 ** 13)), 'sleeps': lambda: time.sleep(600), 'reads a pipe': lambda: os.read(read, 1),
    'asks for input': input, 'accepts': server.accept, 'waits for a child': lambda: subprocess.run(['sleep', '600']),
}[sys.argv[1]]()
`,
  'fills.py': 'import os\nos.write(1, b"x" * 10_000_000)\n',
  'locks.py': 'import fcntl\nf = open("lock", "w")\nfcntl.flock(f, fcntl.LOCK_EX)\nopen("locked", "w").close()\nwhile True: pass\n',
  'accepts.py': 'import socket\nserver = socket.create_server(("127.0.0.1", 8123))\nwhile True:\n    end, _ = server.accept()\n    end.send(b"hi")\n    kept = end\n',
  'client.py': `import socket, subprocess, sys, time
server = subprocess.Popen([sys.executable, "accepts.py"])
while (client := socket.socket()).connect_ex(("127.0.0.1", 8123)): time.sleep(0.05)
client.send(b"unread")
print(client.recv(9))
server.kill()
print(server.wait())
try: client.recv(9)
except OSError as error: print(error)
print(socket.create_server(("127.0.0.1", 8123)).getsockname())
`,
  'holds.py': `import fcntl, os, socket, sys, tempfile, time
file, gone = open('locked-by-all', 'a'), tempfile.TemporaryFile()
fcntl.flock(file, fcntl.LOCK_SH)
fcntl.lockf(gone, fcntl.LOCK_EX)
kept = [os.pipe(), os.dup(1), os.open('.', os.O_RDONLY), socket.socketpair(), socket.create_server(('127.0.0.1', 0))]
kept.append(socket.create_connection(kept[-1].getsockname()))
print(sys.argv[1], flush=True)
if sys.argv[1] == '7': os.kill(os.getpid(), 9)
if sys.argv[1] == '8': os._exit(0)
if sys.argv[1] == 'on': time.sleep(600)
`,
  'execs.py': 'import os, sys\nos.execv(sys.executable, ["python3", sys.argv[0]])\n',
  'replaces.py': 'import os\nn = 0\nwhile True:\n    open("new", "w").write("whole\\n" * 1000)\n    os.rename("new", "kept")\n',
}
const run = (line: string) => runLine(machine, line, files)
const wait = (path: string) => `python3 -c "import os, time\nwhile not os.path.exists('${path}'): time.sleep(0.05)"`

/** The kernel's own tables: open file descriptions of all kinds, locks, sockets, inodes. */
const tables = async () => ({ held: (await run('cat /proc/sys/fs/file-nr /proc/locks; ss -lanx; ss -lan | grep -v TIME-WAIT')).stdout, inodes: machine.fs.usage().inodes })

test('the kernel tells of what a process holds', async () => {
  const before = await tables()
  const { stdout } = await run('python3 holds.py on > said & until [ -s said ]; do sleep 0.05; done; cat /proc/locks; ss -lan | grep -c 127.0.0.1; cat /proc/sys/fs/file-nr; kill -9 $!; wait $!')
  const [posix, flock] = [/: POSIX {2}ADVISORY {2}WRITE \d+ 00:\w+:\d+ 0 EOF$/m, /: FLOCK {2}ADVISORY {2}READ {2}\d+ 00:\w+:\d+ 0 EOF$/m]
  expect(stdout).toMatch(posix)
  expect(stdout).toMatch(flock)
  expect(Number(/^(\d+)\t0\t/m.exec(stdout)?.[1])).toBeGreaterThan(Number(/^(\d+)\t0\t/m.exec(before.held)?.[1]) + 8)
  expect(before.held).not.toMatch(posix)
})

test('200 processes in a row leave no worker, no descriptor, no lock, no inode, no process and no memory behind', async () => {
  const start = async (count: number) => {
    for (let at = 0; at < count; at += 10) {
      const { stdout, stderr } = await run(Array.from({ length: 10 }, (_, n) => `python3 holds.py ${n}`).join('; '))
      expect(stdout).toBe('0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n')
      expect(stderr).toMatch(/^bash: line 1: +\d+ Killed +python3 holds\.py 7\n$/)
    }
  }
  await start(10)
  const before = { tables: await tables(), memory: process.memoryUsage().rss }
  await start(190)
  expect(await tables()).toEqual(before.tables)
  expect(workers.living).toBeLessThanOrEqual(2)
  expect(workers.made).toBeGreaterThan(200)
  // One interpreter is 30 MB and more: 190 that stayed would be 5 GB.
  expect(process.memoryUsage().rss - before.memory).toBeLessThan(500e6)
  expect((await run('ps -e')).stdout).not.toContain('python')
}, 900_000)

describe('a Ctrl-C ends a process, or `kill` where it ignores that, or `kill -9` where it ignores both,', () => {
  const states = ['spins', 'counts in C', 'sleeps', 'reads a pipe', 'asks for input', 'accepts', 'waits for a child']
  const [INT, TERM, KILL] = [2, 15, 9]
  // CPython hears signals between its instructions only: natively, too, sum() of a range lets no Ctrl-C in.
  const stories = states.flatMap(state => [[], [INT], [INT, TERM]].map(ignored => ({ state, ignored }))).filter(({ state, ignored }) => state !== 'counts in C' || ignored.length > 0)

  test.each(stories)('that $state and ignores $ignored', async ({ state, ignored }) => {
    await run('true')
    const { terminal, type, until } = watchedTerminal(machine)
    const argv = ['python3', 'stays.py', state, ...ignored.map(String)]
    const { pid, ended } = machine.start({ path: '/opt/bin/python3', argv, env: usualEnvironment, cwd: `${home}/demo`, terminal })
    await until('ready')
    // So that it does what it says; a signal that comes earlier ends it all the same.
    await run('sleep 0.05')
    type('\x03')
    if (ignored.includes(INT)) await run(`kill -0 ${pid} && kill ${pid}`)
    if (ignored.includes(TERM)) await run(`kill -0 ${pid} && kill -9 ${pid}`)
    expect(await ended).toMatchObject({ kind: 'signaled', signal: ignored.includes(TERM) ? KILL : ignored.includes(INT) ? TERM : INT })
    expect((await run('ps -e')).stdout).not.toContain('python')
  })

  test('that is stopped, by Ctrl-Z: the first two when it goes on', async () => {
    await run('true')
    const { terminal, screen, type, until } = watchedTerminal(machine)
    const { ended } = machine.start({ path: '/bin/bash', argv: ['bash'], env: usualEnvironment, cwd: `${home}/demo`, terminal })
    /** What is typed ahead of a prompt is another story. */
    const line = async (text: string, status: number) => {
      const from = screen().length
      type(text)
      await until(`D;${status}\x07`, from)
      await until('133;B', screen().indexOf('D;', from))
    }
    const stopped = async (...ignored: number[]) => {
      const from = screen().length
      type(`python3 stays.py spins ${ignored.join(' ')}\r`)
      await until('ready', from)
      await line('\x1a', 148)
    }
    await stopped()
    await line('kill -INT %1; fg\r', 130)
    await stopped(INT)
    await line('kill -INT %1; kill %1; fg\r', 143)
    await stopped(INT, TERM)
    await line('kill -INT %1; kill %1; kill -9 %1; wait %1\r', 137)
    type('\x04')
    expect(await ended).toMatchObject({ kind: 'exited', status: 137 })
  })
})

describe('kill -9 ends a process', () => {
  test('that executes itself over and over', async () => {
    expect((await run('python3 execs.py & sleep 1; kill -9 $!; wait $!; echo $?; ps -e | grep -c python3')).stdout).toBe('137\n0\n')
  })

  test('that is only about to start', async () => {
    expect((await run('python3 spin.py & kill -9 $!; wait $!; echo $?; ps -e | grep -c python3')).stdout).toBe('137\n0\n')
  })

  test('that writes to a full pipe: the reader gets what was written, and the end', async () => {
    const reader = '(head -c 1 > first; until [ -e killed ]; do sleep 0.05; done; wc -c) < pipe > count'
    const line = `python3 -c "import os; os.mkfifo('pipe')"; ${reader} & python3 fills.py > pipe & until [ -s first ]; do sleep 0.05; done; sleep 0.2; kill -9 $!; wait $!; echo $?; : > killed; wait; cat count`
    const [status, count] = (await run(line)).stdout.split('\n')
    expect(status).toBe('137')
    expect(Number(count)).toBeGreaterThan(0)
    expect(Number(count)).toBeLessThan(10_000_000)
  })

  test('that accepts connections: its peers see a reset, and its port is free', async () => {
    expect((await run('python3 client.py')).stdout).toBe("b'hi'\n-9\n[Errno 104] Connection reset by peer\n('127.0.0.1', 8123)\n")
  })

  test('that holds a lock: the next one gets it', async () => {
    const attempt = `python3 -c "import fcntl; fcntl.flock(open('lock', 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB); print('mine')" 2>&1 | tail -n 1`
    const { stdout } = await run(`python3 locks.py & ${wait('locked')}; ${attempt}; kill -9 $!; wait $!; ${attempt}`)
    expect(stdout).toBe('BlockingIOError: [Errno 11] Resource temporarily unavailable\nmine\n')
  })

  test('that replaces a file again and again: the file is whole', async () => {
    const { stdout } = await run(`python3 replaces.py & ${wait('kept')}; sleep 0.5; kill -9 $!; wait $!; sort -u kept; wc -l < kept`)
    expect(stdout).toBe('whole\n1000\n')
  })
})

test('an interpreter that has rehearsed is as one that has not', async () => {
  const all = 'import os, sys; print(id(object()), sys.path, [*sys.modules], open(os.__file__).fileno()); os.stat("nowhere")'
  const look = async () => {
    const { stdout, stderr } = await run(`python3 -c '${all}'`)
    return [stdout + stderr, workers.rehearsed]
  }
  python.idle()
  const [seen, rehearsed] = await look()
  expect(rehearsed).toBe(false)
  await expect.poll(look, { timeout: 60_000, interval: 500 }).toEqual([seen, true])
}, 90_000)

test('a process that handles a signal goes on', async () => {
  expect((await run(`python3 deaf.py & ${wait('deaf')}; kill $!; kill -INT $!; sleep 0.3; kill -0 $!; echo $?; kill -9 $!; wait $!`)).stdout).toBe('0\n')
})
