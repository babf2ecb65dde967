/** Text quoted so that a shell reads it back as one word; `printf %q` has its own form in backslash-quote.ts. */
import { backslashQuote } from './backslash-quote.ts'

const control = /[\x00-\x1f\x7f]/

/** The `'...'` form of `set`, `alias` and `${x@Q}`; `$'...'` where there are control characters. */
export function singleQuote(text: string): string {
  return control.test(text) ? backslashQuote(text) : `'${text.replaceAll("'", "'\\''")}'`
}

/** The form of `set -x` and `set`: quoted only where it must be. */
export function quoteWhereNeeded(text: string): string {
  return /^$|[\s|&;()<>$`\\"'*?[\]{}!^]|^[~#]/.test(text) ? singleQuote(text) : text
}

/** The `"..."` form of `declare -p` and `export -p`. */
export function doubleQuote(text: string): string {
  return control.test(text) ? backslashQuote(text) : `"${text.replace(/[$`"\\]/g, '\\$&')}"`
}
