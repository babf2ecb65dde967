import { plainCommand } from './plain-command.ts'
import { Failure } from './failure.ts'
import { compilePosix } from './posix-regexp.ts'
import { quoteWord } from './quote-name.ts'
import { RegExpSyntaxError } from './regexp-syntax-error.ts'

const wrong = (message: string) => new Failure(message, { status: 2 })
const isInteger = (text: string) => /^-?\d+$/.test(text)
const isNull = (text: string) => text === '' || /^-?0+$/.test(text)

/** Lowest binding first (POSIX expr). */
const levels = [['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':']]

export const expr = plainCommand(
  {
    name: 'expr',
    usage: ['EXPRESSION', 'OPTION'],
    summary: 'Print the value of EXPRESSION to standard output.',
    details: [
      '  A | B   A & B   A < B   A <= B   A = B   A != B   A >= B   A > B',
      '  A + B   A - B   A * B   A / B    A % B   STRING : REGEXP   ( EXPRESSION )',
      '  match STRING REGEXP   substr STRING POS LENGTH   index STRING CHARS   length STRING   + TOKEN',
    ].join('\n'),
    usageStatus: 2,
  },
  async (args, process) => {
    const words = args[0] === '--' ? args.slice(1) : args
    if (words.length === 0) throw new Failure('missing operand', { usage: true })
    const value = evaluate(words)
    await process.stdout.write(`${value}\n`)
    return isNull(value) ? 1 : 0
  },
)

function evaluate(words: readonly string[]): string {
  let at = 0
  const next = (): string => {
    const word = words[at]
    if (word === undefined) throw wrong(`syntax error: missing argument after ${quoteWord(words[at - 1] ?? '')}`)
    at++
    return word
  }
  /** `live` is false where the value cannot matter: no errors of arithmetic there. */
  const operand = (live: boolean): string => {
    const word = next()
    switch (word) {
      case '(': {
        const value = level(0, live)
        if (words[at] === undefined) throw wrong(`syntax error: expecting ')' after ${quoteWord(words[at - 1]!)}`)
        if (words[at] !== ')') throw wrong(`syntax error: expecting ')' instead of ${quoteWord(words[at]!)}`)
        at++
        return value
      }
      case ')':
        throw wrong("syntax error: unexpected ')'")
      case '+':
        return next()
      case 'length':
        return String([...operand(live)].length)
      case 'match':
        return matched(operand(live), operand(live))
      case 'index': {
        const [text, set] = [[...operand(live)], new Set(operand(live))]
        return String(text.findIndex((character) => set.has(character)) + 1)
      }
      case 'substr': {
        const [text, from, length] = [[...operand(live)], operand(live), operand(live)]
        if (!isInteger(from) || !isInteger(length) || Number(from) < 1 || Number(length) < 1) return ''
        return text.slice(Number(from) - 1, Number(from) - 1 + Number(length)).join('')
      }
      default:
        return word
    }
  }
  const level = (depth: number, live: boolean): string => {
    const operators = levels[depth]
    if (!operators) return operand(live)
    let left = level(depth + 1, live)
    while (at < words.length && operators.includes(words[at]!)) {
      const operator = words[at++]!
      const needed = live && (operator === '|' ? isNull(left) : operator === '&' ? !isNull(left) : true)
      const right = level(depth + 1, needed)
      left = live ? apply(operator, left, right) : left
    }
    return left
  }
  const value = level(0, true)
  if (at < words.length) throw wrong(`syntax error: unexpected argument ${quoteWord(words[at]!)}`)
  return value
}

function apply(operator: string, left: string, right: string): string {
  switch (operator) {
    case '|':
      return !isNull(left) ? left : isNull(right) ? '0' : right
    case '&':
      return isNull(left) || isNull(right) ? '0' : left
    case ':':
      return matched(left, right)
    case '<':
    case '<=':
    case '=':
    case '==':
    case '!=':
    case '>=':
    case '>':
      return compare(operator, left, right) ? '1' : '0'
    default:
      return arithmetic(operator, left, right)
  }
}

function compare(operator: string, left: string, right: string): boolean {
  const numbers = isInteger(left) && isInteger(right)
  const order = numbers
    ? BigInt(left) < BigInt(right)
      ? -1
      : BigInt(left) > BigInt(right)
        ? 1
        : 0
    : left < right
      ? -1
      : left > right
        ? 1
        : 0
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '!=':
      return order !== 0
    default:
      return order === 0
  }
}

function arithmetic(operator: string, left: string, right: string): string {
  if (!isInteger(left) || !isInteger(right)) throw wrong('non-integer argument')
  const [a, b] = [BigInt(left), BigInt(right)]
  if (operator === '+') return String(a + b)
  if (operator === '-') return String(a - b)
  if (operator === '*') return String(a * b)
  if (b === 0n) throw wrong('division by zero')
  return String(operator === '/' ? a / b : a % b)
}

/** `:` matches from the start; the value is the first group, or how many characters matched. */
function matched(text: string, pattern: string): string {
  try {
    const regexp = compilePosix(`^\\(${pattern}\\)`, { extended: false })
    const plain = compilePosix(pattern, { extended: false })
    if (plain.groups === 0) {
      const found = regexp.exec(text)
      return String(found ? [...text.slice(0, found.end)].length : 0)
    }
    const found = plain.exec(text)
    return found?.start === 0 ? (found.groups[0] ?? '') : ''
  } catch (error) {
    if (error instanceof RegExpSyntaxError) throw wrong(error.message)
    throw error
  }
}
