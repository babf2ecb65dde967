/**
 * Records what the real unzip, zip, zipinfo and python3 say and leave behind, into test/recorded/zip.json, which the tests replay offline.
 * Run: npx tsx scripts/record-zip.ts (needs Info-ZIP's tools and python3; UTC, C.UTF-8).
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync, lutimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zipCases, workTree, type ZipCase } from './zip-cases.ts'
import { root } from './root.ts'

const env = { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C.UTF-8', HOME: '/nonexistent' }

const makeArchives = (): Record<string, string> => {
  const directory = mkdtempSync(join(tmpdir(), 'zips-'))
  const made = spawnSync('python3', [join(root, 'scripts/record-zip-archives.py')], { cwd: directory, env, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`the archives cannot be made: ${made.stderr}`)
  const names = readdirSync(directory).filter((name) => name.endsWith('.zip')).sort()
  const archives = Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name)).toString('base64')]))
  rmSync(directory, { recursive: true })
  return archives
}

const fillTree = (directory: string) => {
  for (const file of workTree) {
    const path = join(directory, file.path)
    if (file.target !== undefined) symlinkSync(file.target, path)
    else if (file.path.endsWith('/')) mkdirSync(path)
    else writeFileSync(path, Buffer.from(file.base64 ?? '', 'base64'))
    if (file.target === undefined) chmodSync(path, file.mode)
  }
  // Deepest first: making a file in a directory sets the directory's time.
  for (const file of [...workTree].reverse()) lutimesSync(join(directory, file.path), file.mtime, file.mtime)
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
  fillTree(work)
  for (const name of used) writeFileSync(join(work, name), Buffer.from(archives[name]!, 'base64'))
  const steps = one.steps.map((argv) => {
    const input = one.input ?? ''
    const [file, ...args] = argv
    const { stdout, stderr, status } = spawnSync(file!, args, { cwd: work, env: { ...env, ...one.env }, input, encoding: 'utf8', timeout: 20_000 })
    return { argv, stdout, stderr, status }
  })
  const tree = listTree(work)
  for (const name of used) if (tree[name] === 'archive') delete tree[name]
  rmSync(directory, { recursive: true })
  return { name: one.steps.map((argv) => argv.join(' ')).join(' ; '), env: one.env, input: one.input, archives: used, steps, tree }
}

const version = (tool: string) => /^.*$/m.exec(spawnSync(tool, ['-v'], { encoding: 'utf8' }).stdout)?.[0]
const archives = makeArchives()
const recording = { unzip: version('unzip'), zip: version('zip'), archives, workTree, cases: zipCases.map((one) => record(one, archives)) }
const target = join(root, 'test/recorded/zip.json')
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, `${JSON.stringify(recording, null, 1)}\n`)
const failing = recording.cases.filter((one) => one.steps.some((step) => step.status !== 0)).length
process.stdout.write(`${recording.cases.length} cases, ${failing} of them with a failing step, in ${target}\n`)
