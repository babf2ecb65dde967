import { compareCodePoints } from '../packaging/compare-code-points.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** JSON.stringify escapes what JSON demands; Python's `ensure_ascii` also writes DEL as it is and all above it as \uXXXX. */
const asciiString = (text: string): string =>
  JSON.stringify(text).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** `sorted`: by code point, else as they stand. `indent`: spaces a level, each member on a line of its own. */
export interface JsonForm {
  readonly spacing?: 'compact' | 'default'
  readonly sorted?: boolean
  readonly indent?: number | undefined
}

/**
 * What CPython's `json.dumps(value, sort_keys=True)` gives, with separators `,` and `:`, or with its default ones, `, ` and `: `. Numbers
 * are integers.
 */
export const pythonJson = (value: Json, { spacing = 'compact', sorted = true, indent }: JsonForm = {}): string => {
  const colon = spacing === 'default' ? ': ' : ':'
  const between = (depth: number) => (indent === undefined ? '' : `\n${' '.repeat(Math.max(indent, 0) * depth)}`)
  const comma = spacing === 'default' && indent === undefined ? ', ' : ','
  const group = ([open, close]: readonly [string, string], members: readonly string[], depth: number) =>
    (members.length === 0 ? open + close : open + between(depth + 1) + members.join(comma + between(depth + 1)) + between(depth) + close)
  const dump = (item: Json, depth: number): string => {
    if (typeof item === 'string') return asciiString(item)
    if (item === null || typeof item !== 'object') return String(item)
    if (Array.isArray(item)) return group(['[', ']'], item.map(each => dump(each as Json, depth + 1)), depth)
    const members = Object.entries(item as { readonly [key: string]: Json })
    if (sorted) members.sort(([a], [b]) => compareCodePoints(a, b))
    return group(['{', '}'], members.map(([key, member]) => `${asciiString(key)}${colon}${dump(member, depth + 1)}`), depth)
  }
  return dump(value, 0)
}
