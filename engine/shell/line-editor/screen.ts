/**
 * Draws the edited line: wraps it at the window's width, and sends only what differs from what is on the screen. Pure: it returns the
 * bytes' text, for a terminal whose output mode turns a newline into a new line's start (ONLCR). The row of the prompt is where it
 * started; it never asks the terminal where the cursor is.
 */
import { graphemes, widthOf } from './graphemes.ts'
import type { View } from './line-editor.ts'

interface Cell {
  text: string
  width: number
  inverse: boolean
}

interface Layout {
  rows: Cell[][]
  /** True where a row ends in a newline, not by wrapping. */
  broken: boolean[]
  cursor: { row: number; column: number }
}

export interface Screen {
  /** Brings the screen from what it shows to this. */
  draw(view: View): string
  /** The cursor to behind the last row: what comes next stands on a line of its own. */
  leave(): string
  /** Everything anew, on an empty screen (`clear`) or on a new line below what has been printed. */
  redraw(view: View, clear: boolean): string
  /** The window has another width; the terminal has wrapped what it shows in its own way. */
  resize(columns: number, view: View): string
}

/** Escape sequences and what stands between \[ and \] take no columns. */
const invisible = /\x01[^\x02]*\x02|\x1b\[[\d;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g

const widthOfRow = (cells: Cell[]) => cells.reduce((sum, { width }) => sum + width, 0)

/** `prompt` as it is printed; `\x01` and `\x02` enclose what takes no columns. Only its last line is part of the drawing. */
export function createScreen(prompt: string, initialColumns: number): Screen {
  const lines = prompt.split('\n')
  const lastLine = lines.at(-1) ?? ''
  const printed = (text: string) => text.replace(/[\x01\x02]/g, '')
  let columns = initialColumns
  let shown: Layout | undefined
  let shownPrompt: string | undefined

  function layout(view: View): Layout {
    const rows: Cell[][] = [[]]
    const broken: boolean[] = []
    let column = 0
    let cursor = { row: 0, column: 0 }
    const wrap = () => {
      rows.push([])
      column = 0
    }
    const put = (text: string, inverse: boolean) => {
      const width = widthOf(text)
      if (column + width > columns) wrap()
      const row = rows.at(-1)!
      // A mark of its own joins the cell before it.
      if (width === 0 && row.length) row.at(-1)!.text += text
      else row.push({ text, width, inverse })
      column += width
    }
    for (const grapheme of graphemes((view.prompt ?? lastLine).replace(invisible, ''))) put(grapheme, false)
    let at = 0
    const mark = () => {
      if (at !== view.cursor) return
      cursor = column >= columns ? { row: rows.length, column: 0 } : { row: rows.length - 1, column }
    }
    for (const grapheme of graphemes(view.text)) {
      mark()
      const inverse = view.highlight !== undefined && at >= view.highlight.start && at < view.highlight.end
      const code = grapheme.charCodeAt(0)
      if (grapheme === '\n') {
        broken[rows.length - 1] = true
        wrap()
      } else if (grapheme === '\t') for (let i = 8 - (column % 8); i > 0; i--) put(' ', inverse)
      else if (code < 0x20 || code === 0x7f) for (const character of `^${String.fromCharCode(code ^ 0x40)}`) put(character, inverse)
      else put(grapheme, inverse)
      at += grapheme.length
    }
    mark()
    if (cursor.row === rows.length) rows.push([])
    return { rows, broken, cursor }
  }

  const move = (from: { row: number; column: number }, to: { row: number; column: number }) => {
    if (from.row === to.row && from.column === to.column) return ''
    const down = to.row - from.row
    const vertical = down > 0 ? `\x1b[${down === 1 ? '' : down}B` : down < 0 ? `\x1b[${down === -1 ? '' : -down}A` : ''
    if (to.column === 0) return `${vertical}\r`
    const by = to.column - from.column
    // From the last column a terminal may hold a wrap back: only a carriage return is sure.
    if (from.column >= columns || Math.abs(by) > to.column) return `${vertical}\r\x1b[${to.column === 1 ? '' : to.column}C`
    if (by === 0) return vertical
    return vertical + (by < 0 ? (by > -4 ? '\b'.repeat(-by) : `\x1b[${-by}D`) : `\x1b[${by === 1 ? '' : by}C`)
  }

  /** Writes rows from a place on; returns the text and where the cursor is then. */
  function write({ rows, broken }: Layout, row: number, cell: number) {
    let out = ''
    let inverse = false
    let place = { row, column: 0 }
    for (let y = row; y < rows.length; y++) {
      const cells = rows[y] ?? []
      for (const each of cells.slice(y === row ? cell : 0)) {
        if (each.inverse !== inverse) out += each.inverse ? '\x1b[7m' : '\x1b[27m'
        inverse = each.inverse
        out += each.text
      }
      const column = widthOfRow(cells)
      place = { row: y, column }
      if (y === rows.length - 1) break
      // A full row wraps when the next character comes; a blank and a return make it come now.
      if (broken[y]) out += '\x1b[K\n'
      else if (rows[y + 1]?.length === 0) out += ' \r'
      else if (column < columns) out += '\x1b[K\n'
    }
    return { out: inverse ? `${out}\x1b[27m` : out, place }
  }

  const same = (a: Cell | undefined, b: Cell | undefined) => a?.text === b?.text && a?.inverse === b?.inverse

  function drawAll(view: View): string {
    const wanted = layout(view)
    const promptCells = graphemes((view.prompt ?? lastLine).replace(invisible, '')).length
    let skip = promptCells
    let row = 0
    while (row < wanted.rows.length - 1 && skip > wanted.rows[row]!.length) skip -= wanted.rows[row++]!.length
    const { out, place } = write(wanted, row, skip)
    shown = wanted
    shownPrompt = view.prompt
    return printed(view.prompt ?? lastLine) + out + move(place, wanted.cursor)
  }

  function draw(view: View): string {
    if (!shown) return `${lines.slice(0, -1).map((line) => `${printed(line)}\n`).join('')}${drawAll(view)}`
    if (view.prompt !== shownPrompt && (view.prompt === undefined || shownPrompt === undefined)) {
      const back = move(shown.cursor, { row: 0, column: 0 })
      return `${back}\x1b[J${drawAll(view)}`
    }
    const before = shown
    const wanted = layout(view)
    const sameRow = (y: number) => {
      const [now = [], then = []] = [wanted.rows[y], before.rows[y]]
      return before.broken[y] === wanted.broken[y] && now.length === then.length && now.every((cell, x) => same(cell, then[x]))
    }
    let row = 0
    while (row < wanted.rows.length && row < before.rows.length && sameRow(row)) row++
    shown = wanted
    shownPrompt = view.prompt
    if (row === wanted.rows.length && row === before.rows.length) return move(before.cursor, wanted.cursor)
    if (row === wanted.rows.length) {
      const { column } = wanted.cursor
      const last = wanted.rows.length
      return `${move(before.cursor, { row: last, column: 0 })}\x1b[J${move({ row: last, column: 0 }, { row: wanted.cursor.row, column })}`
    }
    const [old = [], fresh = []] = [before.rows[row], wanted.rows[row]]
    let cell = 0
    while (cell < old.length && cell < fresh.length && same(old[cell], fresh[cell])) cell++
    // A row that did not exist is reached by writing over the end of the one above.
    if (row >= before.rows.length && row > 0) {
      row--
      cell = wanted.rows[row]!.length
    }
    const column = widthOfRow(wanted.rows[row]!.slice(0, cell))
    const atEdge = column >= columns && cell > 0
    if (atEdge) cell--
    const start = atEdge ? column - wanted.rows[row]![cell]!.width : column
    const { out, place } = write(wanted, row, cell)
    const shorter = before.rows.length > wanted.rows.length || widthOfRow(old) > widthOfRow(fresh) || before.rows.length > row + 1
    const written = move(before.cursor, { row, column: start }) + out
    if (!shorter) return written + move(place, wanted.cursor)
    if (place.column < columns) return `${written}\x1b[J${move(place, wanted.cursor)}`
    // Behind a full row there is nothing to erase but the rows below; erasing where a wrap is held back would take its last character.
    if (before.rows.length <= place.row + 1) return written + move(place, wanted.cursor)
    return `${written}\r\x1b[B\x1b[J${move({ row: place.row + 1, column: 0 }, wanted.cursor)}`
  }

  return {
    draw,
    leave: () => (shown ? move(shown.cursor, { row: shown.rows.length - 1, column: widthOfRow(shown.rows.at(-1) ?? []) }) : ''),
    redraw(view, clear) {
      shown = undefined
      return (clear ? '\x1b[H\x1b[2J' : '') + draw(view)
    },
    resize(wanted, view) {
      columns = wanted
      const { row } = layout(view).cursor
      return `${row ? `\x1b[${row}A` : ''}\r\x1b[J${drawAll(view)}`
    },
  }
}
