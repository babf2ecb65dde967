import { bytesAsSource } from '../../engine/archive/byte-source.ts'
import { readZip } from '../../engine/archive/read-zip.ts'
import { writeZip } from '../../engine/archive/write-zip.ts'
import { ZipError } from '../../engine/archive/zip-error.ts'
import { portableDigests as digests } from '../../engine/install/digests.ts'
import { InstallError } from '../../engine/install/install-error.ts'
import { openWheel } from '../../engine/install/wheel.ts'
import { PackagingError } from '../../engine/packaging/packaging-error.ts'
import { describePex } from '../../engine/pex/describe-pex.ts'
import { PexError } from '../../engine/pex/pex-error.ts'
import { oddWheel, oddWheelName } from '../../test/support/odd-wheel.ts'
import { recordedArchives } from '../../test/support/recorded-archives.ts'
import type { FuzzTarget } from './fuzz-target.ts'

const zip = async (entries: Record<string, string>, head = ''): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [Buffer.from(head)]
  for await (const part of writeZip(Object.entries(entries).map(([name, text]) => ({ name, data: Buffer.from(text) })))) parts.push(part)
  return Buffer.concat(parts)
}

export const zips: FuzzTarget = {
  corpus: async () => recordedArchives.map(([, bytes]) => bytes).filter(bytes => bytes.length < 5000),
  async run(input) {
    const archive = await readZip(bytesAsSource(input))
    for (const entry of archive.entries) await archive.data(entry)
  },
  isRefusal: error => error instanceof ZipError,
}

export const wheels: FuzzTarget = {
  corpus: async () => [await oddWheel()],
  async run(input) {
    const wheel = await openWheel(oddWheelName, bytesAsSource(input))
    for (const name of ['METADATA', 'RECORD', 'entry_points.txt']) await wheel.read(`${wheel.prefix}.dist-info/${name}`)
  },
  isRefusal: error => error instanceof ZipError || error instanceof InstallError || error instanceof PackagingError,
}

const info = { build_properties: { pex_version: '2.100.7' }, code_hash: '0'.repeat(40), distributions: { 'a-1-py3-none-any.whl': '0'.repeat(64) }, entry_point: 'a:b', interpreter_constraints: ['CPython>=3.8'], requirements: ['a'] }

export const pexes: FuzzTarget = {
  corpus: async () => [
    await zip({ 'PEX-INFO': JSON.stringify(info), '__main__.py': 'import a\n', '.bootstrap/pex/version.py': "__version__ = '2.100.7'\n", '.deps/a-1-py3-none-any.whl/a.py': '' }, '#!/usr/bin/env python3\n'),
    await zip({ 'PEX-INFO': '{}', '__main__.py': '' }),
  ],
  words: ['PEX-INFO', '.deps/', '.bootstrap/', '{', '}', 'null', '"'],
  run: input => describePex({ name: 'x.pex', file: bytesAsSource(input) }, digests),
  isRefusal: error => error instanceof ZipError || error instanceof PexError,
}
