import { expect, test } from 'vitest'
import type { Session, TreeEntry } from '../engine/host/session.ts'
import { utf8, zipOf } from '../test/support/recorded-archives.ts'
import { machineDifference } from './machine-difference.ts'

interface Place { cwd?: string; status?: number; files?: Record<string, string | Uint8Array>; mode?: number }

/** A machine at its prompt, as far as it is looked at. */
function machine({ cwd = '/demo', status = 0, files = {}, mode = 0o644 }: Place = {}): Session {
  const bytesOf = (path: string) => typeof files[path] === 'string' ? utf8(files[path]) : files[path]!
  const entries = Object.keys(files).map((path): TreeEntry => ({ path, type: 'file', mode, size: bytesOf(path).length, mtime: Math.random() }))
  return {
    state: { cwd, status, atPrompt: true, command: undefined, waiting: false },
    watch: (_directory: string, listener: (entries: TreeEntry[]) => void) => {
      listener(entries)
      return () => undefined
    },
    readFile: (path: string) => Promise.resolve(bytesOf(path.replace('/demo/', ''))),
  } as unknown as Session
}
const difference = (mine: Place, other: Place) => machineDifference(machine(mine), machine(other), '/demo')

test.each<[string | undefined, Place, Place]>([
  [undefined, { files: { a: 'same' } }, { files: { a: 'same' } }],
  [undefined, { files: { '__pycache__/a.pyc': 'mine' } }, { files: { '__pycache__/b.pyc': 'other' } }],
  ['the shell is in /, not in /demo', { cwd: '/' }, {}],
  ['it ended with 1, not with 0', { status: 1 }, {}],
  ['a is missing', {}, { files: { a: '' } }],
  ['a is not the script\'s', { files: { a: '' } }, {}],
  ['a has other content', { files: { a: 'mine' } }, { files: { a: 'ours' } }],
  ['a has other content', { files: { a: 'longer' } }, { files: { a: 'long' } }],
  ['a has the mode 755, not 644', { files: { a: '' }, mode: 0o755 }, { files: { a: '' } }],
])('%s', async (words, mine, other) => {
  expect(await difference(mine, other)).toBe(words)
})

test('a zip counts by what is in it, not by its times', async () => {
  const zip = (text: string, year: number) => zipOf([{ name: '__main__.py', data: utf8(text), date: { year, month: 2, day: 2, hour: 0, minute: 0, second: 0 } }])
  expect(await difference({ files: { z: await zip('1', 2001) } }, { files: { z: await zip('1', 2002) } })).toBeUndefined()
  expect(await difference({ files: { z: await zip('1', 2001) } }, { files: { z: await zip('2', 2001) } })).toBe('z has other content')
})
