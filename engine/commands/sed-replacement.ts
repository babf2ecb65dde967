import type { PosixMatch } from './posix-regexp.ts'

/** A piece of the right side of `s`. */
export type ReplacementPart =
  | { kind: 'text'; text: string }
  /** 0 is the whole match (&). */
  | { kind: 'group'; group: number }
  /** GNU's \U \L \u \l \E. */
  | { kind: 'case'; change: 'U' | 'L' | 'u' | 'l' | 'E' }

const escapes: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

export function parseReplacement(text: string): ReplacementPart[] {
  const parts: ReplacementPart[] = []
  const literal = (piece: string) => {
    const last = parts.at(-1)
    if (last?.kind === 'text') last.text += piece
    else parts.push({ kind: 'text', text: piece })
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '&') parts.push({ kind: 'group', group: 0 })
    else if (character !== '\\') literal(character)
    else {
      const next = text[++at] ?? '\\'
      const code = /^(?:x([0-9A-Fa-f]{1,2})|o([0-7]{1,3})|d(\d{1,3}))/.exec(text.slice(at))
      if (/\d/.test(next)) parts.push({ kind: 'group', group: Number(next) })
      else if (next === 'U' || next === 'L' || next === 'u' || next === 'l' || next === 'E') parts.push({ kind: 'case', change: next })
      else if (code) {
        literal(String.fromCharCode(parseInt(code[1] ?? code[2] ?? code[3]!, code[1] ? 16 : code[2] ? 8 : 10)))
        at += code[0].length - 1
      } else literal(escapes[next] ?? next)
    }
  }
  return parts
}

export function fillReplacement(parts: readonly ReplacementPart[], text: string, match: PosixMatch): string {
  let out = ''
  let lasting: 'U' | 'L' | undefined
  let once: 'u' | 'l' | undefined
  for (const part of parts) {
    if (part.kind === 'case') {
      if (part.change === 'u' || part.change === 'l') once = part.change
      else {
        lasting = part.change === 'E' ? undefined : part.change
        once = undefined
      }
      continue
    }
    let piece =
      part.kind === 'text' ? part.text : part.group === 0 ? text.slice(match.start, match.end) : (match.groups[part.group - 1] ?? '')
    if (lasting) piece = lasting === 'U' ? piece.toUpperCase() : piece.toLowerCase()
    if (once && piece) {
      const [first = '', ...rest] = piece
      piece = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + rest.join('')
      once = undefined
    }
    out += piece
  }
  return out
}
