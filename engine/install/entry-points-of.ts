import { parseEntryPoints, parseEntryPointValue, type EntryPointTarget } from '../packaging/entry-points.ts'

/** Group -> name -> what it stands for, in the file's order; of a name that comes twice the last counts. */
export type EntryPoints = Map<string, Map<string, EntryPointTarget>>

/** The entry points that pex makes scripts for or starts: those of `entry_points.txt`, '' where a wheel has none. Throws PackagingError. */
export const entryPointsOf = (text: string): EntryPoints => {
  const groups: EntryPoints = new Map()
  for (const { group, name, value } of parseEntryPoints(text)) {
    const points = groups.get(group) ?? new Map<string, EntryPointTarget>()
    points.set(name, parseEntryPointValue(value))
    groups.set(group, points)
  }
  return groups
}
