import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import { usualEnvironment } from './support/machine.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'
import { watchedTerminal } from './support/watched-terminal.ts'

let python: Python
let machine: Machine
beforeAll(async () => { python = await startPython() })
afterAll(() => python.idle())
beforeEach(() => { machine = machineWithPython(python) })

const run = (code: string) => runLine(machine, 'python3 program.py', { 'program.py': code })

/** Python alone on a terminal, without colours: each step waits for a text on the screen, then types. */
async function onTerminal(argv: string[], steps: [awaited: string, typed: string][]) {
  const { terminal, screen, type, until } = watchedTerminal(machine)
  const { ended } = machine.start({ path: '/opt/bin/python3', argv, env: { ...usualEnvironment, NO_COLOR: '1' }, cwd: '/home/user', terminal })
  let from = 0
  for (const [awaited, typed] of steps) {
    await until(awaited, from)
    from = screen().length
    type(typed)
  }
  return { ended: await ended, screen: screen() }
}

describe('Ctrl-C', () => {
  const interrupted = { kind: 'signaled', signal: 2 }

  test('ends a busy loop, with a traceback, as by SIGINT', async () => {
    const { ended, screen } = await onTerminal(['python3', '-c', 'print("ready", flush=True)\nwhile True: pass'], [['ready', '\x03']])
    expect(ended).toMatchObject(interrupted)
    expect(screen).toMatch(/Traceback[^]*line [12], in <module>[^]*KeyboardInterrupt\r\n$/)
  })

  test('ends a sleep, and the traceback has no frame but the program\'s', async () => {
    const { ended, screen } = await onTerminal(['python3', '-c', 'import time\nprint("ready", flush=True)\ntime.sleep(60)'], [['ready', '\x03']])
    expect(ended).toMatchObject(interrupted)
    expect(screen.match(/ {2}File /g)).toHaveLength(1)
  })

  test('ends a wait for input', async () => {
    const { ended } = await onTerminal(['python3', '-c', 'input("ready")'], [['ready', '\x03']])
    expect(ended).toMatchObject(interrupted)
  })

  test('is an exception that a program may catch', async () => {
    const code = 'try:\n    input("ready")\nexcept KeyboardInterrupt:\n    print("caught")'
    const { ended, screen } = await onTerminal(['python3', '-c', code], [['ready', '\x03']])
    expect(ended).toMatchObject({ kind: 'exited', status: 0 })
    expect(screen).toContain('caught')
  })
})

describe('the interactive interpreter', () => {
  test('is CPython\'s own: banner, blocks, the last value, history on disk, the end by exit()', async () => {
    const { ended, screen } = await onTerminal(['python3'], [['>>> ', '6 * 7\r'], ['42', ''], ['>>> ', 'exit(3)\r']])
    expect(screen).toMatch(/^Python 3\.14\.\d \(main, .*\) \[Clang [\d.]+git\] on linux\r\nType "help"/)
    expect(ended).toMatchObject({ kind: 'exited', status: 3 })
    const { stdout } = await runLine(machine, 'cat ~/.python_history')
    expect(stdout).toBe('6 * 7\n')
  })

  test('Ctrl-C clears the line, Ctrl-D leaves', async () => {
    const { ended, screen } = await onTerminal(['python3', '-q'], [['>>> ', 'half a line\x03'], ['KeyboardInterrupt', ''], ['>>> ', '\x04']])
    expect(screen).not.toContain('Python 3.14')
    expect(ended).toMatchObject({ kind: 'exited', status: 0 })
  })
})

test('what is printed before a question is seen before the answer is given', async () => {
  const { screen } = await onTerminal(['python3', '-c', 'print("hi", input("name? "))'], [['name? ', 'Ada\r']])
  expect(screen).toBe('name? Ada\r\nhi Ada\r\n')
})

test('several processes at once share the files live', async () => {
  const writer = 'import time\nfor n in range(3):\n    print(n, file=open("log", "a"))\n    time.sleep(0.05)\nopen("done", "w").close()\n'
  const reader = 'import os, time\nwhile not os.path.exists("done"): time.sleep(0.01)\nprint(open("log").read().split())\n'
  const { stdout } = await runLine(machine, 'python3 reader.py & python3 writer.py; wait', { 'writer.py': writer, 'reader.py': reader })
  expect(stdout).toBe("['0', '1', '2']\n")
})

test('a file that changes while it is open is read as it is now', async () => {
  const code = [
    'import os, subprocess', 'open("f", "w").write("one")', 'f = open("f", buffering=1); r = os.open("f", os.O_RDONLY)', 'print(os.read(r, 1))',
    'subprocess.run("echo TWO > f", shell=True)', 'print(os.read(r, 10), os.fstat(r).st_size, os.stat("f").st_size)',
  ].join('\n')
  expect((await run(code)).stdout).toBe("b'o'\nb'WO\\n' 4 4\n")
})

