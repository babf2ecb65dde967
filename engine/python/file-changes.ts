/** Whether what was learnt of the machine's files is still true: the kernel tells of every change in shared memory (change-log.ts). */
import { EVERYTHING, readChanges, REPLACED } from '../machine/change-log.ts'

export interface FileChanges {
  /** To be kept with what is learnt next; undefined where nobody tells of changes: then nothing may be kept. */
  moment(): number | undefined
  /** To be kept with an answer that was true when the log stood there, own changes and all; undefined as above. */
  momentAt(position: number): number | undefined
  /** Whether the mark (or what all paths lead to) changed after that moment, as far as the last call of `moment` heard. */
  after(moment: number, mark: number): boolean
  /** The same of an inode that no path is needed for: of an open file. */
  altered(moment: number, ino: number): boolean
  /** The kernel was told of a change and will mark each of these once: from now on what is known of them is not true. */
  expect(marks: number[]): void
  /** As `after`, but for changes that were expected. */
  afterByOthers(moment: number, mark: number): boolean
  /** As if nothing had been heard yet. */
  forget(): void
}

/** Marks that are kept apart; beyond, everything counts as changed. */
const MOST = 20_000

export function createFileChanges(log: { view: Int32Array | undefined }): FileChanges {
  const changed = new Map<number, number>()
  /** Of what was expected to change: marks that are still to come, and when another one last came. */
  const expected = new Map<number, { left: number; others: number }>()
  /** Counts on where the log's own count begins anew. */
  let moment = 0
  let position: number | undefined
  let everything = 0
  let lost = 0

  const note = (mark: number) => {
    if (mark === REPLACED) lost = moment
    else if (mark === EVERYTHING) everything = moment
    else {
      changed.set(mark, moment)
      const own = expected.get(mark)
      if (own && own.left > 0) own.left--
      else if (own) own.others = moment
    }
    if (mark === REPLACED) expected.clear()
  }

  function readUpTo(view: Int32Array, end: number): number | undefined {
    position ??= end
    if (end === position) return moment
    moment++
    position = readChanges(view, position, note, end)
    if (position === undefined || changed.size > MOST) {
      position = undefined
      changed.clear()
      expected.clear()
      lost = moment
      return undefined
    }
    return moment
  }
  const altered = (then: number, mark: number) => then < lost || (changed.get(mark) ?? 0) > then

  return {
    moment: () => log.view && readUpTo(log.view, Atomics.load(log.view, 0)),
    momentAt: end => log.view && readUpTo(log.view, end),
    after: (then, mark) => then < everything || altered(then, mark),
    altered,
    expect(marks) {
      moment++
      for (const mark of marks) {
        const own = expected.get(mark) ?? { left: 0, others: changed.get(mark) ?? 0 }
        own.left++
        expected.set(mark, own)
        changed.set(mark, moment)
      }
    },
    afterByOthers: (then, mark) => then < everything || then < lost || (expected.get(mark)?.others ?? changed.get(mark) ?? 0) > then,
    forget() {
      changed.clear()
      expected.clear()
      moment = everything = lost = 0
      position = undefined
    },
  }
}
