import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRecording } from '../../test/support/replay.ts'
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
