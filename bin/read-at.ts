import { readSync } from 'node:fs'

/** Fills `room` with what an open file has at `offset`: the part of it that the file could fill. */
export const readAt = (file: number, room: Uint8Array, offset: number): Uint8Array => {
  let done = 0
  for (let read = -1; done < room.length && read !== 0; done += read) read = readSync(file, room, done, room.length - done, offset + done)
  return room.subarray(0, done)
}
