/**
 * What changed in a file system, told to other threads through shared memory, so that what they were told of its files stays true without
 * asking. The first word counts the marks that were ever made; the others are a ring of the last ones.
 *
 * A mark is the number of an inode whose attributes, content or entries changed, or a name (as a negative number) that was made or taken
 * away in some directory, or EVERYTHING, where paths now lead elsewhere: a symbolic link or a directory moved, or was closed to someone;
 * or REPLACED, where the file system is another one.
 */
export const EVERYTHING = 0
export const REPLACED = 0x7fffffff

/** The marks that a thread may fall behind before it must forget all: a power of two. */
const RING = 4096
export const CHANGE_LOG = (1 + RING) * Int32Array.BYTES_PER_ELEMENT

/** FNV-1a over UTF-16 units, made negative. Names that share a mark are taken for each other: that costs a question, no truth. */
export function nameMark(name: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193)
  return value | 0x80000000
}

/** To be called after the change is made and before anybody is answered. */
export function markChanges(log: Int32Array, marks: number[]): void {
  for (const mark of marks) {
    const count = Atomics.load(log, 0)
    Atomics.store(log, 1 + (count & (log.length - 2)), mark)
    Atomics.store(log, 0, (count + 1) | 0)
  }
}

/** Tells `visit` the marks since `from` (an earlier answer) up to `to`, where it answers; undefined where marks were lost. */
export function readChanges(log: Int32Array, from: number, visit: (mark: number) => void, to = Atomics.load(log, 0)): number | undefined {
  const behind = (to - from) >>> 0
  const ring = log.length - 1
  if (behind < ring) for (let i = 0; i < behind; i++) visit(Atomics.load(log, 1 + ((from + i) & (ring - 1))))
  // The writer may have come round while they were read, and writes a mark before it counts it.
  return (Atomics.load(log, 0) - from) >>> 0 < ring ? to : undefined
}
