import { compareCodePoints } from '../packaging/compare-code-points.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** JSON.stringify escapes what JSON demands; Python's `ensure_ascii` also writes DEL as it is and all above it as \uXXXX. */
const asciiString = (text: string): string =>
  JSON.stringify(text).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * What CPython's `json.dumps(value, sort_keys=True)` gives, with separators `,` and `:`, or with its default ones, `, ` and `: `. Numbers
 * are integers.
 */
export const pythonJson = (value: Json, spacing: 'compact' | 'default' = 'compact'): string => {
  const space = spacing === 'default' ? ' ' : ''
  const dump = (item: Json): string => {
    if (typeof item === 'string') return asciiString(item)
    if (item === null || typeof item !== 'object') return String(item)
    if (Array.isArray(item)) return `[${item.map(dump).join(`,${space}`)}]`
    const members = Object.entries(item as { readonly [key: string]: Json }).sort(([a], [b]) => compareCodePoints(a, b))
    return `{${members.map(([key, member]) => `${asciiString(key)}:${space}${dump(member)}`).join(`,${space}`)}}`
  }
  return dump(value)
}
