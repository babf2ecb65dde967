/** The deck's transcript blocks with the slides they are on, read as Slidev reads them. */
import { join } from 'node:path'
import { load } from '@slidev/parser/fs'
import { parseFenceOptions, type FenceOptions } from '../../engine/transcript/fence-options.ts'
import { parseTranscript } from '../../engine/transcript/parse-transcript.ts'
import type { Transcript } from '../../engine/transcript/transcript.ts'
import { root } from '../../scripts/root.ts'

export interface DeckBlock {
  /** Counted from 1, as in the deck's addresses. */
  slide: number
  options: FenceOptions
  transcript: Transcript
}

export interface Deck {
  slides: { number: number; title: string; content: string; note: string }[]
  blocks: DeckBlock[]
}

export async function readDeck(): Promise<Deck> {
  const { slides } = await load({ userRoot: root, roots: [root] }, join(root, 'slides.md'))
  const blocks: DeckBlock[] = []
  for (const [index, slide] of slides.entries())
    for (const [, info = '', source = ''] of slide.content.matchAll(/^```(terminal\b[^\n]*)\n([^]*?)^```$/gm))
      blocks.push({ slide: index + 1, options: parseFenceOptions(info), transcript: parseTranscript(source.replace(/\n$/, '')) })
  return { slides: slides.map((slide, index) => ({ number: index + 1, title: slide.title ?? '', content: slide.content, note: slide.note ?? '' })), blocks }
}
