/** The command lines that are run by a real CPython and by the machine's, in one directory of files. */

/** Files of the directory that every case starts in, laid out anew for each. */
export const pythonFiles: Record<string, string> = {
  'collected.py': `import gc, weakref
class Node: pass
def cycle():
    one, other = Node(), Node()
    one.other, other.one = other, one
    return weakref.ref(one)
gone = cycle()
gc.collect()
print(gone(), gc.get_freeze_count(), gc.garbage)
kept = []
print([each is globals() for each in gc.get_referrers(kept)], gc.is_tracked(kept), any(each is kept for each in gc.get_objects()))
gc.freeze()
print(gc.get_freeze_count() > 0, any(each is kept for each in gc.get_objects()))
gc.unfreeze()
print(gc.get_freeze_count(), any(each is kept for each in gc.get_objects()))
`,
  'hello.py': "print('hello')\n",
  'argv.py': 'import sys\nprint(sys.argv)\n',
  'my_script.py': 'def main():\n    print("Hello from my_script.py")\n\nif __name__ == "__main__":\n    main()\n',
  'raises.py': 'def inner(value):\n    return 1 / value\n\ndef outer():\n    inner(0)\n\nouter()\n',
  'chained.py': 'try:\n    {}["key"]\nexcept KeyError as error:\n    raise ValueError("no such key") from error\n',
  'syntax.py': 'print("one")\nif True\n    print("two")\n',
  'indent.py': 'def f():\n    x = 1\n      y = 2\n',
  'json_error.py': 'import json\njson.loads("{bad}")\n',
  'exits.py': 'import atexit, sys\natexit.register(print, "at exit")\nsys.exit(7)\n',
  'interrupts.py': 'import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nimport time\ntime.sleep(5)\n',
  'handler.py':
    'import os, signal\nsignal.signal(signal.SIGTERM, lambda number, frame: print("got", signal.Signals(number).name))\n' +
    'os.kill(os.getpid(), signal.SIGTERM)\nprint("after")\n',
  'reads.py': 'import sys\nfor number, line in enumerate(sys.stdin, 1):\n    print(number, line.rstrip())\n',
  'asks.py': 'name = input("name? ")\nprint("hi", name)\n',
  'group.py': 'raise ExceptionGroup("several", [ValueError(1), TypeError("two")])\n',
  'notes.py': 'error = ValueError("bad")\nerror.add_note("look here")\nraise error\n',
  'recursion.py': 'def f(n):\n    return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError as error:\n    print(type(error).__name__)\n',
  'threads.py':
    'import asyncio, threading\nfrom concurrent.futures import ThreadPoolExecutor\nout = []\ndef work(number):\n' +
    '    out.append((number, threading.current_thread().name, threading.current_thread() is threading.main_thread()))\n' +
    'threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]\nfor thread in threads: thread.start()\nfor thread in threads: thread.join()\n' +
    'print(sorted(out), threading.active_count(), threads[0].is_alive())\n' +
    'with ThreadPoolExecutor(3) as pool:\n    print(list(pool.map(lambda x: x * x, range(5))), pool.submit(lambda: 1 / 0).exception())\n' +
    'async def main():\n    print(await asyncio.to_thread(lambda: threading.get_ident() != threading.main_thread().ident))\n' +
    '    print(await asyncio.get_running_loop().run_in_executor(None, asyncio.run, asyncio.sleep(0, 5)))\nasyncio.run(main())\n' +
    'local = threading.local()\nevent = threading.Event()\nprint(event.wait(0.05), threading.BoundedSemaphore(1).acquire(timeout=0.05))\n' +
    'def fails(): raise SystemExit("unseen")\nthreading.Thread(target=fails).start()\ntry:\n    threads[0].start()\nexcept RuntimeError as error:\n    print(error)\n' +
    'try:\n    threading.Thread().join()\nexcept RuntimeError as error:\n    print(error)\n',
  'timers.py':
    'import os, select, signal, threading\nevent = threading.Event()\nsignal.signal(signal.SIGALRM, lambda *_: print("alarm"))\nreading, _ = os.pipe()\n' +
    'signal.setitimer(signal.ITIMER_REAL, 0.1)\nprint(select.select([reading], [], [], 0.4))\nsignal.setitimer(signal.ITIMER_REAL, 0.1)\n' +
    'watched = select.poll()\nwatched.register(reading, 1)\nprint(watched.poll(400))\n' +
    'print(signal.setitimer(signal.ITIMER_REAL, 9, 2), signal.getitimer(signal.ITIMER_REAL)[1], signal.setitimer(signal.ITIMER_REAL, 0)[1], signal.getitimer(signal.ITIMER_REAL))\n' +
    'signal.signal(signal.SIGALRM, lambda *_: event.set())\nsignal.setitimer(signal.ITIMER_REAL, 0.1)\nprint(event.wait())\n' +
    'signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)\nsignal.pause()\nsignal.setitimer(signal.ITIMER_REAL, 0)\nended = threading.Event()\n' +
    '# The child may end before anything here could wait for its signal.\n' +
    'signal.signal(signal.SIGCHLD, lambda *_: (print("child"), ended.set()))\npid = os.posix_spawn("/bin/true", ["true"], {})\nended.wait()\nprint(os.waitpid(pid, 0)[1])\n',
  'keys.py':
    'import hashlib\nprint(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 1000).hex(), hashlib.pbkdf2_hmac("SHA1", b"password", bytearray(b"salt"), 2, dklen=25).hex())\n' +
    'print(hashlib.pbkdf2_hmac("sha3_256", b"p", b"s", 3).hex(), hashlib.scrypt(b"password", salt=b"NaCl", n=1024, r=8, p=16).hex())\n' +
    'for attempt in (lambda: hashlib.pbkdf2_hmac("sha1", "x", b"", 1), lambda: hashlib.pbkdf2_hmac("sha1", b"", b"", 0), lambda: hashlib.pbkdf2_hmac("sha1", b"", b"", 1, dklen=0),\n' +
    '                lambda: hashlib.pbkdf2_hmac(1, b"", b"", 1), lambda: hashlib.scrypt(b"", salt=b"", n=3, r=1, p=1)):\n' +
    '    try:\n        print(attempt())\n    except Exception as error:\n        print(type(error).__name__, error)\n',
  'locks.py':
    'import fcntl, sqlite3, subprocess, sys, time\nCHILD = \'\'\'\nimport errno, fcntl, sys\nfile = open("data", "r+")\n' +
    'for kind, length, start, whence in ((fcntl.LOCK_EX, 10, 0, 0), (fcntl.LOCK_EX, 10, 10, 0), (fcntl.LOCK_SH, 5, 0, 0), (fcntl.LOCK_EX, 0, -5, 2), (fcntl.LOCK_EX, 0, 30, 0)):\n' +
    '    try:\n        fcntl.lockf(file, kind | fcntl.LOCK_NB, length, start, whence)\n' +
    '        print("locked", length, start)\n    except OSError as error:\n' +
    '        print(errno.errorcode[error.errno], length, start)\n\'\'\'\n' +
    'with open(\'data\', \'w\') as file: file.write(\'x\' * 100)\na = open(\'data\', \'r+\')\n' +
    'fcntl.lockf(a, fcntl.LOCK_EX, 5, 3)\nfcntl.lockf(a, fcntl.LOCK_SH, 0, 95)\n' +
    'child = lambda: print(subprocess.run([sys.executable, \'-c\', CHILD], capture_output=True, text=True).stdout)\nchild()\n' +
    'fcntl.lockf(a, fcntl.LOCK_UN, 2, 4)\nchild()\n# Any descriptor\'s end is the locks\' end.\nopen(\'data\').close()\n' +
    'child()\n' +
    'for attempt in (lambda: fcntl.lockf(open(\'data\'), fcntl.LOCK_EX), lambda: fcntl.lockf(a, fcntl.LOCK_EX, 1, -5), lambda: fcntl.lockf(99, fcntl.LOCK_EX)):\n' +
    '    try:\n        attempt()\n    except OSError as error:\n        print(error)\n' +
    'holder = subprocess.Popen([sys.executable, \'-c\', \'import fcntl, time; f = open("data", "r+"); fcntl.lockf(f, fcntl.LOCK_EX); print("held", flush=True); time.sleep(0.4); print("done", flush=True)\'])\n' +
    'while True:\n    try:\n        fcntl.lockf(a, fcntl.LOCK_EX | fcntl.LOCK_NB)\n        fcntl.lockf(a, fcntl.LOCK_UN)\n' +
    '        time.sleep(0.01)\n    except OSError:\n        break\nfcntl.lockf(a, fcntl.LOCK_EX)\nprint(\'mine\')\n' +
    'holder.wait()\ndb = sqlite3.connect(\'db\', isolation_level=None)\ndb.execute(\'create table t (x)\')\n' +
    'db.execute(\'begin immediate\')\ndb.execute(\'insert into t values (1)\')\n' +
    'other = subprocess.Popen([sys.executable, \'-c\', \'import sqlite3; d = sqlite3.connect("db", timeout=10); print("waits", flush=True); d.execute("insert into t values (2)"); d.commit(); print(d.execute("select * from t").fetchall(), flush=True)\'], stdout=-1, text=True)\n' +
    'print(other.stdout.readline())\ntime.sleep(0.2)\ndb.execute(\'commit\')\nprint(other.communicate()[0])\n' +
    'quick = subprocess.run([sys.executable, \'-c\', \'import sqlite3; d = sqlite3.connect("db", timeout=0.1, isolation_level=None); d.execute("begin exclusive")\'], stderr=-1, text=True)\n' +
    'print(quick.returncode)\ndb.execute(\'begin exclusive\')\n' +
    'quick = subprocess.run([sys.executable, \'-c\', \'import sqlite3; d = sqlite3.connect("db", timeout=0.1, isolation_level=None); d.execute("begin exclusive")\'], stderr=-1, text=True)\n' +
    'print(quick.stderr.splitlines()[-1])\n',
  'pack/__init__.py': 'print("pack is imported")\n',
  'pack/__main__.py': 'import sys\nprint(__name__, __package__, sys.argv[1:])\n',
  'pack/part.py': 'from . import missing\n',
  'app/__main__.py': 'import other\nprint("in app", other.VALUE)\n',
  'app/other.py': 'VALUE = 42\n',
  'empty/keep.txt': '',
  'shadow/token.py': 'print("the user\'s token module")\n',
  'shadow/usetoken.py': 'import token\n',
  'masks.py': [
    'import asyncio, os, select, signal, subprocess, sys, time',
    'USR1, USR2 = signal.SIGUSR1, signal.SIGUSR2',
    'print(signal.pthread_sigmask(signal.SIG_BLOCK, [USR1, USR2]), signal.pthread_sigmask(signal.SIG_BLOCK, []))',
    'os.kill(os.getpid(), USR1)',
    'print(signal.sigpending(), signal.sigwait({USR1, USR2}), signal.sigpending(), signal.sigtimedwait([USR1], 0.01), signal.sigtimedwait([USR1], 0))',
    'signal.raise_signal(USR2)',
    'taken = signal.sigwaitinfo([USR2])',
    'print(taken.si_signo, taken.si_code, taken.si_pid == os.getpid(), taken.si_uid == os.getuid())',
    'child = "import signal; print(signal.pthread_sigmask(signal.SIG_BLOCK, []))"',
    'subprocess.run([sys.executable, "-c", child])',
    'signal.signal(USR1, lambda number, frame: print("handled", number))',
    'signal.raise_signal(USR1)',
    'print("blocked")',
    'print(len(signal.pthread_sigmask(signal.SIG_UNBLOCK, [USR1])), signal.sigpending())',
    'signal.raise_signal(USR1)',
    'signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGCHLD])',
    'subprocess.Popen(["kill", str(os.getpid())]).wait()',
    'print(sorted(signal.sigpending()), signal.sigwait([signal.SIGTERM]))',
    'for attempt in (lambda: signal.pthread_sigmask(99, []), lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [99]), lambda: signal.sigtimedwait([USR1], -1),',
    '                lambda: select.select([77], [], [], 0)):',
    '    try: attempt()',
    '    except (OSError, ValueError) as error: print(type(error).__name__, error)',
    'reading, writing = os.pipe()',
    'os.set_blocking(writing, False)',
    'print(signal.set_wakeup_fd(writing))',
    'signal.raise_signal(USR1)',
    'print(os.read(reading, 9), signal.set_wakeup_fd(-1) == writing)',
    'async def main():',
    '    loop, came = asyncio.get_running_loop(), asyncio.Event()',
    '    loop.add_signal_handler(USR1, came.set)',
    '    process = await asyncio.create_subprocess_exec("kill", "-USR1", str(os.getpid()))',
    '    await came.wait()',
    '    print("the loop heard it", await process.wait(), loop.remove_signal_handler(USR1))',
    '    server = await asyncio.start_unix_server(lambda reader, writer: (writer.write(b"by a Unix socket"), writer.close()), "socket")',
    '    reader, writer = await asyncio.open_unix_connection("socket")',
    '    print(await reader.read())',
    '    writer.close()',
    '    server.close()',
    'asyncio.run(main())',
    '',
  ].join('\n'),
  'system.py': [
    'import os, pathlib, subprocess, sys',
    'os.putenv("PUT", "by putenv")',
    'os.environ["SET"] = "by environ"',
    'subprocess.run(["printenv", "PUT", "SET"])',
    'os.unsetenv("SET")',
    'print(os.system("printenv SET") >> 8, os.environ["SET"], [name for name in dir() if name != "__annotations__"])',
    'pathlib.Path("one").write_text("linked")',
    'pathlib.Path("two").hardlink_to("one")',
    'print(pathlib.Path("two").read_text(), os.stat("one").st_nlink)',
    'print(os.cpu_count() == os.process_cpu_count() == len(os.sched_getaffinity(0)) == int(subprocess.check_output("nproc")))',
    'for attempt in (lambda: os.execve("/bin/true", ["true"], {"a=b": ""}), lambda: os.execve("/bin/true", ["true"], {"a": "\\0"}), lambda: os.setuid(2 ** 40),',
    '                lambda: os.setuid("x"), lambda: os.fpathconf(77, "PC_NAME_MAX"), lambda: os.pathconf("/nope", "PC_NAME_MAX")):',
    '    try: attempt()',
    '    except (OSError, ValueError, TypeError, OverflowError) as error: print(type(error).__name__, error)',
    '',
  ].join('\n'),
  'zones.py': [
    'from datetime import datetime, timedelta',
    'from zoneinfo import ZoneInfo, available_timezones',
    'for zone in ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"):',
    '    print(zone, [datetime(2024, month, 1, 12, tzinfo=ZoneInfo(zone)).strftime("%H:%M %z %Z") for month in (1, 7)])',
    'berlin = datetime(2024, 3, 31, 1, 59, tzinfo=ZoneInfo("Europe/Berlin"))',
    'print(berlin + timedelta(minutes=1), (berlin.astimezone(ZoneInfo("UTC")) + timedelta(minutes=1)).astimezone(berlin.tzinfo))',
    'print({"Europe/Berlin", "Pacific/Auckland"} <= available_timezones())',
    'try: ZoneInfo("Nowhere/Land")',
    'except KeyError as error: print(repr(error))',
    '',
  ].join('\n'),
  'children.py':
    'import subprocess, sys\nprint(subprocess.run(["echo", "out"], capture_output=True, text=True))\n' +
    'print(subprocess.run("exit 3", shell=True).returncode)\n' +
    'print(subprocess.run(["cat"], input=b"through", capture_output=True).stdout)\n' +
    'try:\n    subprocess.run(["false"], check=True)\nexcept subprocess.CalledProcessError as error:\n    print(error)\n' +
    'try:\n    subprocess.run(["no-such-program"])\nexcept FileNotFoundError as error:\n    print(error)\n' +
    'try:\n    subprocess.run(["sleep", "5"], timeout=0.2)\nexcept subprocess.TimeoutExpired as error:\n    print(error.cmd)\n',
}

