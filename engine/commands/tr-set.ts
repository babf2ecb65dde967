import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'

/** A part of a tr string. Characters are byte values. */
export type SetItem =
  | { kind: 'range'; first: number; last: number }
  | { kind: 'class'; name: string }
  /** count 0: as often as needed. */
  | { kind: 'repeat'; character: number; count: number }

const isIn = (test: RegExp) =>
  Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte < 128 && test.test(String.fromCharCode(byte)))
const classes: Readonly<Record<string, number[]>> = {
  alnum: isIn(/[A-Za-z0-9]/),
  alpha: isIn(/[A-Za-z]/),
  blank: isIn(/[ \t]/),
  cntrl: isIn(/[^ -~]/),
  digit: isIn(/[0-9]/),
  graph: isIn(/[!-~]/),
  lower: isIn(/[a-z]/),
  print: isIn(/[ -~]/),
  punct: isIn(/[!-/:-@[-`{-~]/),
  space: isIn(/[\t-\r ]/),
  upper: isIn(/[A-Z]/),
  xdigit: isIn(/[0-9A-Fa-f]/),
}
const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' }

/** Reads a tr string (one character a byte). A character that a backslash protects is never part of a construct. */
export function parseSet(text: string): SetItem[] {
  const characters: { code: number; escaped: boolean }[] = []
  for (let at = 0; at < text.length; at++) {
    const octal = /^\\([0-3][0-7]{2}|[0-7]{1,2})/.exec(text.slice(at, at + 4))
    if (octal) {
      characters.push({ code: parseInt(octal[1]!, 8), escaped: true })
      at += octal[0].length - 1
    } else if (text[at] === '\\' && at + 1 < text.length) {
      const letter = text[++at]!
      characters.push({ code: (escapes[letter] ?? letter).charCodeAt(0), escaped: true })
    } else characters.push({ code: text.charCodeAt(at), escaped: false })
  }
  const plain = (at: number) => (characters[at] && !characters[at].escaped ? String.fromCharCode(characters[at].code) : undefined)
  const items: SetItem[] = []
  for (let at = 0; at < characters.length;) {
    const { code } = characters[at]!
    if (plain(at) === '[' && (plain(at + 1) === ':' || plain(at + 1) === '=')) {
      const mark = plain(at + 1)!
      let close = at + 2
      while (close < characters.length && !(plain(close) === mark && plain(close + 1) === ']')) close++
      if (close < characters.length && (mark === ':' || close > at + 2)) {
        const name = characters
          .slice(at + 2, close)
          .map((one) => String.fromCharCode(one.code))
          .join('')
        if (mark === ':') {
          if (!name) throw new Failure("missing character class name '[::]'")
          if (!Object.hasOwn(classes, name)) throw new Failure(`invalid character class ${quoteWord(name)}`)
          items.push({ kind: 'class', name })
        } else {
          if (name.length !== 1) throw new Failure(`${name}: equivalence class operand must be a single character`)
          items.push({ kind: 'range', first: name.charCodeAt(0), last: name.charCodeAt(0) })
        }
        at = close + 2
        continue
      }
    }
    if (plain(at) === '[' && at + 1 < characters.length && plain(at + 2) === '*') {
      let close = at + 3
      while (close < characters.length && plain(close) !== ']') close++
      if (close < characters.length) {
        const digits = characters
          .slice(at + 3, close)
          .map((one) => String.fromCharCode(one.code))
          .join('')
        if (!/^\d*$/.test(digits)) throw new Failure(`invalid repeat count ${quoteWord(digits)} in [c*n] construct`)
        items.push({ kind: 'repeat', character: characters[at + 1]!.code, count: parseInt(digits || '0', digits.startsWith('0') ? 8 : 10) })
        at = close + 1
        continue
      }
    }
    if (plain(at + 1) === '-' && at + 2 < characters.length) {
      const last = characters[at + 2]!.code
      if (last < code) {
        const show = (one: number) => (one >= 32 && one < 127 ? String.fromCharCode(one) : `\\${one.toString(8).padStart(3, '0')}`)
        throw new Failure(`range-endpoints of '${show(code)}-${show(last)}' are in reverse collating sequence order`)
      }
      items.push({ kind: 'range', first: code, last })
      at += 3
      continue
    }
    items.push({ kind: 'range', first: code, last: code })
    at++
  }
  return items
}

/** All characters in order; an open repeat ([c*]) fills up to `length`. */
export function expandSet(items: SetItem[], length: number): number[] {
  const size = (item: SetItem) =>
    item.kind === 'range' ? item.last - item.first + 1 : item.kind === 'class' ? classes[item.name]!.length : item.count
  const fixed = items.reduce((sum, item) => sum + size(item), 0)
  return items.flatMap((item) => {
    if (item.kind === 'range') return Array.from({ length: size(item) }, (_, index) => item.first + index)
    if (item.kind === 'class') return classes[item.name]!
    return new Array<number>(item.count || Math.max(0, length - fixed)).fill(item.character)
  })
}
