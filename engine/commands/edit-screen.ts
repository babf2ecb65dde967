import { textWidth } from '../shell/line-editor/graphemes.ts'
import type { EditBuffer } from './edit-buffer.ts'

export interface EditLook {
  rows: number
  columns: number
  name: string
  /** The first row of the text that is shown. */
  top: number
  /** The line above the keys: a message, or a question with what is typed so far. */
  message: string
  /** The cursor stands behind the message. */
  asking: boolean
}

/** Rows that are no text: the title, the message, the keys. */
export const FRAME = 3
const keys = '^O Save  ^X Exit  ^F Search  ^K Cut  ^U Paste  ^C Where'

/** The control sequences that draw the editor's whole screen. A line that is too long is shown from where the cursor needs it. */
export function editScreen(buffer: EditBuffer, look: EditLook): string {
  const { rows, columns } = look
  const at = (row: number, column: number) => `\x1b[${row + 1};${column + 1}H`
  const bar = (text: string) => `\x1b[7m${text.slice(0, columns).padEnd(columns)}\x1b[27m`
  const title = `  ${look.name || 'New Buffer'}${buffer.modified ? '  (modified)' : ''}`
  const cursor = cells(buffer.lines[buffer.row]?.slice(0, buffer.column) ?? []).length
  const from = cursor < columns ? 0 : cursor - (cursor % (columns - 1))
  let screen = `\x1b[?25l${at(0, 0)}${bar(title)}`
  for (let index = 0; index < rows - FRAME; index++) {
    const row = look.top + index
    const shown = cells(buffer.lines[row] ?? []).slice(row === buffer.row ? from : 0)
    screen += `${at(index + 1, 0)}${shown.slice(0, columns).join('')}\x1b[K`
  }
  screen += `${at(rows - 2, 0)}${look.message.slice(0, columns)}\x1b[K${at(rows - 1, 0)}${bar(keys)}`
  return `${screen}${look.asking ? at(rows - 2, look.message.length) : at(buffer.row - look.top + 1, cursor - from)}\x1b[?25h`
}

/** One entry a column of the terminal: a wide character's second is empty. */
function cells(characters: readonly string[]): string[] {
  const found: string[] = []
  for (const character of characters) {
    if (character === '\t') found.push(...Array<string>(8 - (found.length % 8)).fill(' '))
    else if (character < ' ' || character === '\x7f') found.push('^', String.fromCharCode(character.charCodeAt(0) ^ 64))
    else if (textWidth(character) === 0 && found.length) found.push(`${found.pop()}${character}`)
    else found.push(character, ...Array<string>(Math.max(0, textWidth(character) - 1)).fill(''))
  }
  return found
}
