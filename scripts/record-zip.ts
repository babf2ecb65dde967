/**
 * Records what the real unzip, zip, zipinfo and python3 say and leave behind, into test/recorded/zip.json, which the tests replay offline.
 * Run: npx tsx scripts/record-zip.ts (needs Info-ZIP's tools, and a python3 of 3.12 or later, which PYTHON may name; UTC, C.UTF-8).
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { appMain, appTree, workTree, zipappCases, zipCases, type WorkFile, type ZipCase } from './zip-cases.ts'
import { root } from './root.ts'

const env = { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C.UTF-8', HOME: '/nonexistent' }

const makeArchives = (): Record<string, string> => {
  const directory = mkdtempSync(join(tmpdir(), 'zips-'))
  const made = spawnSync('python3', [join(root, 'scripts/record-zip-archives.py')], { cwd: directory, env, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`the archives cannot be made: ${made.stderr}`)
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.zip'))
    .sort()
  const archives = Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name)).toString('base64')]))
  rmSync(directory, { recursive: true })
  return archives
}

const fillTree = (directory: string, files: WorkFile[]) => {
  for (const file of files) {
    const path = join(directory, file.path)
    if (file.target !== undefined) symlinkSync(file.target, path)
    else if (file.path.endsWith('/')) mkdirSync(path)
    else writeFileSync(path, Buffer.from(file.base64 ?? '', 'base64'))
    if (file.target === undefined) chmodSync(path, file.mode)
  }
  // Deepest first: making a file in a directory sets the directory's time.
  for (const file of [...files].reverse()) lutimesSync(join(directory, file.path), file.mtime, file.mtime)
}

/** Type, permissions and contents of all that is below; times only where they are not of this run. Archives are told by later steps. */
const listTree = (directory: string, below = ''): Record<string, string> => {
  const rows: Record<string, string> = {}
  for (const name of readdirSync(join(directory, below)).sort()) {
    const path = join(below, name)
    const { mode, mtimeMs, size } = lstatSync(join(directory, path))
    const seconds = Math.floor(mtimeMs / 1000)
    const time = seconds < 1767225600 ? ` ${seconds}` : ''
    const permissions = (mode & 0o7777).toString(8)
    if ((mode & 0o170000) === 0o120000) rows[path] = `-> ${readlinkSync(join(directory, path))}`
    else if ((mode & 0o170000) === 0o040000) Object.assign(rows, { [path]: `directory ${permissions}` }, listTree(directory, path))
    else rows[path] = path.endsWith('.zip') ? 'archive' : `file ${permissions} ${size}${time}`
  }
  return rows
}

const record = (one: ZipCase, archives: Record<string, string>) => {
  const directory = mkdtempSync(join(tmpdir(), 'zip-'))
  const work = join(directory, 'work')
  mkdirSync(work)
  const used = Object.keys(archives).filter((name) => one.steps.some((step) => [step].flat().some((word) => word.includes(name))))
  fillTree(work, workTree)
  for (const name of used) writeFileSync(join(work, name), Buffer.from(archives[name]!, 'base64'))
  const steps = one.steps.map((argv) => {
    const input = one.input ?? ''
    const [file, ...args] = argv
    const { stdout, stderr, status } = spawnSync(file!, args, {
      cwd: work,
      env: { ...env, ...one.env },
      input,
      encoding: 'utf8',
      timeout: 20_000,
    })
    return { argv, stdout, stderr, status }
  })
  const tree = listTree(work)
  for (const name of used) if (tree[name] === 'archive') delete tree[name]
  rmSync(directory, { recursive: true })
  return { name: one.steps.map((argv) => argv.join(' ')).join(' ; '), env: one.env, input: one.input, archives: used, steps, tree }
}

const python = process.env['PYTHON'] ?? 'python3'

/** What a zipapp's generated __main__.py is dated: the recording must not depend on when it was made. */
const frozenNow = 1727359205
const zipappScript = `
import sys, time
time.time = lambda: ${frozenNow}
import zipapp
zipapp.main(sys.argv[1:])
`

