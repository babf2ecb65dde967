import { strip } from '../packaging/python-text.ts'

/** A section's name to its keys and values. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * Reads what Python's `RawConfigParser` reads: indented lines go on with the value above, `[DEFAULT]` holds for every section. Text that
 * it refuses gives the number of the first bad line instead. `keyName` is the normal form of a key.
 */
export const parseIni = (text: string, keyName: (key: string) => string): Ini | { badLine: number } => {
  const sections = new Map<string, Map<string, string>>()
  const defaults = new Map<string, string>()
  let section: Map<string, string> | undefined
  let key: string | undefined
  let depth = 0
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const trimmed = strip(line)
    if (/^[#;]/.test(trimmed)) continue
    const indent = line.indexOf(trimmed)
    if (section && key !== undefined && (trimmed === '' || indent > depth)) {
      section.set(key, `${section.get(key)}\n${trimmed}`)
      continue
    }
    if (trimmed === '') continue
    depth = indent
    const header = /^\[(.+)\]/.exec(trimmed)?.[1]
    if (header !== undefined) {
      if (sections.has(header)) return { badLine: index + 1 }
      section = header === 'DEFAULT' ? defaults : new Map<string, string>()
      if (section !== defaults) sections.set(header, section)
      key = undefined
      continue
    }
    const [, name = '', value] = /^(.*?)\s*[=:]\s*(.*)$/.exec(trimmed) ?? []
    key = keyName(name)
    if (!section || value === undefined || name === '' || section.has(key)) return { badLine: index + 1 }
    section.set(key, value)
  }
  return new Map([...sections].map(([name, own]) => {
    const all = [...defaults, ...own].map(([each, value]) => [each, value.replace(/\n+$/, '')] as const)
    return [name, new Map(all)]
  }))
}
