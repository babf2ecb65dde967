import { ZipError } from './zip-error.ts'

/** A wall-clock time as a zip holds it: no zone, even seconds, 1980 to 2107. `month` and `day` count from 1. */
export interface DosDate {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

/** 1980-01-01 00:00:00, the earliest that can be written. */
export const dosEpoch: DosDate = { year: 1980, month: 1, day: 1, hour: 0, minute: 0, second: 0 }

/** The two 16-bit fields of APPNOTE 4.4.6. An odd second is cut to the even one before. */
export const packDosDate = (date: DosDate): { date: number; time: number } => ({
  date: ((date.year - 1980) << 9) | (date.month << 5) | date.day,
  time: (date.hour << 11) | (date.minute << 5) | (date.second >> 1),
})

export const unpackDosDate = (date: number, time: number): DosDate => ({
  year: 1980 + (date >> 9),
  month: (date >> 5) & 15,
  day: date & 31,
  hour: time >> 11,
  minute: (time >> 5) & 63,
  second: (time & 31) * 2,
})

/** Milliseconds since the epoch -> the UTC wall clock, to the second, whatever the year. */
export const utcDate = (milliseconds: number): DosDate => {
  const date = new Date(Math.floor(milliseconds / 1000) * 1000)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

/** Milliseconds since the epoch of a wall clock taken as UTC. */
export const utcMilliseconds = (date: DosDate): number => Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute, date.second)

/** As CPython's zipfile does it: cut to the even second; a year that no zip can hold is refused. `name` is the entry's, for the error. */
export const roundedDownDosDate = (milliseconds: number, name: string): DosDate => {
  const date = utcDate(milliseconds)
  if (date.year < 1980) throw new ZipError('bad-input', 'ZIP does not support timestamps before 1980', name)
  if (date.year > 2107) throw new ZipError('bad-input', 'ZIP does not support timestamps after 2107', name)
  return date
}

/** As Info-ZIP's zip does it: up to the next even second, clamped into the years that a zip can hold. */
export const roundedDosDate = (milliseconds: number): DosDate => {
  const seconds = Math.floor(milliseconds / 1000)
  const date = utcDate((seconds + (seconds & 1)) * 1000)
  if (date.year < 1980) return dosEpoch
  return date.year > 2107 ? { year: 2107, month: 12, day: 31, hour: 23, minute: 59, second: 58 } : date
}
