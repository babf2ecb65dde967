/** Whether what was learnt of the machine's files is still true: the kernel tells of every change in shared memory (change-log.ts). */
import { EVERYTHING, readChanges } from '../machine/change-log.ts'

export interface FileChanges {
  /** To be kept with what is learnt next; undefined where nobody tells of changes: then nothing may be kept. */
  moment(): number | undefined
  /** Whether the mark (or everything) changed after that moment, as far as the last call of `moment` heard. */
  after(moment: number, mark: number): boolean
}

/** Marks that are kept apart; beyond, everything counts as changed. */
const MOST = 20_000

export function createFileChanges(log: { view: Int32Array | undefined }): FileChanges {
  const changed = new Map<number, number>()
  /** Counts on where the log's own count begins anew. */
  let moment = 0
  let position: number | undefined
  let everything = 0

  const note = (mark: number) => {
    if (mark === EVERYTHING) everything = moment
    else changed.set(mark, moment)
  }

  return {
    moment() {
      if (!log.view) return undefined
      position ??= Atomics.load(log.view, 0)
      if (Atomics.load(log.view, 0) === position) return moment
      moment++
      position = readChanges(log.view, position, note)
      if (position === undefined || changed.size > MOST) {
        position = undefined
        changed.clear()
        everything = moment
        return undefined
      }
      return moment
    },
    after: (then, mark) => then < everything || (changed.get(mark) ?? 0) > then,
  }
}
