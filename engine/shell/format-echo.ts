import { joinBytes } from '../bytes/join-bytes.ts'
import { expandEscapes, type Dialect } from './backslash-escapes.ts'
import { encode } from './escapes.ts'

/** What `echo ARGS` prints: leading arguments made only of -n, -e, -E are options, everything else is text. */
export function formatEcho(args: readonly string[], dialect: Dialect = 'bash'): Uint8Array {
  let newline = true
  let escapes = false
  let first = 0
  for (; /^-[neE]+$/.test(args[first] ?? ''); first++) {
    for (const letter of args[first]!.slice(1)) {
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
    }
  }
  const text = args.slice(first).join(' ')
  if (!escapes) return encode(newline ? `${text}\n` : text)
  const { bytes, stop } = expandEscapes(text, 'echo', dialect)
  return newline && !stop ? joinBytes([bytes, encode('\n')]) : bytes
}
