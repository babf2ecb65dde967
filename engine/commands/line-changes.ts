import { confusingLines } from './confusing-lines.ts'

/** Lines that differ between two texts: `oldCount` lines from `oldStart` on (counted from 0) became `newCount` lines from `newStart` on. */
export interface Change {
  oldStart: number
  oldCount: number
  newStart: number
  newCount: number
}

/**
 * A short edit script, by Myers' O(ND) algorithm in linear space ("An O(ND) Difference Algorithm and Its Variations", 1986), with the
 * choices that GNU diff makes: what is the same at both ends is left out of it but for `context` lines, lines that would confuse are set
 * aside first, and runs of changes are moved as far down as they can be, or next to a change in the other text. Lines are compared as
 * strings. Texts that have little in common take long: `breathe` is awaited now and then.
 */
export async function findChanges(
  oldLines: readonly string[], newLines: readonly string[], context: number, breathe: () => Promise<void>,
): Promise<Change[]> {
  const shorter = Math.min(oldLines.length, newLines.length)
  let same = 0
  while (same < shorter && oldLines[same] === newLines[same]) same++
  const start = Math.max(0, same - context)
  let sameEnd = 0
  while (sameEnd < shorter - start && oldLines.at(-1 - sameEnd) === newLines.at(-1 - sameEnd)) sameEnd++
  const end = Math.max(0, sameEnd - context)

  const numbers = new Map<string, number>()
  const numberOf = (line: string) => {
    const number = numbers.get(line) ?? numbers.size
    numbers.set(line, number)
    return number
  }
  const old = oldLines.slice(start, oldLines.length - end).map(numberOf)
  const fresh = newLines.slice(start, newLines.length - end).map(numberOf)
  const oldChanged = confusingLines(countIn(fresh, old))
  const newChanged = confusingLines(countIn(old, fresh))
  const places = (changed: boolean[]) => changed.flatMap((set, at) => (set ? [] : [at]))
  const [oldPlaces, newPlaces] = [places(oldChanged), places(newChanged)]
  await markChanges(oldPlaces.map((at) => old[at] ?? 0), newPlaces.map((at) => fresh[at] ?? 0),
    (at) => (oldChanged[oldPlaces[at] ?? 0] = true), (at) => (newChanged[newPlaces[at] ?? 0] = true), breathe)
  shiftBoundaries(old, oldChanged, newChanged)
  shiftBoundaries(fresh, newChanged, oldChanged)
  return collect(oldChanged, newChanged).map((change) => ({
    ...change,
    oldStart: change.oldStart + start,
    newStart: change.newStart + start,
  }))
}

/** How often each of `lines` is in `other`. */
function countIn(other: readonly number[], lines: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const line of other) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.map((line) => counts.get(line) ?? 0)
}

function collect(oldChanged: boolean[], newChanged: boolean[]): Change[] {
  const changes: Change[] = []
  for (let i = 0, j = 0; i < oldChanged.length || j < newChanged.length; i++, j++) {
    if (!oldChanged[i] && !newChanged[j]) continue
    const [oldStart, newStart] = [i, j]
    while (oldChanged[i]) i++
    while (newChanged[j]) j++
    changes.push({ oldStart, oldCount: i - oldStart, newStart, newCount: j - newStart })
    // Both stand at a line they share now (or at the end); the loop steps over it.
  }
  return changes
}

async function markChanges(
  a: number[], b: number[], deleted: (at: number) => void, inserted: (at: number) => void, breathe: () => Promise<void>,
): Promise<void> {
  const offset = b.length + 1
  const forward = new Int32Array(a.length + b.length + 3)
  const backward = new Int32Array(a.length + b.length + 3)

  /** Where a shortest path from corner to corner passes the middle. */
  const middle = async (aFrom: number, aTo: number, bFrom: number, bTo: number): Promise<[number, number]> => {
    const [low, high] = [aFrom - bTo, aTo - bFrom]
    const [start, end] = [aFrom - bFrom, aTo - bTo]
    const odd = ((start - end) & 1) !== 0
    let [fMin, fMax, bMin, bMax] = [start, start, end, end]
    forward[offset + start] = aFrom
    backward[offset + end] = aTo
    for (;; await breathe()) {
      if (fMin > low) forward[offset + --fMin - 1] = -1
      else fMin++
      if (fMax < high) forward[offset + ++fMax + 1] = -1
      else fMax--
      for (let d = fMax; d >= fMin; d -= 2) {
        const [below, above] = [forward[offset + d - 1] ?? -1, forward[offset + d + 1] ?? -1]
        let x = below < above ? above : below + 1
        while (x < aTo && x - d < bTo && a[x] === b[x - d]) x++
        forward[offset + d] = x
        if (odd && bMin <= d && d <= bMax && (backward[offset + d] ?? 0) <= x) return [x, x - d]
      }
      if (bMin > low) backward[offset + --bMin - 1] = 0x7fffffff
      else bMin++
      if (bMax < high) backward[offset + ++bMax + 1] = 0x7fffffff
      else bMax--
      for (let d = bMax; d >= bMin; d -= 2) {
        const [below, above] = [backward[offset + d - 1] ?? 0, backward[offset + d + 1] ?? 0]
        let x = below < above ? below : above - 1
        while (aFrom < x && bFrom < x - d && a[x - 1] === b[x - d - 1]) x--
        backward[offset + d] = x
        if (!odd && fMin <= d && d <= fMax && x <= (forward[offset + d] ?? 0)) return [x, x - d]
      }
    }
  }

  const compare = async (aStart: number, aEnd: number, bStart: number, bEnd: number): Promise<void> => {
    let [aFrom, aTo, bFrom, bTo] = [aStart, aEnd, bStart, bEnd]
    while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) {
      aFrom++
      bFrom++
    }
    while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) {
      aTo--
      bTo--
    }
    if (aFrom === aTo) for (; bFrom < bTo; bFrom++) inserted(bFrom)
    else if (bFrom === bTo) for (; aFrom < aTo; aFrom++) deleted(aFrom)
    else {
      const [x, y] = await middle(aFrom, aTo, bFrom, bTo)
      await compare(aFrom, x, bFrom, y)
      await compare(x, aTo, y, bTo)
    }
  }
  await compare(0, a.length, 0, b.length)
}

/**
 * Moves each run of changed lines down over equal lines, joining runs; then back to where the other text has a change too, if it passed
 * one.
 */
function shiftBoundaries(lines: readonly number[], changed: boolean[], other: readonly boolean[]): void {
  const end = lines.length
  let i = 0
  let j = 0
  for (;;) {
    while (i < end && !changed[i]) {
      while (other[j++]);
      i++
    }
    if (i === end) return
    let start = i
    while (changed[++i]);
    while (other[j]) j++
    let corresponding = end
    let length: number
    do {
      length = i - start
      while (start > 0 && lines[start - 1] === lines[i - 1]) {
        changed[--start] = true
        changed[--i] = false
        while (changed[start - 1]) start--
        while (other[--j]);
      }
      corresponding = other[j - 1] ? i : end
      while (i !== end && lines[start] === lines[i]) {
        changed[start++] = false
        changed[i++] = true
        while (changed[i]) i++
        while (other[++j]) corresponding = i
      }
    } while (length !== i - start)
    while (corresponding < i) {
      changed[--start] = true
      changed[--i] = false
      while (other[--j]);
    }
  }
}
