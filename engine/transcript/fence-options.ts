/** What stands after a fence's three backquotes: `terminal fixture=main cwd="/home/user/my demo" rows=12 beside=tree`. */
export interface FenceOptions {
  /** The machine's files at the start: a directory of public/demos. */
  fixture?: string
  /** Where the shell starts, if not in the fixture's own directory. */
  cwd?: string
  rows?: number
  columns?: number
  /**
   * What stands next to the terminal: the directory's tree, the bytes of a zip, the parts of a .pex file, or what the machine's server at a
   * port serves (and the tree while there is none).
   */
  beside?: { kind: 'tree' } | { kind: 'anatomy' | 'pex'; path: string } | { kind: 'pane'; port: number }
  /** Shown, never played. */
  static: boolean
  /** The text alone, at once: no bar, no clicks. */
  bare: boolean
  /** The machine, and with it each server that runs on it, stays when the slide is left. */
  keep?: boolean
}

const keys = ['fixture', 'cwd', 'rows', 'columns', 'beside', 'static', 'bare', 'keep'] as const
type Key = (typeof keys)[number]

/** Throws a RangeError that names what is wrong and what is known. `info` is the whole info string; its first word is the language. */
export const parseFenceOptions = (info: string): FenceOptions => {
  const options: FenceOptions = { static: false, bare: false }
  const seen = new Set<Key>()
  for (const { name, value } of wordsOf(info).slice(1)) {
    const key = keys.find(key => key === name)
    if (key === undefined) throw new RangeError(`${info}: no option is called ${name}; the options are ${keys.join(', ')}`)
    if (seen.has(key)) throw new RangeError(`${info}: ${key} is given twice; keep one`)
    seen.add(key)
    if (key === 'static' || key === 'bare' || key === 'keep') {
      if (value !== undefined) throw new RangeError(`${info}: ${key} takes no value; write ${key} alone`)
      options[key] = true
      continue
    }
    if (value === undefined || value === '') throw new RangeError(`${info}: ${key} needs a value; write ${key}=...`)
    if (key === 'rows' || key === 'columns') options[key] = countOf(info, key, value)
    else if (key === 'beside') options.beside = besideOf(info, value)
    else options[key] = value
  }
  return options
}

const wordsOf = (info: string): { name: string; value: string | undefined }[] => {
  const words: { name: string; value: string | undefined }[] = []
  const word = /\s*([^\s="']+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"']*)))?(?=\s|$)/y
  const text = info.trimEnd()
  while (word.lastIndex < text.length) {
    const at = word.lastIndex
    const found = word.exec(text)
    if (found === null) throw new RangeError(`${info}: cannot read ${text.slice(at).trim()}; write key=value, key="quoted value" or a flag`)
    words.push({ name: found[1]!, value: found[2] ?? found[3] ?? found[4] })
  }
  return words
}

const countOf = (info: string, key: Key, value: string): number => {
  if (!/^[1-9][0-9]{0,2}$/.test(value)) throw new RangeError(`${info}: ${key} is ${value}; write a whole number from 1 to 999`)
  return Number(value)
}

const besideOf = (info: string, value: string): FenceOptions['beside'] => {
  const [kind, path = ''] = value.split(/:(.*)/s)
  if (kind === 'tree' && path === '') return { kind }
  if ((kind === 'anatomy' || kind === 'pex') && path !== '') return { kind, path }
  if (kind === 'pane' && /^[1-9]\d{0,4}$/.test(path) && Number(path) < 65536) return { kind, port: Number(path) }
  throw new RangeError(`${info}: beside is ${value}; write beside=tree, beside=anatomy:FILE, beside=pex:FILE or beside=pane:PORT`)
}
