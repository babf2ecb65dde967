import type { Reader } from '../machine/process.ts'
import { decode } from '../shell/escapes.ts'
import { Failure } from './failure.ts'
import { NEWLINE, records } from './records.ts'

/** An argument read by xargs; `lineEnd` after the last one of an input line (a line ending in a blank goes on in the next). */
export interface XargsItem {
  text: string
  lineEnd: boolean
}

/** Arguments as xargs splits them: blanks and newlines, with quotes and backslashes (POSIX xargs). */
export async function* quotedItems(input: Reader): AsyncGenerator<XargsItem> {
  let word: string | undefined
  for await (const { text: line } of records(input, decode)) {
    let pending: string | undefined
    let continues = false
    for (let at = 0; at < line.length; at++) {
      const character = line[at]!
      if (character === ' ' || character === '\t') {
        if (word !== undefined) {
          if (pending !== undefined) yield { text: pending, lineEnd: false }
          pending = word
          word = undefined
        }
        continues = at === line.length - 1
      } else if (character === '"' || character === "'") {
        const close = line.indexOf(character, at + 1)
        if (close === -1) {
          const kind = character === '"' ? 'double' : 'single'
          if (pending !== undefined) yield { text: pending, lineEnd: false }
          throw new Failure(`unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`)
        }
        word = (word ?? '') + line.slice(at + 1, close)
        at = close
      } else if (character === '\\') {
        at++
        word = (word ?? '') + (line[at] ?? '\n')
        continues = at >= line.length
      } else word = (word ?? '') + character
    }
    if (continues && line.endsWith('\\')) {
      if (pending !== undefined) yield { text: pending, lineEnd: false }
      continue
    }
    if (word !== undefined) {
      if (pending !== undefined) yield { text: pending, lineEnd: false }
      pending = word
      word = undefined
    }
    if (pending !== undefined) yield { text: pending, lineEnd: !continues }
  }
  if (word !== undefined) yield { text: word, lineEnd: true }
}

/** Whole lines for -I: leading blanks are dropped, quotes still count. */
export async function* lineItems(input: Reader): AsyncGenerator<XargsItem> {
  for await (const { text: given } of records(input, decode)) {
    const line = given.replace(/^[ \t]+/, '')
    const unbalanced = /^(?:[^'"\\]|\\.|"[^"]*"|'[^']*')*(['"])/.exec(line)
    if (unbalanced) {
      const kind = unbalanced[1] === '"' ? 'double' : 'single'
      throw new Failure(`unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`)
    }
    const text = line.replace(
      /"([^"]*)"|'([^']*)'|\\(.)/g,
      (_, double?: string, single?: string, escaped?: string) => double ?? single ?? escaped ?? '',
    )
    if (text) yield { text, lineEnd: true }
  }
}

/** Items that end in a given byte, taken as they are (-0, -d). */
export async function* delimitedItems(input: Reader, end: number): AsyncGenerator<XargsItem> {
  for await (const line of input.lines(end)) yield { text: decode(line.at(-1) === end ? line.subarray(0, -1) : line), lineEnd: true }
}

/** -d's argument as a byte: a character, or an escape as of C. */
export function delimiterByte(text: string): number {
  const escapes: Readonly<Record<string, number>> = {
    '\\n': NEWLINE,
    '\\t': 9,
    '\\0': 0,
    '\\r': 13,
    '\\\\': 92,
    '\\a': 7,
    '\\b': 8,
    '\\f': 12,
    '\\v': 11,
  }
  if (escapes[text] !== undefined) return escapes[text]
  const code = /^\\(?:x([0-9A-Fa-f]{1,2})|0?([0-7]{1,3}))$/.exec(text)
  if (code) return parseInt(code[1] ?? code[2]!, code[1] ? 16 : 8)
  const bytes = new TextEncoder().encode(text)
  if (bytes.length === 1) return bytes[0]!
  throw new Failure(
    `Invalid input delimiter specification ${text}: ` +
      'the delimiter must be either a single character or an escape sequence starting with \\.',
  )
}
