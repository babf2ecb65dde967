import { expect, test } from 'vitest'
import { utf8, zipOf } from '../../test/support/recorded-archives.ts'
import { bytesAsSource } from '../archive/byte-source.ts'
import { mapPex } from './map-pex.ts'

test('the parts add up to the file', async () => {
  const entry = (name: string, text = '') => ({ name, data: utf8(text) })
  const names = ['.bootstrap/pex/a.py', '.bootstrap/pex/b.py', '.deps/requests-2.34.2-py3-none-any.whl/requests/api.py', '__pex__/__init__.py', 'app/x.py', 'app/y.py', 'z.py']
  const files = [{ name: '.deps/' }, ...names.map((name) => entry(name, name.repeat(9))), entry('PEX-INFO', '{"a":1}'), entry('__main__.py', 'boot()\n')]
  const bytes = await zipOf(files, { prefix: utf8('#!/usr/bin/env python3\n') })
  const { parts, size, info, main, shebang } = await mapPex(bytesAsSource(bytes))
  expect(parts.map(({ kind, name, files: count }) => [kind, name, count])).toEqual([
    ['shebang', 'shebang', 0],
    ['metadata', 'zip directory', 0],
    ['runtime', 'PEX runtime', 3],
    ['dependencies', 'requests 2.34.2', 1],
    ['code', 'app/', 2],
    ['code', 'z.py', 1],
    ['metadata', 'PEX-INFO', 1],
    ['runtime', '__main__.py', 1],
  ])
  expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(size)
  expect([size, info, main, shebang]).toEqual([bytes.length, '{\n  "a": 1\n}', 'boot()\n', '#!/usr/bin/env python3'])
})

test('an archive that is no PEX has its __main__.py as code', async () => {
  const { parts, info } = await mapPex(bytesAsSource(await zipOf([{ name: '__main__.py', data: utf8('1') }])))
  expect(parts.map(({ kind, name }) => [kind, name])).toEqual([['code', '__main__.py'], ['metadata', 'zip directory']])
  expect(info).toBeUndefined()
})
