import { compareLongDoubles, parseLongDouble } from '../shell/long-double.ts'
import { monthNames } from '../shell/format-time.ts'
import { compareVersions } from './compare-versions.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'

/** How a key is compared: sort's ordering options. */
export interface Ordering {
  blanks: boolean
  endBlanks: boolean
  dictionary: boolean
  fold: boolean
  printable: boolean
  reverse: boolean
  kind: 'text' | 'numeric' | 'general' | 'human' | 'month' | 'version'
}

/** `-k F.C,F.C`: fields and characters counted from 0; the end's character 0 is the field's end. */
export interface SortKey {
  ordering: Ordering
  startField: number
  startCharacter: number
  endField: number | undefined
  endCharacter: number
}

const kinds: Readonly<Record<string, Ordering['kind']>> = { n: 'numeric', g: 'general', h: 'human', M: 'month', V: 'version' }

export const plainOrdering = (): Ordering => ({
  blanks: false,
  endBlanks: false,
  dictionary: false,
  fold: false,
  printable: false,
  reverse: false,
  kind: 'text',
})

/** Sets an ordering option; false where the letter is none. `where` tells on which end of a key a `b` stands. */
export function setOrdering(ordering: Ordering, letter: string, where: 'start' | 'end' | 'both'): boolean {
  if (letter === 'b') {
    if (where !== 'end') ordering.blanks = true
    if (where !== 'start') ordering.endBlanks = true
  } else if (letter === 'd') ordering.dictionary = true
  else if (letter === 'f') ordering.fold = true
  else if (letter === 'i') ordering.printable = true
  else if (letter === 'r') ordering.reverse = true
  else if (kinds[letter] !== undefined) ordering.kind = kinds[letter]
  else return false
  return true
}

/** Throws `Failure` in sort's words. */
export function parseKey(text: string): { key: SortKey; letters: string } {
  const bad = (why: string) => new Failure(`${why}: invalid field specification ${quoteWord(text)}`, { status: 2 })
  let rest = text
  let letters = ''
  const number = (why: string): number => {
    const digits = /^\d+/.exec(rest)?.[0]
    if (digits === undefined) throw new Failure(`${why}: invalid count at start of ${quoteWord(rest)}`, { status: 2 })
    rest = rest.slice(digits.length)
    return Math.min(Number(digits), Number.MAX_SAFE_INTEGER)
  }
  const options = (where: 'start' | 'end') => {
    while (rest && setOrdering(key.ordering, rest[0]!, where)) {
      letters += rest[0]
      rest = rest.slice(1)
    }
  }
  const key: SortKey = { ordering: plainOrdering(), startField: 0, startCharacter: 0, endField: undefined, endCharacter: 0 }
  key.startField = number('invalid number at field start') - 1
  if (key.startField < 0) throw bad('field number is zero')
  if (rest.startsWith('.')) {
    rest = rest.slice(1)
    key.startCharacter = number("invalid number after '.'") - 1
    if (key.startCharacter < 0) throw bad('character offset is zero')
  }
  options('start')
  if (rest.startsWith(',')) {
    rest = rest.slice(1)
    key.endField = number("invalid number after ','") - 1
    if (key.endField < 0) throw bad('field number is zero')
    if (rest.startsWith('.')) {
      rest = rest.slice(1)
      key.endCharacter = number("invalid number after '.'")
    }
    options('end')
  }
  if (rest) throw bad('stray character in field spec')
  return { key, letters }
}

/** The part of a line that a key names (POSIX sort, "-k keydef"). */
export function keyText(line: string, key: SortKey, tab: string | undefined): string {
  const blank = (at: number) => line[at] === ' ' || line[at] === '\t' || line[at] === '\n'
  const skipBlanks = (from: number) => {
    let at = from
    while (at < line.length && blank(at)) at++
    return at
  }
  const skipField = (from: number) => {
    let at = skipBlanks(from)
    while (at < line.length && !blank(at)) at++
    return at
  }
  const find = (from: number) => {
    const at = line.indexOf(tab!, from)
    return at === -1 ? line.length : at
  }
  let start = 0
  for (let field = key.startField; field > 0 && start < line.length; field--)
    start = tab === undefined ? skipField(start) : find(start) + (find(start) < line.length ? 1 : 0)
  if (key.ordering.blanks) start = skipBlanks(start)
  start = Math.min(line.length, start + key.startCharacter)
  if (key.endField === undefined) return line.slice(start)

  let end = 0
  let fields = key.endField + (key.endCharacter === 0 ? 1 : 0)
  for (; fields > 0 && end < line.length; fields--) {
    if (tab === undefined) end = skipField(end)
    else {
      end = find(end)
      if (end < line.length && (fields > 1 || key.endCharacter !== 0)) end++
    }
  }
  if (key.endCharacter !== 0) {
    if (key.ordering.endBlanks) end = skipBlanks(end)
    end = Math.min(line.length, end + key.endCharacter)
  }
  return line.slice(start, Math.max(start, end))
}

