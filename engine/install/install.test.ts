import { expect, test } from 'vitest'
import { bytesAsSource } from '../archive/byte-source.ts'
import { writeZip } from '../archive/write-zip.ts'
import { portableDigests as digests } from './digests.ts'
import { installWheel } from './install-wheel.ts'
import { pythonJson } from './python-json.ts'
import { isPythonScript, withPlaceholderShebang } from './script-text.ts'
import { walkTree } from './walk-tree.ts'
import { openWheel } from './wheel.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

const wheelOf = async (files: Record<string, string>, name = 'tiny-1-py3-none-any.whl') => {
  const parts: Uint8Array[] = []
  for await (const part of writeZip(Object.entries(files).map(([path, text]) => ({ name: path, data: encode(text) })), { anyName: true })) parts.push(part)
  return openWheel(name, bytesAsSource(new Uint8Array(Buffer.concat(parts))))
}

const metadata = { 'tiny-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: tiny\nVersion: 1\n', 'tiny-1.dist-info/WHEEL': 'Root-Is-Purelib: true\n' }
const scripts = { callable: (module: string, attributes: readonly string[]) => `${module}:${attributes.join('.')}`, module: (module: string) => module }

const install = async (files: Record<string, string>) => {
  const warnings: string[] = []
  const { tree } = await installWheel(await wheelOf({ ...metadata, ...files }), { digests, scripts, warn: (message) => warnings.push(message) })
  return { warnings, record: decode(await tree.get('tiny-1.dist-info/RECORD')!.read()).split(/\r?\n/) }
}

test('a wheel whose RECORD has absolute paths gets another; one without a RECORD is refused, as real pex refuses it', async () => {
  await expect(install({ 'tiny.py': '' })).rejects.toThrow('tiny-1-py3-none-any.whl: has no tiny-1.dist-info/RECORD')
  const absolute = await install({ 'tiny.py': '', 'tiny-1.dist-info/RECORD': '/tiny.py,,\r\n' })
  expect(absolute.warnings[0]).toContain('invalid entries with absolute paths')
  expect(absolute.record.slice(0, 3)).toEqual(['tiny.py,,', 'tiny-1.dist-info/METADATA,,', 'tiny-1.dist-info/RECORD,,'])
})

test('a wheel that is none is refused with its name', async () => {
  await expect(wheelOf({ 'x.py': '' })).rejects.toThrow('tiny-1-py3-none-any.whl: has no .dist-info directory of tiny')
  await expect(wheelOf({ ...metadata, '../out.py': '' })).rejects.toThrow('leads out of the directory')
  await expect(wheelOf(metadata, 'tiny.whl')).rejects.toThrow('Invalid wheel filename')
  await expect(wheelOf({ 'tiny-1.dist-info/WHEEL': '' })).rejects.toThrow('METADATA with a name and a version')
})

test('JSON as Python writes it', () => {
  expect(pythonJson({ b: [1, null, true], a: 'é\u{1f40d}"' })).toBe('{"a":"\\u00e9\\ud83d\\udc0d\\"","b":[1,null,true]}')
  expect(pythonJson({ b: [], a: {} }, { spacing: 'default' })).toBe('{"a": {}, "b": []}')
  expect(pythonJson({ b: [], a: [1, { c: null }] }, { spacing: 'default', sorted: false, indent: 2 })).toBe('{\n  "b": [],\n  "a": [\n    1,\n    {\n      "c": null\n    }\n  ]\n}')
})

test('a walk gives the files of a directory before its directories', () => {
  expect(walkTree(['b/x', 'a-b/y', 'z', 'a/b/c', 'a/z'])).toEqual(['z', 'a/z', 'a/b/c', 'a-b/y', 'b/x'])
})

test('Python scripts are known by their first line', () => {
  const yes = ['#!python\n', '#!/usr/bin/env python3.11 -s\n', '#! /opt/pypy3/bin/pypy3\n', "#!/bin/sh\n'''exec' /x/python \"$0\" \"$@\"\n' '''\n"]
  const no = ['', 'python\n', '#!/bin/sh\necho\n', '#!/usr/bin/pythonic\n']
  expect([...yes, ...no].map((text) => isPythonScript(encode(text)))).toEqual([...yes.map(() => true), ...no.map(() => false)])
  expect(decode(withPlaceholderShebang(encode('#!/usr/bin/python3 -E\nx\n')))).toBe('#!python\nx\n')
})
