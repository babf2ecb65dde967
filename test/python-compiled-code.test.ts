/** Code that one process compiled is another's: nothing but the time must show it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'

let python: Python
let machine: Machine
beforeAll(async () => {
  python = await startPython()
  machine = machineWithPython(python)
})
afterAll(() => python.idle())

/** Long enough to be worth looking up. */
const padded = (source: string) => `${source}\n${'# not short\n'.repeat(50)}`
const files = {
  'src/good.py': padded('def f():\n    assert False, "asserted"\n    return f.__code__.co_filename'),
  'src/warns.py': padded('pattern = "\\d"'),
  'src/bad.py': padded('x = ('),
}
const run = async (line: string) => {
  const { stdout, stderr } = await runLine(machine, line, files)
  return stdout + stderr
}
const compiled = (path: string, module: string) => `PYTHONPATH=${path} python -c '
import sys
count = 0
def hook(event, args):
    global count
    count += event == "compile" and str(args[1]).endswith("${module}.py")
sys.addaudithook(hook)
try: import ${module}
finally: print(count)'`

test('a module of a zip file is compiled by the first process that imports it', async () => {
  await run('cd src && zip -q ../one.zip *.py && cp ../one.zip ../two.zip')
  expect(await run(compiled('one.zip', 'good'))).toBe('1\n')
  expect(await run(compiled('one.zip', 'good'))).toBe('0\n')
  expect(await run(compiled('two.zip', 'good'))).toBe('0\n')
  expect(await run('PYTHONPATH=two.zip python -O -c "import good; print(good.f())"')).toBe('/home/user/demo/two.zip/good.py\n')
  expect(await run('PYTHONPATH=one.zip python -c "import good; good.f()"')).toMatch(/one\.zip\/good\.py", line 2, in f\n(.*\n)+AssertionError: asserted\n$/)
})

test('what compiling warns of is said in every process, whatever the one before wanted to hear', async () => {
  const line = 'PYTHONPATH=one.zip python -c "import warns"'
  expect(await run(line.replace('-c', '-W ignore -c'))).toBe('')
  // zipimport compiles a module when it is found, and again when it is loaded.
  expect(await run(line)).toMatch(/^(.*one\.zip\/warns\.py:1: SyntaxWarning: "\\d" is an invalid escape sequence.*\n){2}$/)
  expect(await run(line.replace('import', 'import warnings,'))).toMatch(/SyntaxWarning/)
  expect(await run(line.replace('-c', '-W error -c'))).toMatch(/SyntaxError: "\\d" is an invalid escape/)
  expect(await run(line)).toMatch(/SyntaxWarning/)
})

test('a fault in a source is told as if nothing stood between it and the compiler', async () => {
  for (const _time of [1, 2]) {
    const said = await run('PYTHONPATH=one.zip python -c "import bad"')
    expect(said).toMatch(/in _compile_source\n {2}File "\/home\/user\/demo\/one\.zip\/bad\.py", line 1\n {4}x = \(\n {8}\^\nSyntaxError: '\(' was never closed\n$/)
  }
})

test('a source beside its __pycache__ comes from there as ever', async () => {
  await run('mkdir -p m && cp src/good.py m')
  expect(await run(`unset PYTHONDONTWRITEBYTECODE; ${compiled('m', 'good')} && ls m/__pycache__`)).toBe('0\ngood.cpython-314.pyc\n')
})

const archives = `
import io, sys, zipfile, zipimport
parses = zipimport._read_directory.__self__.__globals__['_parse_directory']
rows = lambda zip: ([[getattr(info, slot) for slot in info.__slots__] for info in zip.infolist()], zip.comment, zip.start_dir, [*zip.NameToInfo])
entries = 0
def count(frame, event, arg):
    global entries
    entries += event == 'call' and frame.f_code.co_name == '_decodeExtra'
for path in sys.argv[1:]:
    sys.setprofile(count)
    opened = zipfile.ZipFile(path)
    sys.setprofile(None)
    # What is no file of the machine's is parsed every time.
    parsed = rows(zipfile.ZipFile(io.BytesIO(open(path, 'rb').read())))
    print(path, len(opened.infolist()), rows(opened) == parsed, end=' ')
    opened.infolist()[0].filename = 'changed'
    print(rows(zipfile.ZipFile(path)) == parsed, zipimport._read_directory(path) == parses(path) == zipimport._read_directory(path))
print(entries)
`
const makesArchives = `
import zipfile
with zipfile.ZipFile('plain', 'w') as zip:
    for n in range(100): zip.writestr(zipfile.ZipInfo(f'{"é" * (n % 2)}dir{n % 3}/{n}.py', (2001, 2, 3, 4, 5, n % 60)), 'x' * n, n % 2 * 8)
    zip.comment = b'PK or not'
with open('plain', 'rb') as plain, open('before', 'wb') as before: before.write(b'#!/bin/sh\\n' + plain.read())
with zipfile.ZipFile('small', 'w') as zip: zip.writestr('one', '')
`

test('the directory of a zip file is parsed by the first process that reads it, and by others when it has changed', async () => {
  await runLine(machine, 'python make.py', { 'make.py': makesArchives, 'archives.py': archives })
  const expected = (parsed: number, entries = 100) => `plain ${entries} True True True\nbefore 100 True True True\nsmall 1 True True True\n${parsed}\n`
  expect(await run('python archives.py plain before small')).toBe(expected(201))
  expect(await run('python archives.py plain before small')).toBe(expected(1))
  await run(`python -c "import zipfile; zipfile.ZipFile('plain', 'a').writestr('more', '')"`)
  expect(await run('python archives.py plain before small')).toBe(expected(102, 101))
})

test('a zip file that a shebang was put before is read where its members are now', async () => {
  await runLine(machine, 'python make.py', { 'make.py': `
import zipfile
with zipfile.ZipFile('moved', 'w') as zip:
    for n in range(100): zip.writestr(f'moved{n}.py', f'number = {n}')
` })
  const line = 'python -c "import sys; sys.path.insert(0, \'moved\'); import moved7; print(moved7.number)"'
  expect(await run(line)).toBe('7\n')
  expect(await run(`(echo "#!/bin/sh"; cat moved) > more; mv more moved; ${line}`)).toBe('7\n')
})

test('a directory is remembered for the encoding in which it was read', async () => {
  const make = `
import re, zipfile
with zipfile.ZipFile('plain', 'w') as zip:
    for n in range(100): zip.writestr(f'é{n}', '')
# As old tools wrote: no flag says that names are UTF-8.
with open('plain', 'rb') as plain, open('old', 'wb') as old: old.write(re.sub(rb'(?s)(PK\\x01\\x02.{5}).', rb'\\1\\0', plain.read()))
`
  await runLine(machine, 'python make.py', { 'make.py': make })
  const first = (encoding: string) => run(`python -c "import zipfile; print(zipfile.ZipFile('old'${encoding}).namelist()[0])"`)
  expect([await first(''), await first(', metadata_encoding=\'utf-8\''), await first('')]).toEqual(['├⌐0\n', 'é0\n', '├⌐0\n'])
})

test('a zip file that is none is told of as if nothing stood between it and the reader', async () => {
  const told = (await run(`echo none > none; python -c "import zipfile; zipfile.ZipFile('none')"; python -c "import zipimport; zipimport.zipimporter('none')"`)).split('\n')
  const places = told.filter(line => line.startsWith('  File')).map(line => line.replace(/^ {2}File "(?:.*\/)?([^"]*)", line \d+, in /, '$1 '))
  expect(places).toEqual(['<string> <module>', '__init__.py __init__', '__init__.py _RealGetContents', '<string> <module>', '<frozen zipimport> __init__', '<frozen zipimport> _read_directory'])
})
