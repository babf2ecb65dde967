import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCommand } from '../../test/support/machine.ts'
import { readRecording } from '../../test/support/replay.ts'
import { file } from './file.ts'
import { recognizeZip } from './recognize-zip.ts'

const { files } = readRecording(readFileSync(new URL('../../test/recorded/file-commands.json', import.meta.url), 'utf8'))
const bytesOf = (name: string) => (files[name] as { bytes: Uint8Array }).bytes

// Not replayed: file 5.44 says "last modified" twice here, and gets the day of the week wrong.
test('an archive behind a shebang, with offsets that count it, is told by its directory', () => {
  expect(recognizeZip(bytesOf('app.pyz'))?.text).toBe(
    'Zip archive data, made by v2.0 UNIX, extract using at least v2.0, last modified Thu, Sep 26 2024 14:00:00, uncompressed size 2, method=store',
  )
})
test('every cut of an archive is answered', () => {
  const bytes = bytesOf('app.pyz')
  for (let length = 0; length < bytes.length; length++) expect(recognizeZip(bytes.slice(0, length))).toBeUndefined()
})

// Recorded of file 5.44, but for what is said above: it takes a megabyte of a file, and an archive's end from where it is.
test('an archive of more than file takes at once is told by its end', async () => {
  const app = bytesOf('app.pyz')
  const entry = app.length - 22 - new DataView(app.buffer, app.byteOffset).getUint32(app.length - 6, true)
  const large = (shebang: string) => {
    const bytes = new Uint8Array(1_500_000 + app.length)
    bytes.set(new TextEncoder().encode(shebang))
    bytes.set(app, 1_500_000)
    new DataView(bytes.buffer).setUint32(bytes.length - 6, bytes.length - 22 - entry, true)
    return bytes
  }
  const answer = async (bytes: Uint8Array) => (await runCommand({ file }, ['file', '-b', 'x'], { files: { x: { bytes } } })).stdout
  expect(await answer(large('#!/usr/bin/env python3\n'))).toMatch(/^Zip archive data, made by v2\.0 UNIX, extract using at least v2\.0, /)
  expect(await answer(large('#!/bin/sh\n'))).toBe('POSIX shell script executable (binary data)\n')
  expect(await answer(new Uint8Array(1_500_000))).toBe('data\n')
})
