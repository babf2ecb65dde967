import { expect, test } from 'vitest'
import { textWidth } from '../engine/shell/line-editor/graphemes.ts'
import { characterWidths } from './character-widths.ts'

/** Columns as xterm adds them up: what joins changes the width of the cell before it. */
function columns(text: string): number {
  let sum = 0
  let before = 0
  for (const character of text) {
    const now = characterWidths.charProperties(character.codePointAt(0)!, before)
    sum += (now >> 1 & 3) - (now & 1 ? before >> 1 & 3 : 0)
    before = now
  }
  return sum
}

test.each([
  ['plain', 5],
  ['done! ✨ 🌟 ✨', 14],
  ['名前.txt', 8],
  ['cafe\u0301', 4],
  ['\u2764\ufe0f!', 3],
  ['👩\u200d💻 👍🏽', 5],
])('%s takes %i columns on the screen, as the line editor has it', (text, width) => {
  expect(columns(text)).toBe(width)
  expect(textWidth(text)).toBe(width)
})
