import { describe, expect, test } from 'vitest'
import type { FileSystem } from '../machine/file-system.ts'
import { isDirectory, isSymlink } from '../machine/stat.ts'
import { exitStatus, home, inMachine, type TestFile } from '../../test/support/machine.ts'
import recording from '../../test/recorded/zip.json'
import { unzip } from './unzip.ts'
import { zip } from './zip.ts'
import { zipinfo } from './zipinfo.ts'

type Case = (typeof recording.cases)[number] & { input?: string; env?: Record<string, string> }
type Step = Case['steps'][number]
interface WorkFile {
  path: string
  mode: number
  mtime: number
  base64?: string
  target?: string
}
const workTree: WorkFile[] = recording.workTree

const work = `${home}/work`
const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'))
const archives: Record<string, string> = recording.archives

/** As scripts/record-zip.ts lists it. */
const listTree = (fs: FileSystem, below = '', path = work): Record<string, string> => {
  const rows: Record<string, string> = {}
  const directory = fs.resolve(`${path}/${below}`).ino!
  for (const { name, ino } of fs.readdir(directory)) {
    const here = below ? `${below}/${name}` : name
    const { mode, size, mtime } = fs.stat(ino)
    const seconds = Math.floor(mtime / 1000)
    const time = seconds < 1767225600 ? ` ${seconds}` : ''
    const permissions = (mode & 0o7777).toString(8)
    if (isSymlink(mode)) rows[here] = `-> ${fs.readlink(ino)}`
    else if (isDirectory(mode)) Object.assign(rows, { [here]: `directory ${permissions}` }, listTree(fs, here))
    else rows[here] = here.endsWith('.zip') ? 'archive' : `file ${permissions} ${size}${time}`
  }
  return rows
}

const workFiles = (one: Case): Record<string, TestFile> => {
  const files: Record<string, TestFile> = {}
  for (const { path, mode, base64, target } of workTree) {
    files[path] = target === undefined ? { bytes: bytes(base64 ?? ''), mode } : { target }
  }
  for (const name of one.archives) files[name] = bytes(archives[name]!)
  return files
}

const replay = (one: Case) =>
  inMachine(
    { unzip, zip, zipinfo },
    async (process, machine) => {
      const { system } = process
      const steps: Step[] = []
      for (const { path, mtime } of workTree) {
        const { ino } = machine.fs.resolve(path, { cwd: work, follow: false })
        machine.fs.utimes(ino!, mtime * 1000, mtime * 1000)
      }
      for (const { argv } of one.steps) {
        const [in0, in1] = await system.pipe()
        const [out0, out1] = await system.pipe()
        const [err0, err1] = await system.pipe()
        await system.write(in1, new TextEncoder().encode(one.input ?? ''))
        await system.close(in1)
        const pid = await system.spawn({ path: `/usr/bin/${argv[0]}`, argv, env: process.env, fds: { 0: in0, 1: out1, 2: err1 } })
        for (const fd of [in0, out1, err1]) await system.close(fd)
        const [stdout, stderr] = await Promise.all([process.reader(out0).all(), process.reader(err0).all()])
        const text = (all: Uint8Array) => new TextDecoder().decode(all)
        steps.push({ argv, stdout: text(stdout), stderr: text(stderr), status: exitStatus(await system.wait(pid)) })
        await system.close(out0)
        await system.close(err0)
      }
      const tree = listTree(machine.fs)
      for (const name of one.archives) delete tree[name]
      return { steps, tree }
    },
    { env: { LC_ALL: 'C.UTF-8', ...one.env }, cwd: work, files: workFiles(one) },
  )

/** Where this program and Info-ZIP's differ on purpose: what is compared all the same. */
const differences: Record<string, { only: (keyof Step)[]; why: string }> = {
  'unzip -t bzip2.zip': { only: ['stderr'], why: 'bzip2 is not supported' },
  'unzip -l count-lie.zip': { only: ['status'], why: 'a directory that contradicts its end record is not listed' },
  'unzip -l cut-front.zip': { only: [], why: 'an archive without its beginning is refused' },
  'unzip -l disk.zip': { only: [], why: 'a part of a multi-part archive is refused' },
  'unzip overlap.zip -d out': { only: ['status', 'stderr'], why: 'the first of two overlapping members is refused too' },
  'unzip -t overlap.zip': { only: ['status', 'stderr'], why: 'the first of two overlapping members is refused too' },
  'unzip bad-local-name.zip -d out': { only: [], why: 'headers that differ are refused' },
  'unzip size-lie-large.zip -d out': { only: [], why: 'headers that differ are refused' },
}
/** Trees that differ with them. */
const otherTrees = ['overlap', 'bad-local-name', 'size-lie-large']

/** Help texts are this program's own; their first line is Info-ZIP's. */
const comparable = (step: Step): Partial<Step> => {
  const head = (text: string) => (/^(?:UnZip|ZipInfo) \S+ of .*\n\n|^error:  -Z/.test(text) ? text.slice(0, text.indexOf('\n')) : text)
  const whole = { ...step, stdout: head(step.stdout), stderr: head(step.stderr) }
  const difference = differences[step.argv.join(' ')]
  return difference ? Object.fromEntries(difference.only.map((key) => [key, whole[key]])) : whole
}

describe('as the recorded tools', () => {
  for (const one of recording.cases as Case[]) {
    if (one.steps.some(({ argv }) => argv[0] === 'python3')) continue
    test(one.name, async () => {
      const got = await replay(one)
      expect(got.steps.map(comparable)).toEqual(one.steps.map(comparable))
      if (!otherTrees.some((name) => one.name.includes(name))) expect(got.tree).toEqual(one.tree)
    })
  }

  test('what differs is a refusal, in one line', async () => {
    for (const line of [
      'unzip -l disk.zip',
      'unzip bad-local-name.zip -d out',
      'unzip size-lie-large.zip -d out',
      'unzip -l cut-front.zip',
    ]) {
      const one = (recording.cases as Case[]).find(({ steps }) => steps[0]?.argv.join(' ') === line)!
      const [step] = (await replay(one)).steps
      expect(step!.status).toBeGreaterThan(1)
      expect(step!.stderr).toMatch(/error.*\n$/)
    }
  })
})
