const quote = '"'

/**
 * The rows of a text in the dialect that Python's `csv` calls "excel", the text opened with `newline=''`: fields apart by
 * commas, `""` inside quotes for a quote,
 * any of \n, \r and \r\n ends a row, an empty line is a row without fields. As lenient as Python: characters after a
 * closing quote join the field,
 * and a quote that is never closed ends with the text.
 */
export const parseCsv = (text: string): string[][] => {
  const rows: string[][] = []
  let at = 0
  while (at < text.length) {
    const row: string[] = []
    at = readRow(text, at, row)
    rows.push(row)
  }
  return rows
}

/** Puts the fields of the row that starts here into `row`. Returns where the next row starts. */
const readRow = (text: string, start: number, row: string[]): number => {
  let at = start
  if (isEnd(text, at)) return afterEnd(text, at)
  for (;;) {
    let field = ''
    if (text[at] === quote) {
      const closed = readQuoted(text, at + 1)
      field = closed.field
      at = closed.at
    }
    const end = unquotedEnd(text, at)
    row.push(field + text.slice(at, end))
    if (text[end] !== ',') return afterEnd(text, end)
    at = end + 1
  }
}

/** The field from behind its opening quote up to its closing one, and the place behind that. */
const readQuoted = (text: string, start: number): { field: string; at: number } => {
  let field = ''
  let at = start
  for (;;) {
    const close = text.indexOf(quote, at)
    if (close < 0) return { field: field + text.slice(at), at: text.length }
    field += text.slice(at, close)
    if (text[close + 1] !== quote) return { field, at: close + 1 }
    field += quote
    at = close + 2
  }
}

const unquotedEnd = (text: string, start: number): number => {
  let at = start
  while (text[at] !== ',' && !isEnd(text, at)) at += 1
  return at
}

const isEnd = (text: string, at: number) => at >= text.length || text[at] === '\n' || text[at] === '\r'

const afterEnd = (text: string, at: number) => at + (text.startsWith('\r\n', at) ? 2 : 1)

/**
 * A row as Python's `csv.writer` writes it with minimal quoting, its end included: quotes only where a field holds a
 * comma, a quote or an end of line.
 */
export const formatCsvRow = (row: readonly string[], endOfLine: string): string => {
  if (row.length === 1 && row[0] === '') return `""${endOfLine}`
  return row.map(field => (/[,"\r\n]/.test(field) ? `"${field.replaceAll(quote, '""')}"` : field)).join(',') + endOfLine
}
