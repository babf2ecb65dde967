import { expect, test } from 'vitest'
import { parseFenceOptions } from './fence-options.ts'

const none = { static: false, bare: false }

test.each([
  ['terminal', none],
  [
    'terminal fixture=main cwd=/home/user/demo rows=12 beside=tree',
    { ...none, fixture: 'main', cwd: '/home/user/demo', rows: 12, beside: { kind: 'tree' } },
  ],
  ['terminal  static bare ', { static: true, bare: true }],
  ['terminal keep', { ...none, keep: true }],
  ['terminal beside=anatomy:demo.zip columns=64', { ...none, beside: { kind: 'anatomy', path: 'demo.zip' }, columns: 64 }],
  [`terminal cwd="/home/user/my demo" fixture='a b'`, { ...none, cwd: '/home/user/my demo', fixture: 'a b' }],
  ['terminal beside=pex:demo.pex', { ...none, beside: { kind: 'pex', path: 'demo.pex' } }],
  ['terminal beside=pane:8080', { ...none, beside: { kind: 'pane', port: 8080 } }],
  ['terminal beside="anatomy:a:b.zip"', { ...none, beside: { kind: 'anatomy', path: 'a:b.zip' } }],
])('%s', (info, options) => {
  expect(parseFenceOptions(info)).toEqual(options)
})

test.each([
  ['terminal fixtures=main', 'no option is called fixtures; the options are fixture, cwd, rows, columns, beside, static, bare, keep'],
  ['terminal toString', 'no option is called toString; the options are fixture, cwd, rows, columns, beside, static, bare, keep'],
  ['terminal rows=0', 'rows is 0; write a whole number from 1 to 999'],
  ['terminal rows=1e3', 'rows is 1e3; write a whole number from 1 to 999'],
  ['terminal rows', 'rows needs a value; write rows=...'],
  ['terminal fixture=""', 'fixture needs a value; write fixture=...'],
  ['terminal static=yes', 'static takes no value; write static alone'],
  ['terminal rows=1 rows=2', 'rows is given twice; keep one'],
  ['terminal beside=forest', 'beside is forest; write beside=tree, beside=anatomy:FILE, beside=pex:FILE or beside=pane:PORT'],
  ['terminal beside=pane:65536', 'beside is pane:65536; write beside=tree, beside=anatomy:FILE, beside=pex:FILE or beside=pane:PORT'],
  ['terminal beside=pane:http', 'beside is pane:http; write beside=tree, beside=anatomy:FILE, beside=pex:FILE or beside=pane:PORT'],
  ['terminal beside=anatomy:', 'beside is anatomy:; write beside=tree, beside=anatomy:FILE, beside=pex:FILE or beside=pane:PORT'],
  ['terminal cwd="/home', 'cannot read cwd="/home; write key=value, key="quoted value" or a flag'],
  ['terminal =x', 'cannot read =x; write key=value, key="quoted value" or a flag'],
])('%s is refused', (info, message) => {
  expect(() => parseFenceOptions(info)).toThrow(expect.objectContaining({ name: 'RangeError', message: `${info}: ${message}` }))
})
