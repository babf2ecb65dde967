import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineCodeblockTransformer, defineTransformersSetup } from '@slidev/types'
import type { ThemedToken } from 'shiki'
import { encodeBlock, FULL_COLUMNS, rowsOf, SPLIT_COLUMNS } from '../components/terminal-block.ts'
import { readFixture } from '../components/read-fixture.ts'
import type { Fixture } from '../engine/host/session.ts'
import { parseFenceOptions } from '../engine/transcript/fence-options.ts'
import { parseTranscript } from '../engine/transcript/parse-transcript.ts'
import { stillBeside } from './still-beside.ts'

/** A fence called `terminal` is a transcript: it becomes the component that shows it, plays it and lets people take it over. */
const terminal = defineCodeblockTransformer(async ({ info, code, options: { userRoot, utils: { shiki, shikiOptions } } }) => {
  if (info.split(/\s/, 1)[0] !== 'terminal') return
  const options = parseFenceOptions(info)
  const transcript = parseTranscript(code)
  const columns = options.columns ?? (options.beside ? SPLIT_COLUMNS : FULL_COLUMNS)
  const { tokens } = await shiki.codeToTokens(transcript.text, { ...shikiOptions, lang: 'terminal' as never })
  const fixture = options.fixture === undefined ? undefined : await readFixture(options.fixture, fromDisk(userRoot, options.fixture))
  const stills = fixture && options.beside ? await stillBeside(fixture, transcript.steps, options.beside) : []
  const block = encodeBlock({
    options,
    transcript,
    lines: tokens.map(line => line.map(drawn).join('')),
    columns,
    fixture: fixture && sizeOf(fixture) <= INLINE ? fixture : undefined,
    directory: options.cwd ?? fixture?.directory ?? '/home/user/demo',
    stills,
    rows: options.rows ?? (options.bare ? rowsOf(transcript.text, columns) - 1 : rowsOf(transcript.text, columns)),
  })
  return `<TranscriptTerminal block="${block}" />`
})

/** Bytes of a fixture's files that a block may carry. */
const INLINE = 16 * 1024
const sizeOf = ({ files }: Fixture) => files.reduce((size, { bytes }) => size + bytes.length, 0)

const fromDisk = (root: string, fixture: string) => (path: string) => readFile(join(root, 'public', 'demos', fixture, path))

function drawn(token: ThemedToken): string {
  const style = Object.entries(token.htmlStyle ?? {}).map(([property, value]) => `${property}:${value}`).join(';')
  return `<span style="${style}">${token.content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</span>`
}

export default defineTransformersSetup(() => ({ codeblocks: [terminal] }))
