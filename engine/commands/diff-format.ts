import type { Change } from './line-changes.ts'

/** One of the texts compared: lines without newlines, and whether the last one had one. */
export interface Side {
  lines: readonly string[]
  ended: boolean
}

/** Wraps parts of the output in colours; identity where there are none. */
export type Paint = (kind: 'header' | 'hunk' | 'old' | 'new', text: string) => string

const colors = { header: '1', hunk: '36', old: '31', new: '32' }
export const paintWithColors: Paint = (kind, text) => `\x1b[${colors[kind]}m${text}\x1b[0m`
export const paintNothing: Paint = (_, text) => text

const unended = '\\ No newline at end of file\n'

function line(side: Side, at: number, prefix: string, paint: (text: string) => string): string {
  const text = `${paint(prefix + (side.lines[at] ?? ''))}\n`
  return at === side.lines.length - 1 && !side.ended ? text + unended : text
}

/** The default output of diff (POSIX diff, "Diff Default Output Format"). */
export function* formatNormal(changes: readonly Change[], old: Side, fresh: Side, paint: Paint): Generator<string> {
  const range = (start: number, count: number) =>
    count === 0 ? String(start) : count === 1 ? String(start + 1) : `${start + 1},${start + count}`
  for (const { oldStart, oldCount, newStart, newCount } of changes) {
    const letter = oldCount === 0 ? 'a' : newCount === 0 ? 'd' : 'c'
    yield `${paint('hunk', range(oldStart, oldCount) + letter + range(newStart, newCount))}\n`
    for (let at = oldStart; at < oldStart + oldCount; at++) yield line(old, at, '< ', (text) => paint('old', text))
    if (letter === 'c') yield '---\n'
    for (let at = newStart; at < newStart + newCount; at++) yield line(fresh, at, '> ', (text) => paint('new', text))
  }
}

/** The hunks of a unified diff (POSIX diff -u) with `context` lines around each change. */
export function* formatUnified(changes: readonly Change[], old: Side, fresh: Side, context: number, paint: Paint): Generator<string> {
  const range = (start: number, count: number) => (count === 1 ? String(start + 1) : `${count === 0 ? start : start + 1},${count}`)
  for (const hunk of group(changes, context)) {
    const [first, last] = [hunk[0], hunk.at(-1)]
    if (!first || !last) continue
    const before = Math.min(context, first.oldStart)
    const after = Math.min(context, old.lines.length - last.oldStart - last.oldCount)
    const oldFrom = first.oldStart - before
    const newFrom = first.newStart - before
    const oldCount = last.oldStart + last.oldCount + after - oldFrom
    const newCount = last.newStart + last.newCount + after - newFrom
    yield `${paint('hunk', `@@ -${range(oldFrom, oldCount)} +${range(newFrom, newCount)} @@`)}\n`
    let at = oldFrom
    for (const change of hunk) {
      for (; at < change.oldStart; at++) yield line(old, at, ' ', (text) => text)
      for (; at < change.oldStart + change.oldCount; at++) yield line(old, at, '-', (text) => paint('old', text))
      for (let to = change.newStart; to < change.newStart + change.newCount; to++) yield line(fresh, to, '+', (text) => paint('new', text))
    }
    for (; at < oldFrom + oldCount; at++) yield line(old, at, ' ', (text) => text)
  }
}

/** Changes whose contexts touch or overlap go into one hunk. */
function group(changes: readonly Change[], context: number): Change[][] {
  const hunks: Change[][] = []
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1)
    if (last && change.oldStart - (last.oldStart + last.oldCount) <= 2 * context) hunks.at(-1)?.push(change)
    else hunks.push([change])
  }
  return hunks
}
