import { textWidth } from './graphemes.ts'

/** Names in columns as readline lists completions: sorted down, two blanks between, as many columns as the window holds. */
export function inColumns(names: string[], columns: number): string {
  const width = Math.max(...names.map(textWidth)) + 2
  const across = Math.max(1, Math.floor(columns / width))
  const rows = Math.ceil(names.length / across)
  const lines = Array.from({ length: rows }, (_, row) =>
    names.filter((_name, index) => index % rows === row).map((name) => name + ' '.repeat(width - textWidth(name))).join(''))
  return lines.map((line) => `${line}\n`).join('')
}
