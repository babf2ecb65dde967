import { readRecord, centralHeaderFields, centralHeaderLength, viewOf } from './zip-records.ts'

/** Entries that were written before and go into another archive as they are, headers and all: their local headers do not say where they are. */
export interface EntryRun {
  readonly count: number
  /** Of local headers and data together, in bytes; below 4 GiB. */
  readonly size: number
  /** Each is good until the next is asked for. */
  readonly chunks: () => AsyncIterable<Uint8Array>
  /** Their central headers, none with zip64, with offsets that count from the run's own start. */
  readonly central: Uint8Array
}

/** The central headers of a run that begins at `offset`. */
export const movedCentral = ({ central }: EntryRun, offset: number): Uint8Array => {
  const moved = central.slice()
  const view = viewOf(moved)
  for (let at = 0; at < moved.length;) {
    const { headerOffset, nameLength, extraLength, commentLength } = readRecord(centralHeaderFields, moved, at)
    const end = at + centralHeaderLength
    view.setUint32(end - 4, headerOffset + offset, true)
    at = end + nameLength + extraLength + commentLength
  }
  return moved
}
