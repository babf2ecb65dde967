/** One cell of a listing: its text, and how many columns of the screen it takes (colours take none). */
export interface Cell {
  text: string
  width: number
}

const between = 2
const narrowest = 3
const tab = 8

/**
 * Cells in columns, as `ls -C` (down) or `ls -x` (across): as many columns as fit in `width` characters (0: no limit), each as wide as its
 * widest cell. The gaps are made of tabs where `tabs`, as ls does on a terminal without colours. Ends in a newline.
 */
export function arrangeColumns(cells: readonly Cell[], width: number, options: { across: boolean; tabs: boolean }): string {
  if (!cells.length) return ''
  const most = width === 0 ? cells.length : Math.min(cells.length, Math.max(1, Math.floor(width / narrowest)))
  let widths: number[] = []
  for (let columns = most; columns >= 1; columns--) {
    const rows = Math.ceil(cells.length / columns)
    widths = new Array<number>(columns).fill(narrowest)
    cells.forEach((cell, at) => {
      const column = options.across ? at % columns : Math.floor(at / rows)
      const needed = cell.width + (column === columns - 1 ? 0 : between)
      widths[column] = Math.max(widths[column] ?? 0, needed)
    })
    if (width === 0 || columns === 1 || widths.reduce((sum, one) => sum + one, 0) < width) break
  }
  const columns = widths.length
  const rows = Math.ceil(cells.length / columns)
  const lines: string[] = []
  for (let row = 0; row < rows; row++) {
    let line = ''
    let at = 0
    let start = 0
    for (let column = 0; column < columns; column++) {
      const cell = cells[options.across ? row * columns + column : column * rows + row]
      if (!cell) break
      line += gap(at, start, options.tabs) + cell.text
      at = start + cell.width
      start += widths[column] ?? 0
    }
    lines.push(line)
  }
  return `${lines.join('\n')}\n`
}

/** From screen column `from` to `to`. */
function gap(from: number, to: number, tabs: boolean): string {
  let text = ''
  for (let at = from; at < to; ) {
    if (tabs && Math.floor(to / tab) > Math.floor((at + 1) / tab)) {
      text += '\t'
      at += tab - (at % tab)
    } else {
      text += ' '
      at++
    }
  }
  return text
}

/** Cells with commas between them, as `ls -m`. */
export function joinWithCommas(cells: readonly Cell[], width: number): string {
  let text = ''
  let at = 0
  cells.forEach((cell, index) => {
    if (index > 0) {
      const fits = width === 0 || at + cell.width + between < width
      text += fits ? ', ' : ',\n'
      at = fits ? at + between : 0
    }
    text += cell.text
    at += cell.width
  })
  return cells.length ? `${text}\n` : ''
}
