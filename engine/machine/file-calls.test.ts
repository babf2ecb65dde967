import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inMachine, type TestFile } from '../../test/support/machine.ts'
import type { FileSystem } from './file-system.ts'
import { isDirectory, isSymlink, type Stat } from './stat.ts'
import type { SystemCalls } from './system-calls.ts'
import { SystemError } from './system-error.ts'

interface Recorded {
  call: [name: string, ...args: (string | number)[]]
  result: string | null
}
/** What Linux said to an ordinary user: scripts/record-file-calls.py. The calls build on each other. */
const recorded = JSON.parse(readFileSync(new URL('../../test/recorded/file-calls.json', import.meta.url), 'utf8')) as Recorded[]

/** The tree that the script prepares. */
const files: Record<string, TestFile> = {
  'dir/sub/': '', 'full/': '', 'closed/': { mode: 0 }, 'theirs/empty/': '', 'sticky/': { mode: 0o1777 }, 'file': 'content',
  'secret': { bytes: 'content', mode: 0 }, 'dir/inner': 'content', 'full/inner': 'content', 'theirs/file': 'content', 'sticky/theirs': 'content',
  'sticky/mine': 'content', 'link': { target: 'file' }, 'dirlink': { target: 'dir' }, 'dangling': { target: 'nothing' },
  'dangling2': { target: 'nowhere' }, 'loop': { target: 'loop' },
}
const giveToRoot = (fs: FileSystem) => {
  for (const path of ['theirs', 'theirs/empty', 'theirs/file', 'sticky', 'sticky/theirs']) fs.chown(fs.resolve(path, { cwd: '/home/user' }).ino!, 0, 0)
}

const fileMode = ({ mode }: Stat) => {
  const bit = (mask: number, letter: string) => (mode & mask ? letter : '-')
  const type = isDirectory(mode) ? 'd' : isSymlink(mode) ? 'l' : '-'
  return type + [6, 3, 0].map((shift) => bit(4 << shift, 'r') + bit(2 << shift, 'w') + bit(1 << shift, 'x')).join('')
}
const expand = (argument: string | number) => {
  if (typeof argument === 'number' || !argument.includes('*')) return argument
  const [text = '', times] = argument.split('*')
  return text.repeat(Number(times))
}

async function say(system: SystemCalls, [name, ...args]: Recorded['call']): Promise<string | null> {
  const call = system[name as keyof SystemCalls] as (...values: (string | number)[]) => unknown
  try {
    const result = await call(...args.map(expand))
    if (name === 'open') await system.close(result as number)
    if (name === 'stat' || name === 'lstat') return fileMode(result as Stat)
    return name === 'readlink' ? (result as string) : null
  } catch (error) {
    if (error instanceof SystemError) return error.code
    throw error
  }
}

test('calls on paths answer as on Linux, one after the other', async () => {
  const answered = await inMachine(
    {},
    async ({ system }, { fs }) => {
      giveToRoot(fs)
      const rows: Recorded[] = []
      for (const { call } of recorded) rows.push({ call, result: await say(system, call) })
      return rows
    },
    { files },
  )
  expect(answered.length).toBeGreaterThan(140)
  expect(answered).toEqual(recorded)
})
