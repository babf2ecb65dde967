/**
 * test(1): the rules of POSIX for up to four arguments, then a grammar with -a, -o, !, ( ). bash's builtin and coreutils' program word
 * their messages differently and split hairs differently; both are verified against the real ones.
 */
import type { SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK, type Stat } from '../machine/stat.ts'
import type { Dialect } from './backslash-escapes.ts'

export interface TestOptions {
  dialect?: Dialect
  /** bash's -v and -o ask the shell. */
  isSet?: (name: string) => boolean
  isOption?: (name: string) => boolean
}
export interface TestResult {
  /** 0 true, 1 false, 2 wrong usage. */
  status: 0 | 1 | 2
  /** For stderr, without `test: ` and newline. */
  message?: string
}

class Misuse extends Error {}

const stringOperators = new Set(['=', '==', '!=', '<', '>'])
const integerOperators = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge'])
const fileOperators = new Set(['-nt', '-ot', '-ef'])
const fileTypes: Readonly<Record<string, number>> = {
  b: S_IFBLK,
  c: S_IFCHR,
  d: S_IFDIR,
  f: S_IFREG,
  h: S_IFLNK,
  L: S_IFLNK,
  p: S_IFIFO,
  S: S_IFSOCK,
}
const modeBits: Readonly<Record<string, number>> = { g: 0o2000, k: 0o1000, u: 0o4000 }
const accessBits: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1 }

/** `args` are what stands after `test`, or between `[` and `]`. */
export async function evaluateTest(args: readonly string[], system: SystemCalls, options: TestOptions = {}): Promise<TestResult> {
  try {
    return { status: (await expression(args, system, options)) ? 0 : 1 }
  } catch (error) {
    if (error instanceof Misuse) return { status: 2, message: error.message }
    throw error
  }
}

