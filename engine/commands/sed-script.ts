import { Failure } from './failure.ts'
import { compilePosix, type PosixRegExp } from './posix-regexp.ts'
import { RegExpSyntaxError } from './regexp-syntax-error.ts'
import type { Address, SedCommand, Substitution } from './sed-command.ts'
import { delimitedText } from './sed-delimited.ts'
import { parseReplacement } from './sed-replacement.ts'

/** A piece of the script: one -e, or one -f file. */
export interface ScriptSource {
  text: string
  /** `-e expression #1`, or a file's name. */
  file: string | undefined
}

/** Parses a whole script. Throws `Failure` in GNU sed's words: `-e expression #1, char 3: ...`. */
export function parseSed(sources: readonly ScriptSource[], extended: boolean): SedCommand[] {
  const text = sources.map((source) => source.text).join('\n')
  const commands: SedCommand[] = []
  const blocks: number[] = []
  const labels = new Map<string, number>()
  let at = 0

  const where = (position: number): string => {
    let start = 0
    let expressions = 0
    for (const source of sources) {
      if (source.file === undefined) expressions++
      if (position <= start + source.text.length || source === sources.at(-1)) {
        if (source.file !== undefined) return `file ${source.file} line ${text.slice(start, position).split('\n').length}:`
        return `-e expression #${expressions}, char ${position - start}:`
      }
      start += source.text.length + 1
    }
    return ''
  }
  const fail = (message: string, position = at): Failure => new Failure(`${where(Math.min(position, text.length))} ${message}`)
  const skip = (characters: RegExp) => {
    while (at < text.length && characters.test(text[at]!)) at++
  }
  const compile = (pattern: string, flags: string): PosixRegExp | undefined => {
    if (pattern === '') return undefined
    try {
      return compilePosix(pattern, { extended, ignoreCase: /[iI]/.test(flags), multiline: /[mM]/.test(flags) })
    } catch (error) {
      if (error instanceof RegExpSyntaxError) throw fail(error.message)
      throw error
    }
  }

  const delimited = (delimiter: string, isPattern: boolean): string | undefined => {
    const found = delimitedText(text, at, delimiter, isPattern)
    at = found.next
    return found.text
  }

  const address = (): Address | undefined => {
    const number = /^\d+/.exec(text.slice(at))?.[0]
    if (number !== undefined) {
      at += number.length
      const step = /^[ \t]*~[ \t]*(\d*)/.exec(text.slice(at))
      if (!step) return { kind: 'line', line: Number(number) }
      at += step[0].length
      return { kind: 'step', first: Number(number), step: Number(step[1] || 0) }
    }
    if (text[at] === '$') {
      at++
      return { kind: 'last' }
    }
    if (text[at] !== '/' && text[at] !== '\\') return undefined
    const delimiter = text[at] === '/' ? '/' : text[++at]!
    at++
    const pattern = delimited(delimiter, true)
    if (pattern === undefined) throw fail('unterminated address regex')
    const flags = /^[IM]*/.exec(text.slice(at))![0]
    at += flags.length
    return { kind: 'regexp', regexp: compile(pattern, flags) }
  }
  const secondAddress = (): Address => {
    const relative = /^([+~])(\d+)/.exec(text.slice(at))
    if (relative) {
      at += relative[0].length
      return relative[1] === '+' ? { kind: 'plus', count: Number(relative[2]) } : { kind: 'multiple', of: Number(relative[2]) }
    }
    const found = address()
    if (!found) throw fail("unexpected `,'", at + 1)
    return found
  }
  /** The text of a, i, c: on this line (GNU), or after a backslash and newline; a backslash goes on to the next line. */
  const lines = (): string => {
    skip(/[ \t]/)
    if (at >= text.length) throw fail("expected \\ after `a', `c' or `i'")
    if (text[at] === '\\') {
      at++
      const spaces = /^[ \t]*\n?/.exec(text.slice(at))![0]
      at += spaces.length
      if (at >= text.length) return ''
    }
    let out = ''
    for (; at < text.length && text[at] !== '\n'; at++) {
      if (text[at] === '\\') at++
      out += text[at] ?? ''
    }
    at++
    return `${out}\n`
  }
  const restOfLine = (): string => {
    const end = text.indexOf('\n', at)
    const rest = text.slice(at, end === -1 ? undefined : end)
    at = end === -1 ? text.length : end
    return rest
  }
  const endOfCommand = () => {
    skip(/[ \t]/)
    if (at >= text.length || text[at] === '}' || text[at] === '#') return
    if (text[at] !== ';' && text[at] !== '\n') throw fail('extra characters after command', at + 1)
    at++
  }
  const substitution = (): Substitution => {
    const delimiter = text[at++]
    const missing = () => fail("unterminated `s' command")
    if (delimiter === undefined || delimiter === '\n' || delimiter === '\\') throw missing()
    const pattern = delimited(delimiter, true)
    if (pattern === undefined) throw missing()
    const replacement = delimited(delimiter, false)
    if (replacement === undefined) throw missing()
    const result: Substitution = { regexp: undefined, replacement: [], global: false, print: false, nth: 0, file: undefined }
    let flags = ''
    for (;;) {
      const flag = text[at]
      if (flag === undefined || flag === '}' || flag === '#' || flag === '\n' || flag === ';') break
      at++
      if (/[iImM]/.test(flag)) flags += flag
      else if (flag === 'g') {
        if (result.global) throw fail("multiple `g' options to `s' command")
        result.global = true
      } else if (flag === 'p') {
        if (result.print) throw fail("multiple `p' options to `s' command")
        result.print = true
      } else if (/\d/.test(flag)) {
        if (result.nth) throw fail("multiple number options to `s' command")
        const digits = /^\d*/.exec(text.slice(at))![0]
        at += digits.length
        result.nth = Number(flag + digits)
        if (result.nth === 0) throw fail("number option to `s' command may not be zero")
      } else if (flag === 'w') {
        skip(/[ \t]/)
        result.file = restOfLine()
        if (!result.file) throw fail('missing filename in r/R/w/W commands')
        break
      } else if (flag === ' ' || flag === '\t' || flag === '\r') continue
      else throw fail("unknown option to `s'")
    }
    result.regexp = compile(pattern, flags)
    result.replacement = parseReplacement(replacement)
    const highest = Math.max(0, ...result.replacement.map((part) => (part.kind === 'group' ? part.group : 0)))
    if (result.regexp && highest > result.regexp.groups) throw fail(`invalid reference \\${highest} on \`s' command's RHS`)
    return result
  }
  const transliteration = (): Map<string, string> => {
    const delimiter = text[at++]
    const unescape = (part: string) => [...part.replace(/\\(\\|n)/g, (_, letter: string) => (letter === 'n' ? '\n' : '\\'))]
    const missing = () => fail("unterminated `y' command")
    if (delimiter === undefined) throw missing()
    const from = delimited(delimiter, false)
    const to = from === undefined ? undefined : delimited(delimiter, false)
    if (from === undefined || to === undefined) throw missing()
    const [sources, targets] = [unescape(from), unescape(to)]
    if (sources.length !== targets.length) throw fail("strings for `y' command are different lengths")
    return new Map(sources.map((character, index) => [character, targets[index]!]))
  }

  while (at < text.length) {
    skip(/[ \t\n;]/)
    if (at >= text.length) break
    const addresses: Address[] = []
    const first = address()
    if (first) {
      addresses.push(first)
      skip(/[ \t]/)
      if (text[at] === ',') {
        at++
        skip(/[ \t]/)
        addresses.push(secondAddress())
      }
      if (first.kind === 'line' && first.line === 0 && addresses[1]?.kind !== 'regexp')
        throw fail('invalid usage of line address 0', at + 1)
    }
    skip(/[ \t]/)
    let negated = false
    while (text[at] === '!') {
      at++
      if (negated) throw fail("multiple `!'s")
      negated = true
      skip(/[ \t]/)
    }
    const name = text[at++]
    if (name === undefined || name === '\n' || name === ';') throw fail('missing command', name === undefined ? at - 1 : at)
    const one: SedCommand = { name, addresses, negated, text: '', number: undefined, substitution: undefined, map: undefined, target: -1 }
    switch (name) {
      case '#':
        if (addresses.length) throw fail("comments don't accept any addresses")
        restOfLine()
        continue
      case '{':
        blocks.push(commands.length)
        break
      case '}': {
        if (addresses.length) throw fail("} doesn't want any addresses")
        const open = blocks.pop()
        if (open === undefined) throw fail("unexpected `}'")
        endOfCommand()
        commands[open]!.target = commands.length
        continue
      }
      case ':': {
        if (addresses.length) throw fail(": doesn't want any addresses")
        skip(/[ \t]/)
        const label = /^[^\s;]*/.exec(text.slice(at))![0]
        if (!label) throw fail('":" lacks a label')
        at += label.length
        labels.set(label, commands.length)
        continue
      }
      case 'a':
      case 'i':
      case 'c':
        one.text = lines()
        break
      case '=':
      case 'd':
      case 'D':
      case 'F':
      case 'g':
      case 'G':
      case 'h':
      case 'H':
      case 'n':
      case 'N':
      case 'p':
      case 'P':
      case 'x':
      case 'z':
        endOfCommand()
        break
      case 'b':
      case 't':
      case 'T':
        skip(/[ \t]/)
        one.text = /^[^\s;}]*/.exec(text.slice(at))![0]
        at += one.text.length
        endOfCommand()
        break
      case 'q':
      case 'Q':
      case 'l':
      case 'L': {
        if (addresses.length > 1 && name !== 'l') throw fail('command only uses one address')
        skip(/[ \t]/)
        const digits = /^\d*/.exec(text.slice(at))![0]
        at += digits.length
        one.number = digits ? Number(digits) : undefined
        endOfCommand()
        break
      }
      case 'r':
      case 'R':
      case 'w':
      case 'W':
        skip(/[ \t]/)
        one.text = restOfLine()
        if (!one.text) throw fail('missing filename in r/R/w/W commands')
        break
      case 's':
        one.substitution = substitution()
        if (one.substitution.file === undefined) endOfCommand()
        break
      case 'y':
        one.map = transliteration()
        endOfCommand()
        break
      default:
        throw fail(`unknown command: \`${name}'`)
    }
    commands.push(one)
  }
  if (blocks.length) throw new Failure(`${where(0).replace(/char \d+/, 'char 0')} unmatched \`{'`)
  for (const one of commands) {
    if (!'btT'.includes(one.name)) continue
    const target = one.text === '' ? commands.length : labels.get(one.text)
    if (target === undefined) throw new Failure(`can't find label for jump to \`${one.text}'`, { status: 4 })
    one.target = target
  }
  return commands
}
