/** What a pager shows: pure functions from lines and a position to the text of a screen. */

export interface PagerLook {
  rows: number
  columns: number
  /** Cut long lines, do not fold them. */
  chop: boolean
  numbers: boolean
  /** Let colour sequences through; other control characters are shown as ^X in any case. */
  colors: boolean
  highlight: RegExp | undefined
}

/** Overstruck text, as a printing terminal would show bold and underlined: what man and pydoc write. */
const bold = /(?:([^\b])[\b]\1)+/u
const underlined = /(?:_[\b][^\b])+/u
const controls = new RegExp(`${bold.source}|${underlined.source}|${/\x1b\[[0-9;:]*m|[\x00-\x08\x0b-\x1f\x7f]/.source}`, 'gu')
const colorSequence = /^\x1b\[[0-9;:]*m$/

/** A line of a file as rows of the screen, each with at most `columns` characters besides colour sequences. */
export function screenRows(line: string, number: number, look: PagerLook): string[] {
  const front = look.numbers ? `${String(number).padStart(7)} ` : ''
  const visible = expandTabs(line).replace(controls, (one) => {
    if (one.includes('\b') && one.length > 1) {
      const text = one.replace(/[^\b][\b]/gu, '')
      return one.startsWith('_') && !one.startsWith('_\b_') ? `\x1b[4m${text}\x1b[24m` : `\x1b[1m${text}\x1b[22m`
    }
    if (colorSequence.test(one)) return look.colors ? one : `ESC${one.slice(1)}`
    return one === '\x1b' ? 'ESC' : one === '\x7f' ? '^?' : `^${String.fromCharCode(one.charCodeAt(0) + 64)}`
  })
  const marked = look.highlight ? visible.replace(look.highlight, (found) => (found ? `\x1b[7m${found}\x1b[27m` : '')) : visible
  const rows = fold(front + marked, look.columns)
  return look.chop ? rows.slice(0, 1) : rows
}

function expandTabs(line: string): string {
  let text = ''
  let column = 0
  for (const char of line) {
    const shown = char === '\t' ? ' '.repeat(8 - (column % 8)) : char
    text += shown
    column += shown.length
  }
  return text
}

function fold(text: string, columns: number): string[] {
  const rows: string[] = []
  let row = ''
  let width = 0
  for (const [part] of text.matchAll(/\x1b\[[0-9;:]*m|[^]/gu)) {
    if (part.length > 1 && part.startsWith('\x1b')) {
      row += part
      continue
    }
    if (width === columns) {
      rows.push(row)
      row = ''
      width = 0
    }
    row += part
    width++
  }
  return [...rows, row]
}
