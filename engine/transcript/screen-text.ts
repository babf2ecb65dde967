import { eastAsianWidth } from 'get-east-asian-width'

/** Rows and columns that a program may jump to: a real screen has an edge, too. */
const FARTHEST = 1000

/**
 * The plain text that terminal output leaves on an endless sheet: what a reader would copy from the screen. Understands the control
 * functions of ECMA-48 that line editors and progress bars use: CR, LF, BS, HT, cursor moves, erasing, inserting and deleting
 * characters. Colours, titles, marks (OSC) and everything else leave nothing. A line feed goes to the start of the next line, so output
 * that never passed a terminal reads the same. Lines don't wrap; blanks at their ends are dropped, as are blank lines at the end.
 */
export const screenText = (output: Uint8Array | string): string => {
  const text = typeof output === 'string' ? output : new TextDecoder().decode(output)
  /** A cell is a character with its combining marks; what follows a wide one is ''. */
  let lines: string[][] = [[]]
  let row = 0
  let column = 0

  const line = () => {
    while (lines.length <= row) lines.push([])
    const cells = lines[row]!
    while (cells.length < column) cells.push(' ')
    return cells
  }
  const print = (character: string) => {
    if (/^[\p{M}\u200d]/u.test(character)) {
      const cells = line()
      const at = cells[column - 1] === '' ? column - 2 : column - 1
      if (at >= 0) cells[at] += character
      return
    }
    line()[column++] = character
    if (eastAsianWidth(character.codePointAt(0)!) === 2) line()[column++] = ''
  }

  const control: Record<string, () => void> = {
    '\r': () => (column = 0),
    '\n': () => {
      row++
      column = 0
    },
    '\b': () => (column = Math.max(0, column - 1)),
    '\t': () => (column = (Math.floor(column / 8) + 1) * 8),
    '\x0b': () => row++,
    '\x0c': () => row++,
  }
  const sequence = (final: string, parameters: number[]) => {
    const first = parameters[0] ?? 0
    const count = Math.min(Math.max(1, first), FARTHEST)
    switch (final) {
      case 'A': row = Math.max(0, row - count); break
      case 'B': row = Math.max(row, Math.min(row + count, FARTHEST)); break
      case 'C': column = Math.max(column, Math.min(column + count, FARTHEST)); break
      case 'D': column = Math.max(0, column - count); break
      case 'G': column = count - 1; break
      case 'H':
      case 'f':
        row = count - 1
        column = Math.min(Math.max(1, parameters[1] ?? 1), FARTHEST) - 1
        break
      case 'J':
        if (first === 0) {
          line().length = column
          lines.length = row + 1
        } else if (first === 1) {
          for (let above = 0; above < row; above++) lines[above] = []
          line().fill(' ', 0, column + 1)
        } else {
          lines = [[]]
        }
        break
      case 'K':
        if (first === 0) line().length = column
        else if (first === 1) line().fill(' ', 0, column + 1)
        else line().length = 0
        break
      case 'P': line().splice(column, count); break
      case '@': line().splice(column, 0, ...new Array<string>(count).fill(' ')); break
      case 'X': line().fill(' ', column, column + count); break
    }
  }

  for (const [token, parameters, final] of text.matchAll(tokens)) {
    if (final !== undefined) {
      // A private sequence (`ESC [ ?`) sets a mode and prints nothing.
      if (!/^[<-?]/.test(parameters ?? '')) sequence(final, (parameters ?? '').split(/[;:]/).map(Number))
    } else if (token === '\x1bc') {
      lines = [[]]
      row = 0
      column = 0
    } else if (token in control) {
      control[token]!()
    } else if (/^[ -~]/.test(token)) {
      const cells = line()
      for (const character of token) cells[column++] = character
    } else if (!/^[\x00-\x1f\x7f-\x9f]/.test(token)) {
      print(token)
    }
  }
  const rows = lines.map(cells => cells.join('').trimEnd())
  while (rows.at(-1) === '') rows.pop()
  return rows.join('\n')
}

/** A control sequence (parameters, intermediates, final), a string (OSC, DCS, APC, PM, SOS), another escape sequence, or text. */
const tokens =
  /[ -~]+|\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_][^]*?(?:\x07|\x1b\\|$)|\x1b[ -/]*[0-~]|[^]/gu
