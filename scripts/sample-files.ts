/** The files that every case of scripts/file-cases.ts starts from. */
import type { TestFile } from '../test/support/machine.ts'

const talk = Date.UTC(2024, 8, 26, 14, 0, 0)
const later = Date.UTC(2024, 8, 27, 9, 30, 15)
const bytes = (...values: (number | string)[]) =>
  Uint8Array.from(values.flatMap((value) => (typeof value === 'number' ? [value] : [...value].map((c) => c.charCodeAt(0)))))
const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join('')

/**
 * A stored zip of one file `a.txt` with the two bytes `hi`, its end record's offset `prefix` bytes on (as zipapp writes archives with a
 * shebang).
 */
function storedZip(prefix: number): Uint8Array {
  const u16 = (n: number) => [n & 255, n >> 8]
  const u32 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24]
  const common = [
    ...u16(20),
    ...u16(0),
    ...u16(0),
    ...u16((14 << 11) | 0),
    ...u16((44 << 9) | (9 << 5) | 26),
    ...u32(0xd8932aac),
    ...u32(2),
    ...u32(2),
    ...u16(5),
    ...u16(0),
  ]
  const local = bytes('PK', 3, 4, ...common, 'a.txt', 'hi')
  const central = bytes(
    'PK',
    1,
    2,
    ...u16(0x0314),
    ...common,
    ...u16(0),
    ...u16(0),
    ...u16(0),
    ...u32((0o100644 << 16) >>> 0),
    ...u32(prefix),
    'a.txt',
  )
  return bytes(
    ...local,
    ...central,
    'PK',
    5,
    6,
    ...u16(0),
    ...u16(0),
    ...u16(1),
    ...u16(1),
    ...u32(central.length),
    ...u32(prefix + local.length),
    ...u16(0),
  )
}
const shebang = '#!/usr/bin/env python3\n'

