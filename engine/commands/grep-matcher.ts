import { Failure } from './failure.ts'
import { compileLiteral, compilePosix, fromSource, type PosixMatch, type PosixRegExp } from './posix-regexp.ts'
import { RegExpSyntaxError } from './regexp-syntax-error.ts'

export interface GrepMatcher {
  test(text: string): boolean
  /** Leftmost, then longest, over all patterns. */
  exec(text: string, from: number): PosixMatch | undefined
}

interface Syntax {
  syntax: 'E' | 'F' | 'G' | 'P'
  ignoreCase: boolean
  within: 'word' | 'line' | undefined
  warn: (message: string) => void
}

/** Several patterns as one; none at all matches nothing. */
export function grepMatcher(patterns: readonly string[], { syntax, ...flavour }: Syntax): GrepMatcher {
  const compiled = patterns.map((pattern): PosixRegExp => {
    try {
      if (syntax === 'F') return compileLiteral(pattern, flavour)
      if (syntax === 'P') return fromSource(pattern, flavour)
      return compilePosix(pattern, { ...flavour, extended: syntax === 'E', literalIntervals: true })
    } catch (error) {
      if (error instanceof RegExpSyntaxError) throw new Failure(error.message, { status: 2 })
      // JavaScript's own words for -P, without the pattern: `Invalid regular expression: /(/su: Unterminated group`.
      if (error instanceof SyntaxError) throw new Failure(error.message.replace(/^.*: /s, '').toLowerCase(), { status: 2 })
      throw error
    }
  })
  return {
    test: (text) => compiled.some((one) => one.test(text)),
    exec(text, from) {
      let best: PosixMatch | undefined
      for (const one of compiled) {
        const match = one.exec(text, from)
        if (match && (!best || match.start < best.start || (match.start === best.start && match.end > best.end))) best = match
      }
      return best
    },
  }
}
