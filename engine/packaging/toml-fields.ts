import { TomlDate, type TomlTable, type TomlValue } from 'smol-toml'
import { PackagingError } from './packaging-error.ts'

/** A table being read, and where it stands in its file, as errors say it: `packages[2].wheels[0]`, empty for the whole. */
export interface TomlPlace {
  readonly table: TomlTable
  readonly place: string
}

/** The error of a value in a lock file, in the words of `packaging.pylock`. */
export const misplaced = (message: string, place: string): PackagingError =>
  new PackagingError(place === '' ? message : `${message} in '${place}'`)

export const placeOf = ({ place }: TomlPlace, key: string): string => (place === '' ? key : `${place}.${key}`)

/** The types of TOML under Python's names, which `packaging` reports. */
const typeName = (value: TomlValue): string => {
  if (typeof value === 'string') return 'str'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return 'float'
  if (typeof value === 'boolean') return 'bool'
  if (Array.isArray(value)) return 'list'
  if (!(value instanceof TomlDate)) return 'dict'
  return value.isDateTime() ? 'datetime' : value.isDate() ? 'date' : 'time'
}

const expected = (value: TomlValue, type: string, place: string) =>
  misplaced(`Unexpected type ${typeName(value)} (expected ${type})`, place)

const isTable = (value: TomlValue): value is TomlTable => typeName(value) === 'dict'

const valueAt = (from: TomlPlace, key: string): TomlValue | undefined => (Object.hasOwn(from.table, key) ? from.table[key] : undefined)

/** The value of a key that must be there. */
export const required = <T>(value: T | undefined, from: TomlPlace, key: string): T => {
  if (value === undefined) throw misplaced('Missing required value', placeOf(from, key))
  return value
}

export const textAt = (from: TomlPlace, key: string): string | undefined => {
  const value = valueAt(from, key)
  if (value !== undefined && typeof value !== 'string') throw expected(value, 'str', placeOf(from, key))
  return value
}

/** A text that `read` turns into something; what it refuses is reported with the place. */
export const readAt = <T>(from: TomlPlace, key: string, read: (text: string) => T): T | undefined => {
  const text = textAt(from, key)
  return text === undefined ? undefined : inPlace(placeOf(from, key), () => read(text))
}

const inPlace = <T>(place: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (error instanceof PackagingError) throw misplaced(error.message, place)
    throw error
  }
}

export const numberAt = (from: TomlPlace, key: string): bigint | undefined => {
  const value = valueAt(from, key)
  if (value !== undefined && typeof value !== 'bigint') throw expected(value, 'int', placeOf(from, key))
  return value
}

export const booleanAt = (from: TomlPlace, key: string): boolean | undefined => {
  const value = valueAt(from, key)
  if (value !== undefined && typeof value !== 'boolean') throw expected(value, 'bool', placeOf(from, key))
  return value
}

export const timeAt = (from: TomlPlace, key: string): TomlDate | undefined => {
  const value = valueAt(from, key)
  if (value === undefined) return undefined
  if (!(value instanceof TomlDate) || !value.isDateTime()) throw expected(value, 'datetime', placeOf(from, key))
  return value
}

export const tableAt = (from: TomlPlace, key: string): TomlPlace | undefined => {
  const value = valueAt(from, key)
  if (value === undefined) return undefined
  if (!isTable(value)) throw expected(value, 'Mapping', placeOf(from, key))
  return { table: value, place: placeOf(from, key) }
}

const listAt = (from: TomlPlace, key: string): TomlValue[] | undefined => {
  const value = valueAt(from, key)
  if (value === undefined || Array.isArray(value)) return value
  throw expected(value, 'Sequence', placeOf(from, key))
}

export const textsAt = (from: TomlPlace, key: string): string[] | undefined =>
  listAt(from, key)?.map((value, index) => {
    if (typeof value !== 'string') throw expected(value, 'str', `${placeOf(from, key)}[${index}]`)
    return value
  })

/** Texts that `read` turns into something. The types of all are looked at before any is read. */
export const readEachAt = <T>(from: TomlPlace, key: string, read: (text: string) => T): T[] | undefined =>
  textsAt(from, key)?.map((text, index) => inPlace(`${placeOf(from, key)}[${index}]`, () => read(text)))

export const tablesAt = (from: TomlPlace, key: string): TomlPlace[] | undefined =>
  listAt(from, key)?.map((value, index) => {
    const place = `${placeOf(from, key)}[${index}]`
    if (!isTable(value)) throw expected(value, 'Mapping', place)
    return { table: value, place }
  })
