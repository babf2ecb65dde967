/**
 * Arithmetic expansion (POSIX XCU 2.6.4) with bash's `**`, `,`, `++`, `base#n`: 64-bit integers that wrap around.
 * Errors are worded as bash's expr.c words them: the expression, what is wrong, and the text from the last token on.
 */
import { ShellError } from './shell-error.ts'

export interface ArithmeticVariables {
  get(name: string): string | undefined
  set(name: string, value: string): void
}

const tokenAt = /\s*(\*\*=?|<<=?|>>=?|&&|\|\||[-+*/%&|^<>=!]=|\+\+|--|[-+*/%&|^<>=!~?:,()]|[0-9][0-9A-Za-z@_#]*|[A-Za-z_][A-Za-z0-9_]*|\S)/y
const precedence: string[][] = [
  ['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<', '>', '<=', '>='], ['<<', '>>'], ['+', '-'], ['*', '/', '%'], ['**'],
]
const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^='])
/** bash allows 1024, on a stack that is larger than a worker's. */
const maximumDepth = 128
const isNameToken = (token: string) => /^[A-Za-z_]/.test(token)

export function evaluateArithmetic(expression: string, variables: ArithmeticVariables, depth = 0): bigint {
  let at = 0
  let token = ''
  let tokenStart = 0
  /** Above 0, results do not count: the untaken side of &&, || and ?:. */
  let skipped = 0

  const is = (text: string) => token === text
  const fail = (message: string, from = tokenStart) =>
    new ShellError(`${expression.trimStart()}: ${message} (error token is "${expression.slice(from)}")`)

  function advance() {
    tokenAt.lastIndex = at
    const found = tokenAt.exec(expression)
    token = found?.[1] ?? ''
    // At the end bash keeps pointing at the last token it saw.
    if (found) tokenStart = tokenAt.lastIndex - token.length
    at = found ? tokenAt.lastIndex : expression.length
  }

  const wrap = (value: bigint) => BigInt.asIntN(64, value)
  const valueOf = (name: string): bigint => {
    const text = variables.get(name)?.trim() ?? ''
    if (skipped || text === '') return 0n
    if (/^-?(0|[1-9]\d*)$/.test(text)) return wrap(BigInt(text))
    if (depth > maximumDepth) throw fail('expression recursion level exceeded')
    return evaluateArithmetic(text, variables, depth + 1)
  }
  const store = (name: string, value: bigint) => {
    if (!skipped) variables.set(name, String(value))
    return value
  }

  function compute(operator: string, left: bigint, right: bigint): bigint {
    switch (operator) {
      case '+': return wrap(left + right)
      case '-': return wrap(left - right)
      case '*': return wrap(left * right)
      case '/':
      case '%':
        if (right === 0n) {
          if (skipped) return 0n
          throw fail('division by 0')
        }
        return wrap(operator === '/' ? left / right : left % right)
      case '**':
        if (right < 0n) throw fail('exponent less than 0')
        return wrap(power(left, right))
      case '<<': return wrap(left << (right & 63n))
      case '>>': return left >> (right & 63n)
      case '&': return left & right
      case '|': return left | right
      case '^': return left ^ right
      case '==': return BigInt(left === right)
      case '!=': return BigInt(left !== right)
      case '<': return BigInt(left < right)
      case '>': return BigInt(left > right)
      case '<=': return BigInt(left <= right)
      default: return BigInt(left >= right)
    }
  }

  function comma(): bigint {
    let value = assignment()
    while (token === ',') {
      advance()
      value = assignment()
    }
    return value
  }

  function assignment(): bigint {
    if (isNameToken(token)) {
      const saved = { at, token, tokenStart }
      const name = token
      advance()
      if (assignments.has(token)) {
        const operator = token.slice(0, -1)
        advance()
        const value = assignment()
        return store(name, operator ? compute(operator, valueOf(name), value) : value)
      }
      ;({ at, token, tokenStart } = saved)
    }
    const value = ternary()
    if (assignments.has(token)) throw fail('attempted assignment to non-variable')
    return value
  }

  function ternary(): bigint {
    const condition = binary(0)
    if (token !== '?') return condition
    const branch = (taken: boolean, read: () => bigint) => {
      if (!taken) skipped++
      const value = read()
      if (!taken) skipped--
      return value
    }
    advance()
    if (is(':') || is('')) throw fail('expression expected')
    const left = branch(condition !== 0n, comma)
    if (!is(':')) throw fail("`:' expected for conditional expression")
    advance()
    if (is('')) throw fail('expression expected')
    const right = branch(condition === 0n, assignment)
    return condition !== 0n ? left : right
  }

  function binary(level: number): bigint {
    const operators = precedence[level]
    if (!operators) return unary()
    let left = binary(level + 1)
    while (operators.includes(token)) {
      const operator = token
      advance()
      if (operator === '&&' || operator === '||') {
        const decided = operator === '&&' ? left === 0n : left !== 0n
        if (decided) skipped++
        const right = binary(level + 1)
        if (decided) skipped--
        left = BigInt(operator === '&&' ? left !== 0n && right !== 0n : left !== 0n || right !== 0n)
      } else left = compute(operator, left, operator === '**' ? binary(level) : binary(level + 1))
    }
    return left
  }

  function unary(): bigint {
    const operator = token
    if (operator === '++' || operator === '--') {
      advance()
      const name = token
      if (isNameToken(name)) {
        advance()
        return store(name, wrap(valueOf(name) + (operator === '++' ? 1n : -1n)))
      }
      const value = unary()
      return value
    }
    if (['-', '+', '!', '~'].includes(operator)) {
      advance()
      const value = unary()
      return operator === '-' ? wrap(-value) : operator === '!' ? BigInt(value === 0n) : operator === '~' ? ~value : value
    }
    return primary()
  }

  function primary(): bigint {
    if (token === '(') {
      advance()
      const value = comma()
      if (!is(')')) throw fail("missing `)'")
      advance()
      return value
    }
    const text = token
    if (isNameToken(text)) {
      advance()
      const step = token
      if (step !== '++' && step !== '--') return valueOf(text)
      const before = valueOf(text)
      store(text, wrap(before + (step === '++' ? 1n : -1n)))
      advance()
      return before
    }
    if (!/^\d/.test(text)) throw fail('syntax error: operand expected')
    const value = number(text)
    advance()
    return value
  }

  function number(text: string): bigint {
    const based = /^(\d+)#(.*)$/.exec(text)
    const base = based ? Number(based[1]) : /^0[xX]/.test(text) ? 16 : text.startsWith('0') ? 8 : 10
    const digits = based ? (based[2] ?? '') : base === 16 ? text.slice(2) : text
    if (base < 2 || base > 64) throw fail('invalid arithmetic base')
    if (based && !digits) throw fail('invalid integer constant')
    let value = 0n
    for (const digit of digits) {
      const found = digitValue(digit, base)
      if (found < 0) throw fail(digit === '#' ? 'invalid number' : 'syntax error: invalid arithmetic operator')
      if (found >= base) throw fail('value too great for base')
      value = wrap(value * BigInt(base) + BigInt(found))
    }
    return value
  }

  advance()
  if (token === '') return 0n
  const value = comma()
  if (token !== '') {
    const invalid = /^\S$/.test(token) && !/^[\w()<>=!&|^%*/+~?:,-]$/.test(token)
    throw fail(invalid ? 'syntax error: invalid arithmetic operator' : 'syntax error in expression')
  }
  return value
}

function digitValue(digit: string, base: number): number {
  if (/\d/.test(digit)) return Number(digit)
  if (/[a-z]/.test(digit)) return digit.charCodeAt(0) - 87
  if (/[A-Z]/.test(digit)) return digit.charCodeAt(0) - (base <= 36 ? 55 : 29)
  return digit === '@' ? 62 : digit === '_' ? 63 : -1
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let square = base, left = exponent; left > 0n; left >>= 1n, square = BigInt.asIntN(64, square * square)) {
    if (left & 1n) result = BigInt.asIntN(64, result * square)
  }
  return result
}
