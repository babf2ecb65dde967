/** Brace expansion (bash): `a{b,c}d`, `{1..5}`, `{a..e..2}`. Works on the parts of a word before any other expansion. */
import type { Part } from './syntax.ts'

/** A character that is not quoted, or a part that braces do not look into. */
type Item = string | Part

export function expandBraces(parts: Part[]): Part[][] {
  if (!parts.some((part) => part.type === 'literal' && part.text.includes('{'))) return [parts]
  const items = parts.flatMap((part): Item[] => (part.type === 'literal' ? [...part.text] : [part]))
  return expand(items).map(join)
}

function expand(items: Item[]): Item[][] {
  for (let open = items.indexOf('{'); open >= 0; open = items.indexOf('{', open + 1)) {
    const found = alternatives(items, open)
    if (!found) continue
    const before = items.slice(0, open)
    const tails = expand(items.slice(found.end))
    return found.choices.flatMap(expand).flatMap((choice) => tails.map((tail) => [...before, ...choice, ...tail]))
  }
  return [items]
}

function alternatives(items: Item[], open: number): { choices: Item[][]; end: number } | undefined {
  const choices: Item[][] = [[]]
  let depth = 0
  for (let i = open + 1; i < items.length; i++) {
    const item = items[i]!
    if (item === '}' && depth === 0) {
      if (choices.length > 1) return { choices, end: i + 1 }
      const range = sequence(items.slice(open + 1, i))
      return range && { choices: range.map((text) => [...text]), end: i + 1 }
    }
    if (item === '{') depth++
    if (item === '}') depth--
    if (item === ',' && depth === 0) choices.push([])
    else choices.at(-1)!.push(item)
  }
  return undefined
}

function sequence(items: Item[]): string[] | undefined {
  if (items.some((item) => typeof item !== 'string')) return undefined
  const found = /^(?:(-?\d+)\.\.(-?\d+)|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d+))?$/.exec(items.join(''))
  if (!found) return undefined
  const [, low, high, firstLetter, lastLetter, increment] = found
  const code = (letter = '') => letter.charCodeAt(0)
  const [from, to] = low !== undefined ? [Number(low), Number(high)] : [code(firstLetter), code(lastLetter)]
  const step = Math.abs(Number(increment ?? 1)) || 1
  const count = Math.floor(Math.abs(to - from) / step) + 1
  const width = [low, high].some((text) => text && /^-?0\d/.test(text)) ? Math.max(low?.length ?? 0, high?.length ?? 0) : 0
  return Array.from({ length: count }, (_, index) => {
    const value = from + (to >= from ? 1 : -1) * index * step
    if (low === undefined) return String.fromCharCode(value)
    return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')
  })
}

function join(items: Item[]): Part[] {
  const parts: Part[] = []
  for (const item of items) {
    const last = parts.at(-1)
    if (typeof item !== 'string') parts.push(item)
    else if (last?.type === 'literal') last.text += item
    else parts.push({ type: 'literal', text: item })
  }
  return parts
}
