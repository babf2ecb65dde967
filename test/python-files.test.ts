/** What a Python process remembers of files is never other than what the kernel would say. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Python } from '../engine/python/create-python.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'

let python: Python
beforeAll(async () => { python = await startPython() })
afterAll(() => python.idle())

const run = (code: string) => runLine(machineWithPython(python), 'python3 p.py', { 'p.py': code })

const program = readFileSync(new URL('support/file-truth.py', import.meta.url), 'utf8')

test.each([1, 2, 3])('through 400 random changes, by itself and by others (%i)', async seed => {
  expect(await runLine(machineWithPython(python), `python3 truth.py ${seed} 400`, { 'truth.py': program })).toMatchObject({ stdout: 'wrong 0\n', stderr: '' })
})

test('more changes than the kernel keeps for it are not missed', async () => {
  const code = [
    'import os, json, _machine', 'call = lambda name, *args: json.loads(_machine.call(name, json.dumps(args)))', 'open("f", "w").write("one")',
    'print(os.stat("f").st_size, os.path.exists("g"), open("f").read())', 'call("symlink", "f", "h")',
    'for n in range(6000): call("chmod", "f", 0o600 + n % 2)', 'call("truncate", "f", 1)', 'call("rename", "f", "g")',
    'print(os.path.exists("f"), os.stat("g").st_size, open("g").read())',
  ].join('\n')
  expect((await run(code)).stdout).toBe('3 False one\nFalse 1 o\n')
})

test('a file of many parts is read the same whole, in pieces, and from any place', async () => {
  const code = [
    'import os, zlib', 'data = bytes(range(256)) * 4100', 'open("big", "wb").write(data)',
    'print(open("big", "rb").read() == data, b"".join(iter(lambda f=open("big", "rb"): f.read(100000), b"")) == data)',
    'fd = os.open("big", os.O_RDONLY)', 'print(all(os.pread(fd, n, at) == data[at:at + n] for at in (0, 262143, 262144, 500000, 1049590, 2000000) for n in (1, 2, 300000)))',
    'print(os.lseek(fd, -10, os.SEEK_END), len(os.read(fd, 100)), os.read(fd, 1))',
    'w = os.open("big", os.O_WRONLY); os.pwrite(w, b"changed", 262140)', 'print(os.pread(fd, 7, 262140))',
  ].join('\n')
  expect((await run(code)).stdout).toBe("True True\nTrue\n1049590 10 b''\nb'changed'\n")
})

test('a descriptor and its copies read on from one place, in a child too; others keep theirs', async () => {
  const code = [
    'import os, subprocess, sys', 'open("f", "w").write("abcdefghij")', 'one, other = os.open("f", os.O_RDONLY), os.open("f", os.O_RDONLY)',
    'print(os.read(one, 2), os.read(other, 1))', 'copy = os.dup(one)', 'print(os.read(copy, 2), os.read(one, 1), os.read(other, 1))',
    'subprocess.run([sys.executable, "-c", "import os; os.read(0, 3)"], stdin=one)', 'print(os.read(copy, 1), os.read(other, 1))',
    'os.dup2(copy, other)', 'print(os.read(other, 9), os.read(one, 9), os.lseek(other, 0, os.SEEK_CUR))',
    'os.lseek(one, 4, os.SEEK_SET)', 'fresh = os.open("f", os.O_RDONLY)', 'os.dup2(fresh, one)', 'print(os.read(fresh, 2), os.read(one, 2), os.read(other, 2))',
  ].join('\n')
  expect(await run(code)).toMatchObject({ stdout: "b'ab' b'a'\nb'cd' b'e' b'b'\nb'i' b'c'\nb'j' b'' 10\nb'ab' b'cd' b'ef'\n", stderr: '' })
})

const archives = `
import io, os, shutil, struct, sys, zipfile
inside = zipfile.ZipFile._extract_member.__self__.__globals__
make, made = inside['_make_file'], []
inside['_make_file'] = lambda *args: made.append(make(*args)) or made[-1]
class Plain(zipfile.ZipFile):
    def open(self, *args, **options):
        return super().open(*args, **options)
written = io.BytesIO()
with zipfile.ZipFile(written, 'w', zipfile.ZIP_DEFLATED) as archive:
    for name in ('f', 'd/e/f', 'd/', 'é/ü', '/abs', '../up', './here', 'd//twice', 'x' * 300, 'empty', 'large'):
        archive.writestr(zipfile.ZipInfo(name), {'empty': b'', 'large': bytes(300000)}.get(name, name.encode() * 9), None if 'e' in name else zipfile.ZIP_STORED)
whole = written.getvalue()
def changed(at, value):
    return whole[:at] + value + whole[at + len(value):]
first = whole.index(b'PK\\x01\\x02')
archives = [whole, b'#!/bin/sh\\n' + whole, changed(31, b'g'), changed(30, b'g'), changed(0, b'X'), changed(6, b'\\x01'), changed(first + 8, b'\\x01'),
            changed(first + 10, b'\\x63'), changed(first + 16, b'1234'), changed(first + 20, struct.pack('<I', 90)), changed(first + 24, struct.pack('<I', 3))]
def told(run):
    try:
        return run()
    except Exception as error:
        frames, at = [], error.__traceback__.tb_next
        while at:
            frames.append((at.tb_frame.f_code.co_filename.rpartition('/')[2], at.tb_frame.f_code.co_name))
            at = at.tb_next
        return type(error).__name__, str(error), frames[1:2]
def tree():
    return {path: (sorted(names), [(name, open(f'{path}/{name}', 'rb').read(), oct(os.stat(f'{path}/{name}').st_mode)) for name in sorted(files)]) for path, names, files in os.walk('out')}
def outcome(kind, target, before):
    shutil.rmtree('out', ignore_errors=True)
    before()
    with open('made.zip', 'rb') as file, kind('made.zip') as archive:
        return [told(lambda: archive.extract(name, target)) for name in [*archive.namelist(), 'nope']], tree(), sorted(os.listdir())
def guarded(mode):
    os.makedirs('out/d')
    os.chmod('out/d', mode)
before = [lambda: None, lambda: os.makedirs('out/f'), lambda: open('up', 'w').close(), lambda: guarded(0o555), lambda: (os.mkdir('out'), os.symlink('nowhere', 'out/f')), lambda: (os.makedirs('out/d'), open('out/d/e', 'w').close())]
same = 0
for data in archives:
    open('made.zip', 'wb').write(data)
    for step in before if data is whole else before[:1]:
        for target in ('out', os.path.abspath('out')):
            ours, plain = (outcome(kind, target, step) for kind in (zipfile.ZipFile, Plain))
            same += ours == plain
            if ours != plain:
                print(archives.index(data), before.index(step), [pair for pair in zip(ours[0], plain[0]) if pair[0] != pair[1]], ours[1:] == plain[1:])
print(same, made.count(True))
open('made.zip', 'wb').write(whole)
os.umask(0o077)
with zipfile.ZipFile(io.BytesIO(whole)) as memory, zipfile.ZipFile('made.zip') as file:
    print([oct(os.stat(archive.extract('f', target)).st_mode) for archive, target in ((memory, 'm'), (file, 'n'))])`

test('what zipfile extracts without waiting is what it extracts, and fails, bit by bit', async () => {
  expect(await run(archives)).toMatchObject({ stdout: "32 66\n['0o100600', '0o100600']\n", stderr: '' })
})

const descriptors = `
import fcntl, os, subprocess, sys
for name in 'abc': open(name, 'w').write(name * 9)
opened = lambda name, flags=os.O_RDONLY: os.open(name, flags)
def numbers():
    base = opened('a')
    os.close(base)
    fds = [opened(name) for name in ('a', 'b', 'a')]
    told = [fds]
    os.close(fds[1])
    told.append([opened('c'), opened('b')])
    os.close(fds[0])
    os.close(told[1][1])
    told.append([opened('b'), opened('b')])
    os.close(told[2][0])
    told.append([opened('a', os.O_RDWR), *os.pipe()])
    for fd in sorted({fd for row in told for fd in row}): os.close(fd)
    return [[fd - base for fd in row] for row in told]
def again(name):
    fd = opened(name)
    text = os.read(fd, 3)
    os.close(fd)
    return text
print(numbers(), [again('a'), again('a'), again('b'), again('a')])
open('a', 'r+').write('new')
print(again('a'), os.replace('b', 'a'), again('a'))
fd = opened('a')
os.set_inheritable(fd, True)
os.close(fd)
fd = opened('a')
print(os.get_inheritable(fd), again('c'), os.path.exists(f'/proc/self/fd/{fd}'), os.close(fd), os.path.exists(f'/proc/self/fd/{fd}'))
lock = os.open('c', os.O_RDWR)
fcntl.lockf(lock, fcntl.LOCK_EX)
take = [sys.executable, '-c', 'import fcntl, os; fcntl.lockf(os.open("c", os.O_RDWR), fcntl.LOCK_EX | fcntl.LOCK_NB)']
print(subprocess.run(take, stderr=subprocess.DEVNULL).returncode, again('c'), subprocess.run(take).returncode)`

test('a file that is opened again is a new descriptor, with the number and the state of one', async () => {
  expect(await run(descriptors)).toMatchObject({
    stdout: "[[0, 1, 2], [1, 3], [0, 3], [0, 4, 5]] [b'aaa', b'aaa', b'bbb', b'aaa']\nb'new' None b'bbb'\nFalse b'ccc' True None False\n1 b'ccc' 0\n",
    stderr: '',
  })
})
