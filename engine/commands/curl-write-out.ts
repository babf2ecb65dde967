/** curl's -w: text with %{variables}, \n, \r and \t. */
export type WriteOutValues = Record<string, string | number | undefined>

/** Names that curl does not know go to `unknown`. */
export function writeOut(format: string, values: WriteOutValues, unknown: (name: string) => void): string {
  return format.replace(/%%|%\{([^}]*)\}|\\([nrt])/g, (all, name: string | undefined, letter: string | undefined) => {
    if (letter) return { n: '\n', r: '\r', t: '\t' }[letter] ?? all
    if (name === undefined) return '%'
    if (!(name in values)) {
      unknown(name)
      return ''
    }
    return String(values[name] ?? '')
  })
}