test('an open file\'s position is shared with a child', async () => {
  const code = 'import os, subprocess\nfd = os.open("program.py", os.O_RDONLY)\nos.read(fd, 7)\nsubprocess.run(["head", "-c", "2"], stdin=fd)\n'
  expect((await run(code)).stdout).toBe('os')
})

test('exec keeps the pid and the descriptors', async () => {
  const code = 'import os\nprint(os.getpid(), flush=True)\nos.execv("/opt/bin/python3", ["python3", "-c", "import os; print(os.getpid())"])\n'
  const [before, after] = (await run(code)).stdout.trim().split('\n')
  expect(before).toMatch(/^\d+$/)
  expect(after).toBe(before)
})

test('a server that listens becomes the worker that it forks, once', async () => {
  const { stdout, stderr } = await run([
    'import os, socket',
    'before = os.getpid()',
    'server = socket.create_server(("127.0.0.1", 8000))',
    'os.register_at_fork(before=lambda: print("before"), after_in_child=lambda: print("in the child"))',
    'print(os.fork(), os.getppid() == before)',
    'os.fork()',
  ].join('\n'))
  expect(stdout).toBe('before\nin the child\n0 True\n')
  expect(stderr).toMatch(/OSError: \[Errno 38\] fork is not possible here/)
})

test('what cannot work says why, with Python\'s own exception', async () => {
  expect((await run('import os\nos.fork()')).stderr).toMatch(/OSError: \[Errno 38\] fork is not possible here/)
  expect((await run('import queue, threading\nthreading.Thread(target=queue.Queue().get).start()')).stderr).toMatch(/RuntimeError: can't start new thread\nthis Python runs in one browser thread/)
})

test('errno is Linux\'s in the number, the words and the class', async () => {
  const code = [
    'import errno, os', 'try: open("/nope")', 'except OSError as e: print(e.errno == errno.ENOENT == 2, e, type(e).__name__)',
    'print(repr(OSError(errno.EEXIST, "x")), OSError(2, os.strerror(2)).errno, os.strerror(errno.ELOOP))', 'class E(OSError):',
    '  def __init__(self, text, *, more): super().__init__(text); self.more = more', 'print(E("t", more=1).more)',
  ].join('\n')
  expect((await run(code)).stdout).toBe(
    "True [Errno 2] No such file or directory: '/nope' FileNotFoundError\nFileExistsError(17, 'x') 2 Too many levels of symbolic links\n1\n")
})

describe('a process that goes wrong dies alone', () => {
  const living = async () => expect((await run('print("alive")')).stdout).toBe('alive\n')

  test('too much memory', async () => {
    const { ended, stderr } = await run('x = [0]\nwhile True: x = x * 4\n')
    expect(ended).toMatchObject({ kind: 'exited', status: 1 })
    expect(stderr).toMatch(/MemoryError\n$/)
    await living()
  })

  test('a wild pointer', async () => {
    const { ended, stderr } = await run('import ctypes\nctypes.string_at(0xfffffff0, 100)\n')
    expect(ended).toMatchObject({ kind: 'exited', status: 139 })
    expect(stderr).toContain('python3: memory access out of bounds')
    await living()
  })

  test('kill -9 in a busy loop', async () => {
    const { stdout } = await runLine(machine, 'python3 -c "while True: pass" & sleep 1; kill -9 $!; wait $!; echo $?')
    expect(stdout).toBe('137\n')
    await living()
  })
})

test('a module of the library comes compiled, and its lines are in tracebacks', async () => {
  const line = 'python3 -v -c "import wave; wave.open(5)" 2>&1 | grep -e "code object from.*wave" -e "self.initfp"'
  expect((await runLine(machine, line)).stdout).toMatch(/^# code object from '\/opt\/lib\/python3\.14\/__pycache__\/wave\.cpython-314\.pyc'\n {4}self\.initfp\(f\)\n$/)
})

test('-VV says the whole of what it begins to say', async () => {
  expect((await runLine(machine, 'python3 -VV')).stdout).toMatch(/^Python 3\.14\.\d+ \(.*\) \[Clang [\w.]+\]\n$/)
})

test('a database in a file is read by the next process', async () => {
  const code = [
    'import sqlite3, subprocess, sys', 'db = sqlite3.connect("a.db")', 'db.execute("create table t(x)")',
    'db.executemany("insert into t values(?)", [(n,) for n in range(5000)])', 'db.commit()',
    'db.execute("delete from t where x > 9")', 'db.rollback()',
    'reader = "import sqlite3; print(sqlite3.connect(\'a.db\').execute(\'select count(*), sum(x) from t\').fetchall())"',
    'subprocess.run([sys.executable, "-c", reader])',
  ].join('\n')
  expect(await run(code)).toMatchObject({ stdout: '[(5000, 12497500)]\n', stderr: '' })
})

test('js and pyodide_js reach nothing outside the worker', async () => {
  const code = [
    'import js, pyodide_js',
    'names = "fetch XMLHttpRequest WebSocket Worker postMessage onmessage self globalThis indexedDB caches navigator location importScripts".split()',
    'print([name for name in names if hasattr(js, name)])',
  ].join('\n')
  expect(await run(code)).toMatchObject({ stdout: '[]\n', ended: { status: 0 } })
})

test('a hundred modules import, and are written to __pycache__', async () => {
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`m${n}.py`, `VALUE = ${n}\n`]))
  const code = 'import sys\nprint(sum(__import__(f"m{n}").VALUE for n in range(100)))\n'
  const first = await runLine(machine, 'python3 all.py && ls __pycache__ | wc -l', { ...files, 'all.py': code })
  expect(first).toMatchObject({ stdout: '4950\n100\n', stderr: '' })
})

