import { compareCodePoints } from '../packaging/compare-code-points.ts'

/** Paths in the order of a sorted top-down walk: a directory's files, then what lies in its directories, each by code point. */
export const walkTree = (paths: Iterable<string>): string[] => {
  const files: string[] = []
  const directories = new Map<string, string[]>()
  for (const path of paths) {
    const slash = path.indexOf('/')
    if (slash === -1) files.push(path)
    else {
      const name = path.slice(0, slash)
      const inside = directories.get(name) ?? []
      inside.push(path.slice(slash + 1))
      directories.set(name, inside)
    }
  }
  const sorted = [...directories].sort(([a], [b]) => compareCodePoints(a, b))
  return [...files.sort(compareCodePoints), ...sorted.flatMap(([name, inside]) => walkTree(inside).map((path) => `${name}/${path}`))]
}
