import { defineCodeblockTransformer, defineTransformersSetup } from '@slidev/types'
import type { ThemedToken } from 'shiki'
import { encodeBlock } from '../components/terminal-block.ts'
import { carried, readBlock } from './read-block.ts'
import { stillBeside } from './still-beside.ts'

/** A fence called `terminal` is a transcript: it becomes the component that shows it, plays it and lets people take it over. */
const terminal = defineCodeblockTransformer(async ({ info, code, options: { userRoot, utils: { shiki, shikiOptions } } }) => {
  if (info.split(/\s/, 1)[0] !== 'terminal') return
  const block = await readBlock(userRoot, info, code)
  const { options, transcript, fixture } = block
  const { tokens } = await shiki.codeToTokens(transcript.text, { ...shikiOptions, lang: 'terminal' as never })
  const encoded = encodeBlock({
    ...block,
    lines: tokens.map(line => line.map(drawn).join('')),
    fixture: carried(fixture),
    stills: fixture && options.beside ? await stillBeside(fixture, transcript.steps, options.beside) : [],
  })
  return `<TranscriptTerminal block="${encoded}" />`
})

function drawn(token: ThemedToken): string {
  const style = Object.entries(token.htmlStyle ?? {}).map(([property, value]) => `${property}:${value}`).join(';')
  return `<span style="${style}">${token.content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</span>`
}

export default defineTransformersSetup(() => ({ codeblocks: [terminal] }))