test('a child as somebody else is refused, as to any user but root', async () => {
  // CPython 3.13 says the same to an unprivileged user.
  const code = [
    'import os, subprocess', 'for options in ({"user": 0}, {"group": 0}, {"extra_groups": []}, {"user": os.getuid(), "group": "user"}, {"user": 2 ** 64}, {"extra_groups": [2 ** 64]}):',
    '    try: print(subprocess.run(["true"], **options).returncode)', '    except Exception as error: print(type(error).__name__, error, getattr(error, "filename", ""))',
  ].join('\n')
  expect((await run(code)).stdout).toBe(`${'PermissionError [Errno 1] Operation not permitted None\n'.repeat(3)}0\nOverflowError uid is greater than maximum \nValueError invalid group id \n`)
})

test('the size of a pipe is told and changed', async () => {
  const code = [
    'import fcntl, os, subprocess', 'r, w = os.pipe()', 'print(fcntl.fcntl(w, fcntl.F_GETPIPE_SZ), fcntl.fcntl(r, fcntl.F_SETPIPE_SZ, 5000))',
    'child = subprocess.Popen(["cat"], stdin=-1, stdout=-1, pipesize=16384)', 'print(fcntl.fcntl(child.stdin, fcntl.F_GETPIPE_SZ), child.communicate(b"x" * 99999)[0] == b"x" * 99999)',
  ].join('\n')
  expect(await run(code)).toMatchObject({ stdout: '65536 8192\n16384 True\n', stderr: '' })
})

describe('processor time', () => {
  test('counts what a process runs, not what it waits', async () => {
    const code = [
      'import os, resource, subprocess, sys, time', 'begin, clock = time.process_time(), time.perf_counter()', 'time.sleep(0.3)',
      'waited = time.perf_counter() - clock - (time.process_time() - begin)',
      'while time.process_time() - begin < 0.3: pass', 'own = resource.getrusage(resource.RUSAGE_SELF).ru_utime',
      'print(waited > 0.28, 0.3 <= own <= os.times().user, os.times().children_user)',
      'clock = time.perf_counter()', 'child = subprocess.Popen([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.3: pass"])',
      '_, status, usage = os.wait4(child.pid, 0)', 'print(status, 0.3 <= usage.ru_utime <= time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime == os.times().children_user >= 0.3)',
    ].join('\n')
    expect(await run(code)).toMatchObject({ stdout: 'True True 0.0\n0 True True\n', stderr: '' })
  })

  test('is told by time and times; of one that is killed, too', async () => {
    const spins = 'python3 -c "import time\nwhile time.process_time() < 0.3: pass"'
    const { stdout } = await runLine(machine, `TIMEFORMAT=%U; { time ${spins}; } 2>&1; times; python3 -c "import os; os.mkdir('up')
while True: pass" & until [ -e up ]; do sleep 0.05; done; sleep 0.2; kill -9 $!; wait $!; times`)
    const [timed, , before, , after] = stdout.split('\n').map(line => Number(/(\d+\.\d+)s? ?/.exec(line)?.[1]))
    expect(timed).toBeGreaterThanOrEqual(0.3)
    expect(before).toBeGreaterThanOrEqual(timed!)
    // What it ran since the kernel heard of it last.
    expect(after! - before!).toBeGreaterThan(0.19)
  })
})
