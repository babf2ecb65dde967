import { describe, expect, test } from 'vitest'
import { evaluateArithmetic } from './arithmetic.ts'

const evaluate = (expression: string, variables: Record<string, string> = {}) =>
  evaluateArithmetic(expression, { get: (name) => variables[name], set: (name, value) => void (variables[name] = value) })

describe('arithmetic', () => {
  test('is 64 bits wide and wraps around', () => {
    expect(evaluate('9223372036854775807 + 1')).toBe(-9223372036854775808n)
    expect(evaluate('1 << 63')).toBe(-9223372036854775808n)
    expect(evaluate('2 ** 64')).toBe(0n)
  })

  test('does not evaluate the side that is not taken', () => {
    const variables: Record<string, string> = { x: '1' }
    expect(evaluate('x || (y = 5)', variables)).toBe(1n)
    expect(evaluate('0 ? 1 / 0 : 2')).toBe(2n)
    expect(variables).toEqual({ x: '1' })
  })

  test('follows variables that hold expressions, but not for ever', () => {
    expect(evaluate('a * 2', { a: 'b + 1', b: '3' })).toBe(8n)
    expect(() => evaluate('a', { a: 'a' })).toThrow('expression recursion level exceeded')
  })
})