/** Each is a line for `bash -c`. Every one ends by itself. */
export const pythonCases: string[] = [
  // The talk's own.
  'python3 .',
  'echo "print(\'Welcome to PyConf Mini!\')" > __main__.py; python3 .; python3 empty',
  'python3 -m zipfile -c demo.zip app/__main__.py app/other.py; python3 -m zipfile -l demo.zip | cut -c1-20',
  'python3 -m zipapp app -o app.pyz; python3 app.pyz',
  'python3 app',
  'cd app && python3 -m zipfile -c ../x.zip . && cd .. && python3 x.zip',
  // Ways in.
  'python3 hello.py', 'python3 argv.py a "b c" --d', 'python3 -c "print(1 + 1)"', 'python3 -c "import sys; print(sys.argv)" a b',
  'python3 - x y < argv.py', 'echo "print(2 ** 10)" | python3', 'echo "import sys; print(sys.argv)" | python3 - one', 'python3 -m pack a b',
  'python3 -m this | head -n 2', 'echo \'{"b": 1, "a": [1, 2]}\' | python3 -m json.tool', 'echo \'{"b": 1, "a": 2}\' | python3 -m json.tool --sort-keys --compact',
  'python3 -x hello.py; echo $?', 'python3 -q -c "print(3)"', 'python3 -i -c "x = 5" < /dev/null; echo $?', 'python3 -u -c "print(4)"',
  'python3 -I -c "import sys; print(sys.flags.isolated, sys.flags.safe_path)"', 'python3 -E -s -B -c "import sys; print(sys.flags)" | cut -c1-60',
  'python3 -S -c "import sys; print(\'site\' in sys.modules)"', 'python3 -P -c "import sys; print(\'\' in sys.path)"',
  'python3 -O -c "assert False; print(__debug__)"', 'python3 -OO -c "import sys; print(sys.flags.optimize)"', 'python3 -b -c "print(b\'x\' == 1)"',
  'python3 -X utf8 -c "import sys; print(sys._xoptions)"', 'python3 -W error -c "import warnings; warnings.warn(\'w\')"',
  'python3 -W ignore -c "import warnings; warnings.warn(\'w\'); print(5)"', 'python3 -c "import warnings; warnings.warn(\'w\')"',
  'PYTHONPATH=app python3 -c "import other; print(other.VALUE)"', 'PYTHONDONTWRITEBYTECODE=1 python3 -c "import sys; print(sys.dont_write_bytecode)"',
  'PYTHONUNBUFFERED=1 python3 -c "import sys; print(sys.stdout.write_through)"', 'python3 -c "import pack.part"', 'python3 shadow/usetoken.py',
  'cd pack; python3 -c "import other"', 'python3 -c "import app.other; print(app.other.VALUE)"; ls app',
  // Streams.
  'printf "a\\nb\\n" | python3 reads.py', 'python3 reads.py < hello.py', 'echo Ada | python3 asks.py', 'python3 asks.py < /dev/null',
  'python3 -c "print(\'é ☃\')"', 'PYTHONIOENCODING=latin-1 python3 -c "print(\'é\')" | xxd', 'python3 -c "print(1, file=__import__(\'sys\').stderr)" 2> err; cat err',
  'python3 -c "import os; os.write(1, b\'raw\\n\')"', 
  'python3 -c "for i in range(100000): print(i)" | head -n 1', 'python3 -c "import sys; print(sys.stdin.isatty(), sys.stdout.isatty(), sys.stdout.encoding)" < /dev/null | cat',
  'python3 -c "print(open(\'hello.py\').read())"', 'python3 -c "import sys; sys.stdout.close()"; echo $?', 'python3 -c "print(input())" <<< "a line"',
  // Ends.
  'python3 exits.py; echo $?', 'python3 -c "import sys; sys.exit()"; echo $?', 'python3 -c "import sys; sys.exit(\'words\')"; echo $?',
  'python3 -c "import sys; sys.exit(256 + 9)"; echo $?', 'python3 -c "import sys; sys.exit(None)"; echo $?', 'python3 -c "raise SystemExit(4)"; echo $?',
  'python3 -c "import os; print(1, flush=True); os._exit(5)"; echo $?', '{ python3 -c "import os; os.abort()"; } 2> /dev/null; echo $?',
  'python3 -c "raise KeyboardInterrupt"; echo $?', 'python3 interrupts.py; echo $?', 'python3 handler.py',
  '{ python3 -c "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"; } 2> /dev/null; echo $?',
  '{ python3 -c "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"; } 2> /dev/null; echo $?',
  // Errors.
  'python3 nope.py; echo $?', 'python3 -m nope; echo $?', 'python3 -m pack.nope; echo $?', 'python3 -m app.other.deeper; echo $?', 'python3 empty; echo $?', 'python3 -z; echo $?', 'python3 --nope; echo $?',
  'python3 -c; echo $?', 'python3 -m; echo $?', 'python3 -W; echo $?', 'python3 -X; echo $?', 'python3 -X int_max_str_digits=-3 -c 1; echo $?',
  'python3 raises.py; echo $?', 'python3 chained.py', 'python3 syntax.py; echo $?', 'python3 indent.py', 'python3 json_error.py', 'python3 group.py', 'python3 notes.py',
  'python3 recursion.py', 'python3 -c "1 +"; echo $?', 'python3 -c "import nope"', 'python3 -c "import app.nope"', 'python3 -c "from app import nope"', 'python3 -c "print(x)"',
  'python3 -c "import sys; sys.exti()"', 'python3 -c "\'a\' + 1"', 'python3 -c "open(\'/nope\')"', 'python3 -c "open(\'empty\')"', 'python3 -c "open(\'/etc/passwd/x\')"',
  'python3 -c "import os; os.mkdir(\'empty\')"', 'python3 -c "import os; os.rmdir(\'app\')"', 'python3 -c "import os; os.rename(\'no\', \'yes\')"',
  'python3 -c "import os; os.kill(99999999, 0)"', 'python3 -c "import os; os.execv(\'/nope\', [\'x\'])"', 'python3 -c "import os; os.close(77)"', 'python3 -c "import os; os.waitpid(-1, 0)"',
  'python3 -c "import os; os.chdir(\'nope\')"', 'python3 -c "import os; os.listdir(\'nope\')"', 'python3 -c "import errno, os; print(errno.ENOENT, errno.EAGAIN, os.strerror(11), errno.errorcode[17])"',
  'python3 -m json.tool nope.json; echo $?', 'echo "{bad}" | python3 -m json.tool; echo $?', 'python3 -m zipfile; echo $?', 'python3 -m zipapp nope; echo $?', 'printf "not a zip" > bad.zip; python3 bad.zip; echo $?',
  // Threads, timers, keys, environments.
  'python3 threads.py', 'python3 timers.py', 'python3 keys.py', 'python3 -u locks.py', 'python3 -u masks.py', 'python3 -u system.py', 'python3 zones.py', 'python3 -m venv --without-pip env && ls env env/bin/python3 && grep -v "^version\\|^executable\\|^command\\|^home" env/pyvenv.cfg',
  'python3 -m venv --without-pip env && env/bin/python -c "import sys; print(sys.prefix, sys.executable, sys.prefix != sys.base_prefix, len(sys.path))"',
  'python3 -m venv --without-pip --prompt hi env && . env/bin/activate && python -c "import sys; print(sys.prefix)" && deactivate && echo "${VIRTUAL_ENV-none}"',
  // The collector sees what a program made, and what refers to it.
  'python3 collected.py', 'python3 -c "import gc, json; x = []; json.x = x; print([type(each) for each in gc.get_referrers(x)], gc.get_freeze_count())"',
  // Children.
  'python3 children.py', 'python3 -c "import os; print(os.system(\'exit 3\'))"', 'python3 -c "import os; print(os.popen(\'echo hi\').read())"',
  'python3 -c "import os; os.execvp(\'echo\', [\'echo\', \'replaced\'])"', 'python3 -c "import os; print(os.spawnlp(os.P_WAIT, \'false\', \'false\'))"',
  'python3 -c "import subprocess, sys; print(subprocess.check_output([\'python3\', \'-c\', \'print(9)\']))"',
  'python3 -c "import subprocess; p = subprocess.Popen([\'cat\'], stdin=-1, stdout=-1); print(p.communicate(b\'x\')); print(p.returncode)"',
  'python3 -c "import subprocess; print(subprocess.run([\'sh\', \'-c\', \'kill -9 \\$\\$\']).returncode)"', 'python3 -c "import subprocess; subprocess.run([\'ls\'], cwd=\'nope\')"',
  'python3 -c "import subprocess; print(subprocess.run([\'pwd\'], cwd=\'app\', capture_output=True, text=True).stdout[-5:])"',
  'python3 -c "import subprocess; print(subprocess.run([\'env\'], env={\'A\': \'b\'}, capture_output=True).stdout)"',
]
