/**
 * Which lines of a text a comparison does best to leave out, as GNU diff decides it: those the other text lacks, and those it has too often
 * for their matches to mean something, where they stand among lines it lacks. `matches` tells how often the other text has each line.
 */
export function confusingLines(matches: readonly number[]): boolean[] {
  let many = 5
  for (let size = Math.floor(matches.length / 64) >> 2; size > 0; size >>= 2) many *= 2
  // 1: the other text lacks it. 2: it has too many; only provisional.
  const marks = matches.map((count) => (count === 0 ? 1 : count > many ? 2 : 0))
  for (let at = 0; at < marks.length; at++) {
    if (marks[at] === 2) marks[at] = 0
    else if (marks[at] === 1) at = settleRun(marks, at)
  }
  return marks.map((mark) => mark !== 0)
}

/** Decides about the provisional marks in the run that begins at `from`; resolves to the run's last place. */
function settleRun(marks: number[], from: number): number {
  let end = from
  while (end < marks.length && marks[end] !== 0) end++
  while (end > from && marks[end - 1] === 2) marks[--end] = 0
  const length = end - from
  const provisional = marks.slice(from, end).filter((mark) => mark === 2).length
  if (provisional * 4 > length) {
    for (let at = from; at < end; at++) if (marks[at] === 2) marks[at] = 0
    return end - 1
  }
  cancelLongStretches(marks, from, length)
  cancelNearEdge(marks, from, length, 1)
  cancelNearEdge(marks, end - 1, length, -1)
  return end - 1
}

/** Stretches of about the square root of a quarter of the run are too long to leave out. */
function cancelLongStretches(marks: number[], from: number, length: number): void {
  let most = 1
  for (let size = (length >> 2) >> 2; size > 0; size >>= 2) most <<= 1
  most++
  for (let at = 0; at < length; ) {
    let stretch = 0
    while (at + stretch < length && marks[from + at + stretch] === 2) stretch++
    if (stretch >= most) marks.fill(0, from + at, from + at + stretch)
    at += stretch + 1
  }
}

/** Near an edge of the run (up to three sure lines in a row, or the first sure one after eight) nothing provisional is left out. */
function cancelNearEdge(marks: number[], edge: number, length: number, step: 1 | -1): void {
  let sure = 0
  for (let steps = 0; steps < length; steps++) {
    const at = edge + steps * step
    if (steps >= 8 && marks[at] === 1) return
    sure = marks[at] === 1 ? sure + 1 : 0
    if (marks[at] === 2) marks[at] = 0
    if (sure === 3) return
  }
}
