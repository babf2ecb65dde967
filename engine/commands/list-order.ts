import { isDirectory } from '../machine/stat.ts'
import { compareVersions } from './compare-versions.ts'
import type { Entry } from './list-entry.ts'

export type SortKey = 'name' | 'none' | 'size' | 'time' | 'extension' | 'version' | 'width'

export interface Order {
  key: SortKey
  reverse: boolean
  /** Which time `time` means. */
  time: 'mtime' | 'atime' | 'ctime'
  directoriesFirst: boolean
}

/** Code points in order, which is bytes in order for UTF-8 (the C locale). */
export const compareNames = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The entries as ls orders them; ties go by name. */
export function orderEntries(entries: readonly Entry[], { key, reverse, time, directoriesFirst }: Order): Entry[] {
  const rules: Record<SortKey, (a: Entry, b: Entry) => number> = {
    name: () => 0,
    none: () => 0,
    size: (a, b) => b.stat.size - a.stat.size,
    time: (a, b) => b.stat[time] - a.stat[time],
    extension: (a, b) => compareNames(extension(a.name), extension(b.name)),
    version: (a, b) => compareVersions(a.name, b.name),
    width: (a, b) => a.name.length - b.name.length,
  }
  const rule = rules[key]
  const ordered =
    key === 'none' ? [...entries] : [...entries].sort((a, b) => (rule(a, b) || compareNames(a.name, b.name)) * (reverse ? -1 : 1))
  if (!directoriesFirst) return ordered
  const leads = (entry: Entry) => isDirectory(entry.targetMode ?? entry.stat.mode)
  return [...ordered.filter(leads), ...ordered.filter((entry) => !leads(entry))]
}

const extension = (name: string) => /\.[^.]*$/.exec(name)?.[0] ?? ''
