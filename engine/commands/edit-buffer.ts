/** A text that is edited: lines of characters, and a cursor between two of them. Columns count characters, from 0. */
export interface EditBuffer {
  readonly lines: readonly (readonly string[])[]
  readonly row: number
  readonly column: number
  /** Something changed since the text was read or `saved` was called. */
  readonly modified: boolean
  /** The file's content: every line ends in a newline. */
  text(): string
  saved(): void
  /** At the cursor; newlines in it break lines. */
  insert(text: string): void
  /** The character before the cursor, or the line's end before it. */
  backspace(): void
  /** The character at the cursor, or the line's end there. */
  delete(): void
  /** Characters to the right, beyond a line's end into the next. */
  moveBy(characters: number): void
  /** Rows down; the column stays where the line is long enough. */
  moveRows(rows: number): void
  moveToColumn(column: number): void
  moveTo(row: number, column: number): void
  /** Takes the cursor's line out; lines that are cut one after the other are kept together. */
  cut(): void
  /** Puts in what was cut last. */
  paste(): void
  /** To the next occurrence behind the cursor, from the start again at the end; false where there is none. */
  find(words: string): boolean
}

export function createEditBuffer(content: string): EditBuffer {
  const lines = content.replace(/\n$/, '').split('\n').map((line) => [...line])
  let row = 0
  let column = 0
  let modified = false
  let kept: string[][] = []
  /** Where the last line was cut, while nothing else has been done. */
  let cutting: number | undefined
  const line = () => lines[row] ?? []

  function moveTo(toRow: number, toColumn: number) {
    row = Math.max(0, Math.min(toRow, lines.length - 1))
    column = Math.max(0, Math.min(toColumn, line().length))
    cutting = undefined
  }

  function changed() {
    modified = true
    cutting = undefined
  }

  function insert(text: string) {
    const parts = text.split('\n').map((part) => [...part])
    const rest = line().splice(column)
    line().push(...(parts[0] ?? []))
    lines.splice(row + 1, 0, ...parts.slice(1))
    moveTo(row + parts.length - 1, Infinity)
    line().push(...rest)
    changed()
  }

  function remove() {
    if (column < line().length) line().splice(column, 1)
    else if (row < lines.length - 1) line().push(...(lines.splice(row + 1, 1)[0] ?? []))
    else return
    changed()
  }

  function moveBy(characters: number) {
    if (characters < 0 && column === 0 && row > 0) moveTo(row - 1, Infinity)
    else if (characters > 0 && column === line().length && row < lines.length - 1) moveTo(row + 1, 0)
    else moveTo(row, column + characters)
  }

  return {
    lines,
    get row() { return row },
    get column() { return column },
    get modified() { return modified },
    text: () => lines.length === 1 && !line().length ? '' : lines.map((each) => `${each.join('')}\n`).join(''),
    saved: () => { modified = false },
    insert,
    backspace() {
      if (row === 0 && column === 0) return
      moveBy(-1)
      remove()
    },
    delete: remove,
    moveBy,
    moveRows: (rows) => moveTo(row + rows, column),
    moveToColumn: (to) => moveTo(row, to),
    moveTo,
    cut() {
      const before = cutting === row ? kept : []
      kept = [...before, ...lines.splice(row, 1)]
      if (!lines.length) lines.push([])
      moveTo(row, 0)
      changed()
      cutting = row
    },
    paste() {
      if (!kept.length) return
      lines.splice(row, 0, ...kept.map((each) => [...each]))
      moveTo(row + kept.length, 0)
      changed()
    },
    find(words) {
      for (let step = 0; step <= lines.length; step++) {
        const at = (row + step) % lines.length
        const found = (lines[at] ?? []).join('').indexOf(words, step === 0 ? [...line()].slice(0, column + 1).join('').length : 0)
        if (found < 0) continue
        moveTo(at, [...(lines[at] ?? []).join('').slice(0, found)].length)
        return true
      }
      return false
    },
  }
}
