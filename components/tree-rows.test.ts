import { expect, test } from 'vitest'
import type { TreeEntry } from '../engine/host/session.ts'
import { sizeText, treeRows } from './tree-rows.ts'

const file = (path: string, rest: Partial<TreeEntry> = {}): TreeEntry => ({ path, type: 'file', mode: 0o100644, size: 1, mtime: 0, ...rest })
const directory = (path: string): TreeEntry => ({ path, type: 'directory', mode: 0o40755, size: 0, mtime: 0 })
const seen = (entries: TreeEntry[], before: TreeEntry[]) => treeRows(entries, before).map(({ name, depth, change }) => [name, depth, change])

test('a directory stands before what is in it, and its neighbours after', () => {
  const entries = [file('a.txt'), file('a/z'), directory('a'), directory('a/b'), file('a/b/c'), file('a-b')]
  expect(seen(entries, entries)).toEqual([
    ['a', 0, undefined], ['b', 1, undefined], ['c', 2, undefined], ['z', 1, undefined], ['a-b', 0, undefined], ['a.txt', 0, undefined],
  ])
})

test('tells what is new, changed and gone', () => {
  const before = [directory('d'), file('kept'), file('longer'), file('touched'), file('mode'), file('gone')]
  const now = [{ ...directory('d'), mtime: 5 }, file('kept'), file('longer', { size: 2 }), file('touched', { mtime: 1 }), file('mode', { mode: 0o100755 }), file('new')]
  expect(seen(now, before)).toEqual([
    ['d', 0, undefined], ['gone', 0, 'gone'], ['kept', 0, undefined], ['longer', 0, 'changed'], ['mode', 0, 'changed'], ['new', 0, 'new'], ['touched', 0, 'changed'],
  ])
})

test('a mode without its file type bits is the same mode', () => {
  expect(seen([file('x')], [file('x', { mode: 0o644 })])).toEqual([['x', 0, undefined]])
})

test('sizes', () => {
  expect([0, 90, 9999, 10_000, 18_400_000].map(sizeText)).toEqual(['0 B', '90 B', '9999 B', '10.0 kB', '18.4 MB'])
})
