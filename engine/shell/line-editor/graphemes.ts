/** What a person sees as one character, and the columns it takes on a terminal (UAX #29, UAX #11). */
import { eastAsianWidth } from 'get-east-asian-width'

let segmenter: Intl.Segmenter | undefined

/** The segmenter's rules take milliseconds to load: not before a text needs them. */
const segmentsOf = (text: string) => (segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })).segment(text)

export const graphemes = (text: string): string[] =>
  /^[\x20-\x7e]*$/.test(text) ? [...text] : [...segmentsOf(text)].map(({ segment }) => segment)

/** Index of the grapheme that ends at `index`. */
export function previous(text: string, index: number): number {
  return index - (graphemes(text.slice(0, index)).at(-1)?.length ?? 0)
}

/** Index behind the grapheme that starts at `index`. */
export function next(text: string, index: number): number {
  return index + (graphemes(text.slice(index))[0]?.length ?? 0)
}

/** Columns of one grapheme. */
export function widthOf(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0
  if (code < 0x7f) return 1
  if (/^\p{Mark}|^\p{Cf}/u.test(grapheme)) return 0
  if (/\ufe0f|^\p{Emoji_Presentation}/u.test(grapheme)) return 2
  return eastAsianWidth(code)
}

export const textWidth = (text: string) => graphemes(text).reduce((sum, grapheme) => sum + widthOf(grapheme), 0)