const recordZipapp = ({ args, main }: (typeof zipappCases)[number]) => {
  const directory = mkdtempSync(join(tmpdir(), 'zipapp-'))
  mkdirSync(join(directory, 'app'))
  fillTree(join(directory, 'app'), main ? [...appTree, appMain] : appTree)
  const { stderr, status } = spawnSync(python, ['-c', zipappScript, 'app', '-o', 'out.pyz', ...args], {
    cwd: directory,
    env,
    encoding: 'utf8',
  })
  const archive = status === 0 ? readFileSync(join(directory, 'out.pyz')).toString('base64') : undefined
  rmSync(directory, { recursive: true })
  return { args, main, status, error: stderr.trimEnd().split('\n').at(-1), archive }
}

/** Python's own reading of each archive: its entries and their contents' hashes, or its error. */
const readingScript = `
import hashlib, json, sys, zipfile
out = {}
for name in sys.argv[1:]:
    try:
        with zipfile.ZipFile(name) as archive:
            rows = []
            for item in archive.infolist():
                row = dict(name=item.filename, size=item.file_size, compressed=item.compress_size, crc=item.CRC, method=item.compress_type,
                           attributes=item.external_attr, date=item.date_time, comment=item.comment.decode(), offset=item.header_offset)
                try:
                    row['sha256'] = hashlib.sha256(archive.read(item)).hexdigest()
                except Exception as error:
                    row['error'] = str(error)
                rows.append(row)
            out[name] = dict(entries=rows, comment=archive.comment.decode())
    except Exception as error:
        out[name] = dict(error=str(error))
print(json.dumps(out))
`
const readWithPython = (archives: Record<string, string>): unknown => {
  const directory = mkdtempSync(join(tmpdir(), 'zips-'))
  for (const [name, base64] of Object.entries(archives)) writeFileSync(join(directory, name), Buffer.from(base64, 'base64'))
  const { stdout } = spawnSync(python, ['-c', readingScript, ...Object.keys(archives)], { cwd: directory, env, encoding: 'utf8' })
  rmSync(directory, { recursive: true })
  return JSON.parse(stdout)
}

/** A zip as pex writes it: zipfile, appended to a shebang, every field as in PEX-FORMAT 1.4; stored, so that every byte can be compared. */
const pexScript = `
import io, sys, zipfile
out = io.BytesIO()
out.write(b'#!/usr/bin/env python3.11\\n')
with zipfile.ZipFile(out, 'a') as archive:
    for name, mode, data in [('pkg/', 0o40755, b''), ('pkg/__init__.py', 0o100644, b''), ('pkg/\u00fc.py', 0o100644, b'x = 1\\n'),
                             ('PEX-INFO', 0o100644, b'{}'), ('__main__.py', 0o100755, b'print(1)\\n')]:
        item = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        item.create_system = 3
        item.external_attr = mode << 16 | (0x10 if name.endswith('/') else 0)
        archive.writestr(item, data)
sys.stdout.buffer.write(out.getvalue())
`
const pexLike = spawnSync(python, ['-c', pexScript], { env }).stdout.toString('base64')

const version = (tool: string) => /^.*$/m.exec(spawnSync(tool, ['-v'], { encoding: 'utf8' }).stdout)?.[0]
const archives = makeArchives()
const recording = {
  unzip: version('unzip'),
  zip: version('zip'),
  archives,
  workTree,
  cases: zipCases.map((one) => record(one, archives)),
  python: readWithPython(archives),
  pexLike,
  appTree,
  appMain,
  frozenNow,
  zipapps: zipappCases.map(recordZipapp),
}
const target = join(root, 'test/recorded/zip.json')
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, `${JSON.stringify(recording, null, 1)}\n`)
const failing = recording.cases.filter((one) => one.steps.some((step) => step.status !== 0)).length
process.stdout.write(`${recording.cases.length} cases, ${failing} of them with a failing step, in ${target}\n`)
