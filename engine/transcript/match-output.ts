/**
 * Compares a step's expected output with what was printed. `...` matches any text within its line, a line that is only `...` any number
 * of lines (doctest's ELLIPSIS, kept within lines). Blanks at the ends of lines and blank lines at the end don't count: a page strips them.
 * Returns undefined where they match, else both as one text, lines marked `-` (expected, not printed), `+` (printed, not expected).
 */
export const matchOutput = (expected: string, actual: string): string | undefined => {
  const wanted = trimmedLines(expected)
  const got = trimmedLines(actual)
  if (matches(wanted, got)) return undefined
  return difference(wanted, got).join('\n')
}

const ELLIPSIS = '...'
/** Lines of each side that a difference looks at: it grows with their product. */
const MOST_LINES = 400

const trimmedLines = (text: string): string[] => {
  const lines = text.split(/\r?\n/).map(line => line.trimEnd())
  while (lines.at(-1) === '') lines.pop()
  return lines
}

const matchesLine = (expected: string, actual: string): boolean => {
  const pieces = expected.split(ELLIPSIS)
  if (pieces.length === 1) return expected === actual
  const first = pieces.shift()!
  const last = pieces.pop()!
  if (!actual.startsWith(first) || !actual.endsWith(last)) return false
  let at = first.length
  for (const piece of pieces) {
    const found = actual.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= actual.length - last.length
}

const matches = (expected: string[], actual: string[]): boolean => {
  // Whether the first i expected lines match the actual lines read so far: one row of the table at a time.
  let row = [true, ...expected.map((_, i) => expected.slice(0, i + 1).every(line => line === ELLIPSIS))]
  for (const line of actual) {
    const next = [false]
    expected.forEach((wanted, i) => next.push(wanted === ELLIPSIS ? next[i]! || row[i + 1]! : row[i]! && matchesLine(wanted, line)))
    row = next
  }
  return row.at(-1)!
}

/** The alignment with the fewest marked lines. */
const difference = (allExpected: string[], allActual: string[]): string[] => {
  const expected = allExpected.slice(0, MOST_LINES)
  const actual = allActual.slice(0, MOST_LINES)
  const width = actual.length + 1
  const cost = new Int32Array((expected.length + 1) * width)
  const at = (i: number, j: number) => cost[i * width + j] ?? 0
  for (let i = expected.length; i >= 0; i--) {
    for (let j = actual.length; j >= 0; j--) {
      if (i === expected.length) cost[i * width + j] = actual.length - j
      else if (expected[i] === ELLIPSIS) cost[i * width + j] = Math.min(at(i + 1, j), j < actual.length ? at(i, j + 1) : Infinity)
      else if (j === actual.length) cost[i * width + j] = at(i + 1, j) + 1
      else if (matchesLine(expected[i]!, actual[j]!)) cost[i * width + j] = at(i + 1, j + 1)
      else cost[i * width + j] = 1 + Math.min(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: string[] = []
  for (let i = 0, j = 0; i < expected.length || j < actual.length; ) {
    const wanted = expected[i]
    if (wanted === ELLIPSIS) {
      if (at(i, j) === at(i + 1, j)) i++
      else j++
      if (lines.at(-1) !== `  ${ELLIPSIS}`) lines.push(`  ${ELLIPSIS}`)
    } else if (wanted !== undefined && j < actual.length && matchesLine(wanted, actual[j]!)) {
      lines.push(`  ${actual[j]}`)
      i++
      j++
    } else if (wanted !== undefined && at(i, j) === at(i + 1, j) + 1) {
      lines.push(`- ${wanted}`)
      i++
    } else {
      lines.push(`+ ${actual[j]}`)
      j++
    }
  }
  const unseen = Math.max(allExpected.length, allActual.length) - MOST_LINES
  return unseen > 0 ? [...lines, `  (${unseen} more lines are not compared here)`] : lines
}