function expression(args: readonly string[], system: SystemCalls, options: TestOptions): boolean | Promise<boolean> {
  const bash = options.dialect !== 'coreutils'
  let position = 0

  const isBinary = (word: string | undefined): word is string =>
    word !== undefined &&
    (integerOperators.has(word) || fileOperators.has(word) || (stringOperators.has(word) && (bash || !'<>'.includes(word))))
  const isUnary = (word: string | undefined) =>
    word !== undefined && (bash ? /^-[a-hknoprstuvwxzGLNORS]$/ : /^-[bcdefghknprstuwxzGLNOS]$/).test(word)
  const unaryExpected = (word: string) => new Misuse(bash ? `${word}: unary operator expected` : `'${word}': unary operator expected`)
  const binaryExpected = (word: string) => new Misuse(bash ? `${word}: binary operator expected` : `'${word}': binary operator expected`)
  const missing = () => new Misuse(bash ? 'argument expected' : `missing argument after '${args.at(-1)}'`)
  const closingExpected = () => new Misuse(bash ? "`)' expected" : "')' expected")

  const integer = (text: string): bigint => {
    const match = /^[ \t\n\v\f\r]*([+-]?\d+)[ \t]*$/.exec(text)
    const value = match && BigInt(match[1]!.replace(/^\+/, ''))
    const tooLong = bash && value !== null && BigInt.asIntN(64, value) !== value
    if (value === null || tooLong) throw new Misuse(bash ? `${text}: integer expression expected` : `invalid integer '${text}'`)
    return value
  }
  const stat = async (path: string, follow = true): Promise<Stat | undefined> => {
    try {
      const descriptor = /^\/dev\/fd\/(\d+)$/.exec(path)
      if (descriptor) return await system.fstat(Number(descriptor[1]))
      return await (follow ? system.stat(path) : system.lstat(path))
    } catch (error) {
      if (error instanceof SystemError) return undefined
      throw error
    }
  }
  const accessible = async (path: string, mask: number) => {
    try {
      await system.access(path, mask)
      return true
    } catch (error) {
      if (error instanceof SystemError) return false
      throw error
    }
  }

  async function unary(operator: string, operand: string): Promise<boolean> {
    const letter = operator[1]!
    if (letter === 'z' || letter === 'n') return (operand === '') === (letter === 'z')
    if (letter === 'v') return options.isSet?.(operand) ?? false
    if (letter === 'R') return false
    if (letter === 'o') return options.isOption?.(operand) ?? false
    if (letter === 't') {
      if (bash && !/^\d+$/.test(operand)) return false
      try {
        return await system.isatty(Number(integer(operand)))
      } catch (error) {
        if (error instanceof SystemError) return false
        throw error
      }
    }
    if (accessBits[letter] !== undefined) return accessible(operand, accessBits[letter]!)
    const found = await stat(operand, letter !== 'h' && letter !== 'L')
    if (!found) return false
    if (fileTypes[letter] !== undefined) return (found.mode & S_IFMT) === fileTypes[letter]
    if (modeBits[letter] !== undefined) return (found.mode & modeBits[letter]!) !== 0
    switch (letter) {
      case 's':
        return found.size > 0
      case 'O':
        return found.uid === (await system.getuid()).uid
      case 'G':
        return found.gid === (await system.getuid()).gid
      case 'N':
        return found.mtime > found.atime
      default:
        return true // -a and -e: it exists
    }
  }

  async function binary(left: string, operator: string, right: string): Promise<boolean> {
    if (integerOperators.has(operator)) {
      const [a, b] = [integer(left), integer(right)]
      switch (operator) {
        case '-eq':
          return a === b
        case '-ne':
          return a !== b
        case '-lt':
          return a < b
        case '-le':
          return a <= b
        case '-gt':
          return a > b
        default:
          return a >= b
      }
    }
    if (fileOperators.has(operator)) {
      const [a, b] = [await stat(left), await stat(right)]
      if (operator === '-ef') return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev
      const [newer, older] = operator === '-nt' ? [a, b] : [b, a]
      return newer !== undefined && (older === undefined || newer.mtime > older.mtime)
    }
    switch (operator) {
      case '!=':
        return left !== right
      case '<':
        return left < right
      case '>':
        return left > right
      default:
        return left === right
    }
  }

  const oneArgument = () => args[position++] !== ''
  async function twoArguments(): Promise<boolean> {
    const [first, second] = [args[position]!, args[position + 1]!]
    if (first === '!') {
      position++
      return !oneArgument()
    }
    if (!bash && !(first.startsWith('-') && first.length === 2)) throw missing()
    if (!isUnary(first)) throw unaryExpected(first)
    position += 2
    return unary(first, second)
  }
  async function threeArguments(): Promise<boolean> {
    const [first, second, third] = [args[position]!, args[position + 1]!, args[position + 2]!]
    if (isBinary(second)) {
      position += 3
      return binary(first, second, third)
    }
    if (bash && (second === '-a' || second === '-o')) {
      position += 3
      return second === '-a' ? first !== '' && third !== '' : first !== '' || third !== ''
    }
    if (first === '!') {
      position++
      return !(await twoArguments())
    }
    if (first === '(' && third === ')') {
      position++
      const value = oneArgument()
      position++
      return value
    }
    if (second === '-a' || second === '-o') return disjunction()
    throw binaryExpected(second)
  }

  async function primary(): Promise<boolean> {
    let negated = false
    while (args[position] === '!') {
      position++
      negated = !negated
    }
    return (await operand()) !== negated
  }
  async function operand(): Promise<boolean> {
    const word = args[position]
    if (word === undefined) throw missing()
    if (word === '(') {
      position++
      let value: boolean
      if (bash) {
        value = await disjunction()
      } else {
        // Coreutils evaluates what stands inside by the number of its arguments.
        if (position >= args.length) throw missing()
        let count = 1
        while (position + count < args.length && args[position + count] !== ')' && count < 4) count++
        value = count < 4 && args[position + count] === ')' ? await counted(count) : await disjunction()
      }
      if (args[position] === undefined) throw closingExpected()
      if (args[position] !== ')') throw new Misuse(bash ? "`)' expected" : `')' expected, found ${args[position]}`)
      position++
      return value
    }
    if (!bash && args.length - position > 3 && word === '-l' && isBinary(args[position + 2])) {
      position += 4
      return binary(String(new TextEncoder().encode(args[position - 3]!).length), args[position - 2]!, args[position - 1]!)
    }
    if (args.length - position > 2 && isBinary(args[position + 1])) {
      position += 3
      return binary(word, args[position - 2]!, args[position - 1]!)
    }
    if (word.startsWith('-') && word.length === 2 && (bash ? isUnary(word) : true) && position + 1 < args.length) {
      if (!isUnary(word)) throw unaryExpected(word)
      position += 2
      return unary(word, args[position - 1]!)
    }
    return oneArgument()
  }
  async function conjunction(): Promise<boolean> {
    let value = await primary()
    while (args[position] === '-a') {
      position++
      value = (await primary()) && value
    }
    return value
  }
  async function disjunction(): Promise<boolean> {
    let value = await conjunction()
    while (args[position] === '-o') {
      position++
      value = (await conjunction()) || value
    }
    return value
  }
  async function counted(count: number): Promise<boolean> {
    switch (count) {
      case 1:
        return oneArgument()
      case 2:
        return twoArguments()
      case 3:
        return threeArguments()
      case 4:
        if (args[position] === '!') {
          position++
          return !(await threeArguments())
        }
        if (args[position] === '(' && args[position + 3] === ')') {
          position++
          const value = await twoArguments()
          position++
          return value
        }
        return disjunction()
      default:
        return disjunction()
    }
  }

  if (args.length === 0) return false
  return counted(args.length).then((value) => {
    if (position >= args.length) return value
    const extra = args[position]!
    throw new Misuse(
      !bash ? `extra argument '${extra}'` : extra.startsWith('-') ? `syntax error: \`${extra}' unexpected` : 'too many arguments',
    )
  })
}
