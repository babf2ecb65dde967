/** What becomes of each entry of the archive, and what is added. */
import { nativeName } from '../archive/shown-name.ts'
import type { ZipEntry } from '../archive/zip-entry.ts'
import type { Found } from './zip-collect.ts'
import { entryTime } from './zip-extract.ts'
import type { ZipOptions } from './zip-options.ts'
import { compilePattern } from './zip-pattern.ts'

export interface ZipPlan {
  /** The archive's entries in order: kept, replaced by a file, or left out. */
  entries: { entry: ZipEntry; name: string; fate: 'keep' | 'delete' | Found }[]
  added: Found[]
  /** Patterns of -d that no entry matches. */
  unmatched: string[]
  changes: number
}

export function planDeletion(entries: readonly ZipEntry[], patterns: readonly string[]): ZipPlan {
  const compiled = patterns.map((pattern) => ({ pattern, matches: compilePattern(pattern), matched: false }))
  const fates = entries.map((entry) => {
    const name = nativeName(entry)
    const hits = compiled.filter(({ matches }) => matches(name))
    for (const hit of hits) hit.matched = true
    return { entry, name, fate: hits.length ? ('delete' as const) : ('keep' as const) }
  })
  return {
    entries: fates,
    added: [],
    unmatched: compiled.filter(({ matched }) => !matched).map(({ pattern }) => pattern),
    changes: fates.filter(({ fate }) => fate === 'delete').length,
  }
}

export function planAddition(entries: readonly ZipEntry[], found: readonly Found[], action: ZipOptions['action']): ZipPlan {
  const files = new Map(found.map((file) => [file.name, file]))
  // Zip compares whole seconds, and dates of archives without the UT block are even.
  const isNewer = (file: Found, entry: ZipEntry) => Math.floor((file.stat?.mtime ?? Infinity) / 1000) * 1000 > entryTime(entry)
  const fates = entries.map((entry) => {
    const name = nativeName(entry)
    const file = files.get(name)
    files.delete(name)
    const replaced = file && (action === 'add' || isNewer(file, entry))
    return { entry, name, fate: replaced ? file : ('keep' as const) }
  })
  const added = action === 'freshen' ? [] : [...files.values()]
  return { entries: fates, added, unmatched: [], changes: added.length + fates.filter(({ fate }) => fate !== 'keep').length }
}