/** A key made ready for many comparisons: parse once, compare often. */
export type ReadyKey = string | DecimalText | number | readonly [unit: number, DecimalText] | ReturnType<typeof parseLongDouble>

export function readyKey(text: string, ordering: Ordering): ReadyKey {
  switch (ordering.kind) {
    case 'numeric': return parseDecimal(text)
    case 'general': return parseLongDouble(text)
    case 'human': return [unitOf(text), parseDecimal(text)]
    case 'month': return monthOf(text)
    case 'version': return text
    default: return visible(text, ordering)
  }
}

/** Compares two keys that `readyKey` made with the same ordering. */
export function compareKeys(a: ReadyKey, b: ReadyKey, ordering: Ordering): number {
  const result = compareBy(a, b, ordering.kind)
  return ordering.reverse ? -result : result
}

function compareBy(a: ReadyKey, b: ReadyKey, kind: Ordering['kind']): number {
  switch (kind) {
    case 'numeric': return compareDecimals(a as DecimalText, b as DecimalText)
    case 'general': return compareGeneral(a as ReturnType<typeof parseLongDouble>, b as ReturnType<typeof parseLongDouble>)
    case 'human': {
      const [[unitA, numberA], [unitB, numberB]] = [a as [number, DecimalText], b as [number, DecimalText]]
      return unitA - unitB || compareDecimals(numberA, numberB)
    }
    case 'month': return (a as number) - (b as number)
    case 'version': return compareVersions(a as string, b as string)
    default: return a < b ? -1 : a > b ? 1 : 0
  }
}

function visible(text: string, { dictionary, fold, printable }: Ordering): string {
  let out = text
  if (dictionary) out = out.replace(/[^A-Za-z0-9 \t\n]/g, '')
  if (printable) out = out.replace(/[^ -~]/g, '')
  return fold ? out.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : out
}

/** A decimal number of any length, without exponent; what is none counts as 0. */
interface DecimalText {
  sign: -1 | 0 | 1
  integer: string
  decimals: string
}

function parseDecimal(text: string): DecimalText {
  const [, sign = '', whole = '', fraction = ''] = /^[ \t\n]*(-?)(\d*)(?:\.(\d*))?/.exec(text) ?? []
  const [integer, decimals] = [whole.replace(/^0+/, ''), fraction.replace(/0+$/, '')]
  return { sign: integer === '' && decimals === '' ? 0 : sign ? -1 : 1, integer, decimals }
}

function compareDecimals(a: DecimalText, b: DecimalText): number {
  if (a.sign !== b.sign) return a.sign - b.sign
  if (a.integer.length !== b.integer.length) return (a.integer.length - b.integer.length) * a.sign
  if (a.integer !== b.integer) return a.integer < b.integer ? -a.sign : a.sign
  return a.decimals === b.decimals ? 0 : a.decimals < b.decimals ? -a.sign : a.sign
}

/** What is no number comes first, then NaN, then numbers. */
function compareGeneral(a: ReturnType<typeof parseLongDouble>, b: ReturnType<typeof parseLongDouble>): number {
  if (a.length === 0 || b.length === 0) return Number(a.length !== 0) - Number(b.length !== 0)
  return compareLongDoubles(a.value, b.value)
}

function unitOf(text: string): number {
  const [, sign = '', digits = '', unit = ''] = /^[ \t\n]*(-?)(\d*\.?\d*)([KkMGTPEZYRQ]?)/.exec(text) ?? []
  if (!/[1-9]/.test(digits)) return 0
  const rank = unit ? '.KMGTPEZYRQ'.indexOf(unit.toUpperCase()) : 0
  return sign ? -rank : rank
}

function monthOf(text: string): number {
  const name = text
    .replace(/^[ \t\n]+/, '')
    .slice(0, 3)
    .toLowerCase()
  return monthNames.findIndex((month) => month.slice(0, 3).toLowerCase() === name) + 1
}
