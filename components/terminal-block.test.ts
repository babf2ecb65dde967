import { expect, test } from 'vitest'
import { parseTranscript } from '../engine/transcript/parse-transcript.ts'
import { decodeBlock, encodeBlock, type TerminalBlock } from './terminal-block.ts'

const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const block = (fileBytes: Uint8Array): TerminalBlock => ({
  options: { static: false, bare: false, fixture: 'main' },
  transcript: parseTranscript('$ echo "Größe"\nGröße'),
  lines: ['<span>$</span>', '<span>Größe</span>'],
  columns: 80,
  rows: 3,
  directory: '/home/user/demo',
  fixture: { name: 'main', directory: '/home/user/demo', files: [{ path: 'a.bin', bytes: fileBytes, mode: 0o755, mtime: 0 }] },
  stills: [{ entries: [], bytes: 'AAEC' }, {}],
})

test.each([['plain bytes', bytes], ['what Node reads from a disk', Buffer.from(bytes)]])('a block comes back as it was: %s', (_name, fileBytes) => {
  const encoded = encodeBlock(block(fileBytes))
  expect(encoded).toMatch(/^[A-Za-z0-9+/=]+$/)
  expect(decodeBlock(encoded)).toEqual(block(bytes))
})
