import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FULL_COLUMNS, rowsOf, SPLIT_COLUMNS, type TerminalBlock } from '../components/terminal-block.ts'
import { readFixture } from '../components/read-fixture.ts'
import type { Fixture } from '../engine/host/session.ts'
import { parseFenceOptions } from '../engine/transcript/fence-options.ts'
import { parseTranscript } from '../engine/transcript/parse-transcript.ts'

/** What a fence called `terminal` says, with its fixture, before anything is drawn or played. */
export async function readBlock(root: string, info: string, code: string): Promise<Omit<TerminalBlock, 'lines' | 'stills'>> {
  const options = parseFenceOptions(info)
  const transcript = parseTranscript(code)
  const columns = options.columns ?? (options.beside ? SPLIT_COLUMNS : FULL_COLUMNS)
  const fixture = options.fixture === undefined ? undefined : await readFixture(options.fixture, fromDisk(root, options.fixture))
  return {
    options,
    transcript,
    columns,
    fixture,
    directory: options.cwd ?? fixture?.directory ?? '/home/user/demo',
    rows: options.rows ?? (options.bare ? rowsOf(transcript.text, columns) - 1 : rowsOf(transcript.text, columns)),
  }
}

/** Bytes of a fixture's files that a block may carry. */
const INLINE = 16 * 1024

/** The fixture where it is small: others are fetched. */
export function carried(fixture: Fixture | undefined): Fixture | undefined {
  const size = fixture?.files.reduce((size, { bytes }) => size + bytes.length, 0) ?? 0
  return size <= INLINE ? fixture : undefined
}

const fromDisk = (root: string, fixture: string) => (path: string) => readFile(join(root, 'public', 'demos', fixture, path))
