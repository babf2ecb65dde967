import { createHash } from 'node:crypto'
import { writeZip } from '../../engine/archive/write-zip.ts'

/** A wheel that has every part that installing treats differently: the five places of `.data`, scripts of all kinds, a bad RECORD. */
export const oddWheelName = 'odd_parts-1.0-py3-none-any.whl'

const redirector = "#!/bin/sh\n'''exec' /a/very/long/path/to/python \"$0\" \"$@\"\n' '''\nprint('redirected')\n"
const files: Record<string, string> = {
  'odd/__init__.py': 'value = 1\n',
  'odd/a, "quoted" name.txt': 'quoted\n',
  'odd/naïve.txt': 'not ASCII\n',
  'odd/empty.py': '',
  'odd-x.py': 'sorts before odd/\n',
  'odd/unlisted.py': 'in no RECORD\n',
  'odd/__pycache__/old.cpython-311.pyc': 'bytecode',
  'odd_parts-1.0.data/scripts/plain': '#!/usr/bin/python3 -E\nprint("plain")\n',
  'odd_parts-1.0.data/scripts/coded': '#!python\n# -*- coding: latin-1 -*-\nprint("coded")\n',
  'odd_parts-1.0.data/scripts/redirected': redirector,
  'odd_parts-1.0.data/scripts/shell': '#!/bin/sh\necho shell\n',
  'odd_parts-1.0.data/scripts/odd-call': '#!python\nprint("an entry point makes this one")\n',
  'odd_parts-1.0.data/data/share/odd/data.txt': 'data\n',
  'odd_parts-1.0.data/headers/odd.h': '#define ODD\n',
  'odd_parts-1.0.data/platlib/odd_native/__init__.py': 'native = True\n',
  'odd_parts-1.0.data/purelib/odd_pure.py': 'pure = True\n',
  'odd_parts-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: odd-parts\nVersion: 1.0\n',
  'odd_parts-1.0.dist-info/WHEEL': 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  'odd_parts-1.0.dist-info/INSTALLER': 'pip\n',
  'odd_parts-1.0.dist-info/entry_points.txt':
    '[console_scripts]\nodd-call = odd:value.real [extra]\nodd-module = odd.empty\n\n[gui_scripts]\nodd-gui = odd:value\n\n[other]\nx = odd\n',
}

const recordPath = 'odd_parts-1.0.dist-info/RECORD'

const record = (): string => {
  const rows = Object.entries(files).filter(([path]) => path !== 'odd/unlisted.py').map(([path, text]) => {
    const hash = createHash('sha256').update(text).digest('base64url')
    return `${/[",]/.test(path) ? `"${path.replaceAll('"', '""')}"` : path},sha256=${hash},${Buffer.byteLength(text)}`
  })
  return [...rows, 'odd/,,', 'odd/missing.py,sha256=AAAA,12', 'odd/missing-too.py,,', `${recordPath},,`, ''].join('\r\n')
}

export const oddWheel = async (): Promise<Uint8Array> => {
  const executable = /scripts\/(?:plain|shell)$/
  const entries = Object.entries({ ...files, [recordPath]: record() }).map(([name, text]) => ({
    name,
    data: new TextEncoder().encode(text),
    mode: executable.test(name) ? 0o100755 : 0o100664,
    date: { year: 2020, month: 2, day: 29, hour: 12, minute: 34, second: 56 },
  }))
  const parts: Uint8Array[] = []
  for await (const part of writeZip([{ name: 'odd/' }, ...entries])) parts.push(part)
  return Buffer.concat(parts)
}
