/** The options of zipinfo (and of `unzip -Z`). Throws nothing: a wrong letter is `wrong`. */
export interface ZipinfoOptions {
  help: boolean
  wrong: boolean
  /** Nothing but what header, totals and comment ask for; names; or a format. */
  format: 'none' | 'names-only' | 'names' | 'short' | 'medium' | 'long' | 'verbose'
  header: boolean
  totals: boolean
  comment: boolean
  sortable: boolean
  ignoreCase: boolean
  file: string | undefined
  included: string[]
  excluded: string[]
}

const formats: Record<string, ZipinfoOptions['format']> = { 1: 'names-only', 2: 'names', s: 'short', m: 'medium', l: 'long', v: 'verbose' }

export function parseZipinfoOptions(args: readonly string[]): ZipinfoOptions {
  const rest = [...args]
  const letters = new Map<string, boolean>()
  let format: ZipinfoOptions['format'] | undefined
  let wrong = false
  while (rest[0]?.startsWith('-')) {
    let on = true
    for (const letter of rest.shift()!.slice(1)) {
      if (letter === '-') on = false
      else if (formats[letter]) format = on ? formats[letter] : undefined
      else if ('ChMtTzUW'.includes(letter)) letters.set(letter, on)
      else wrong = true
      if (letter !== '-') on = true
    }
  }
  const file = rest.shift()
  const exclusion = rest.indexOf('-x')
  const included = exclusion === -1 ? rest : rest.slice(0, exclusion)
  const has = (letter: string) => letters.get(letter) === true
  const chosen = format ?? ((has('h') || has('t')) && included.length === 0 && exclusion === -1 ? 'none' : 'short')
  // The line formats come with both unless members are named.
  const framed = (chosen === 'short' || chosen === 'medium' || chosen === 'long') && included.length === 0 && exclusion === -1
  const framing = (letter: string) => chosen !== 'names-only' && (framed ? letters.get(letter) !== false : has(letter))
  return {
    help: file === undefined && !wrong,
    wrong,
    format: chosen,
    header: chosen === 'verbose' || framing('h'),
    totals: chosen !== 'verbose' && framing('t'),
    comment: has('z') && chosen !== 'names-only',
    sortable: has('T'),
    ignoreCase: has('C'),
    file,
    included,
    excluded: exclusion === -1 ? [] : rest.slice(exclusion + 1),
  }
}