export const sampleFiles = (now: number): Record<string, TestFile> =>
  Object.fromEntries(
    Object.entries({
      'a.txt': 'alpha\nbeta\ngamma\n',
      'b.txt': 'alpha\nBeta\ngamma\ndelta\n',
      'no-end': 'one\ntwo',
      empty: '',
      lines: lines(12),
      odd: { bytes: bytes(9, 'tab', 1, 127, 200, 10, 10, 10, 'x', 13, 10) },
      'with space': 'x\n',
      "it's": 'x\n',
      'recent.txt': { bytes: 'new\n', mtime: now - 40 * 86_400_000 },
      'later.txt': { bytes: 'later\n', mtime: later },
      'run.sh': { bytes: '#!/bin/sh\necho run\n', mode: 0o755 },
      secret: { bytes: 'x\n', mode: 0 },
      suid: { bytes: 'x', mode: 0o4755 },
      sgid: { bytes: 'x', mode: 0o2755 },
      'archive.zip': { bytes: storedZip(0) },
      'app.pyz': { bytes: bytes(shebang, ...storedZip(shebang.length)) },
      'joined.pyz': { bytes: bytes(shebang, ...storedZip(0)) },
      sums:
        '7aa7a5359173d05b63cfd682e3c38487f3cb4f7f1d60659fe59fab1505977d4c  recent.txt\n' +
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  empty\n' +
        '0000000000000000000000000000000000000000000000000000000000000000  a.txt\nbogus\n',
      'dir/main.py': 'import os\nprint(1)\n',
      'dir/sub/deep.txt': 'deep\n',
      'dir/sub/big': 'x'.repeat(10000),
      'dir/.hidden': 'h\n',
      'other/main.py': 'import sys\nprint(1)\n',
      'other/new.py': 'x\n',
      'kinds/image.png': { bytes: bytes(0x89, 'PNG\r\n', 26, 10, 0, 0, 0, 13, 'IHDR', 0, 0, 0, 16, 0, 0, 0, 32, 8, 6, 0, 0, 0) },
      'kinds/image.gif': { bytes: bytes('GIF89a', 16, 0, 32, 0) },
      'kinds/image.jpg': { bytes: bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'JFIF', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0) },
      'kinds/paper.pdf': '%PDF-1.4\n',
      'kinds/code.wasm': { bytes: bytes(0, 'asm', 1, 0, 0, 0) },
      'kinds/code.macho': {
        bytes: bytes(0xcf, 0xfa, 0xed, 0xfe, 12, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0x48, 0, 0, 0, 0, 0, 0, 0),
      },
      'kinds/code.pyc': { bytes: bytes(0xa7, 13, 13, 10, 0, 0, 0, 0, 0xa0, 0x67, 0xf5, 0x66, 90, 0, 0, 0, 0xe3) },
      'kinds/text.gz': {
        bytes: bytes(0x1f, 0x8b, 8, 8, 0xa0, 0x67, 0xf5, 0x66, 0, 3, 'text', 0, 0xcb, 0xe0, 2, 0, 0x7a, 0x7a, 0x6f, 0xed, 3, 0, 0, 0),
      },
      'kinds/data.json': '{"a": [1, 2]}\n',
      'kinds/page.html': '<!DOCTYPE html>\n<html></html>\n',
      'kinds/data.xml': '<?xml version="1.0"?>\n<a/>\n',
      'kinds/utf8': 'h\u00e9llo\n',
      'kinds/marked': '\ufeffhi\n',
      'kinds/crlf': 'a\r\nb\r\n',
      'kinds/mixed': 'a\r\nb\n',
      'kinds/latin1': { bytes: bytes(0xe9, 't', 0xe9, '\n') },
      'kinds/colored': '\u001b[31mred\u001b[0m\n',
      'kinds/nul': { bytes: bytes('a', 0, 'b') },
      'kinds/wide': `${'a'.repeat(400)}\n`,
      'kinds/env-python': '#!/usr/bin/env python3\nprint(1)\n',
      'kinds/opt-python': '#!/opt/bin/python3\nprint(1)\n',
      'kinds/bash': '#!/usr/bin/env bash\n:\n',
      'kinds/node': '#!/usr/bin/env node\n0\n',
      'kinds/dash': '#!/bin/dash\n:\n',
      'kinds/korn': '#! /bin/ksh -e\n:\n',
      'kinds/env-other': '#!/usr/bin/env other -x\n:\n',
      'kinds/sh-data': { bytes: bytes('#!/bin/sh\n', 0, 1, 0xff) },
      'kinds/python-data': { bytes: bytes('#!/opt/bin/python3\n', 0, 1, 0xff) },
      'kinds/env-data': { bytes: bytes('#!/usr/bin/env python3 -s\n', 0, 1, 0xff) },
      'kinds/perl-data': { bytes: bytes('#!/usr/bin/env perl\n', 0, 1, 0xff) },
      'kinds/function.py': 'def f(x):\n    return x\n',
      'kinds/from.py': 'from os import path\n',
      'kinds/print.py': 'print(1)\n',
      'kinds/none.zip': { bytes: bytes('PK', 5, 6, ...new Array<number>(18).fill(0)) },
      'kinds/moved.zip': { bytes: bytes('junk', ...storedZip(0)) },
      link: { target: 'a.txt' },
      dangling: { target: 'nowhere' },
      'link-dir': { target: 'dir' },
      'dir/sub/': { mtime: talk },
      'dir/': { mtime: talk },
      'other/': { mtime: talk },
      'kinds/': { mtime: talk },
      'void/': { mtime: talk },
      'sticky/': { mode: 0o1777, mtime: talk },
      'locked/inside': 'x\n',
      'locked/': { mode: 0, mtime: talk },
      'readonly/inside': 'x\n',
      'readonly/': { mode: 0o555, mtime: talk },
    }).map(([path, file]) => [
      path,
      typeof file === 'string' || file instanceof Uint8Array ? { bytes: file, mtime: talk } : { mtime: talk, ...file },
    ]),
  )
