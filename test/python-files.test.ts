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
