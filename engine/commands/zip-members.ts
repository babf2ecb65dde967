import type { ZipEntry } from '../archive/zip-entry.ts'
import { nativeName } from '../archive/shown-name.ts'
import { compilePattern } from './zip-pattern.ts'

/** Which of an archive's members a command line asks for, and which of its patterns nothing answered to. */
export interface Members {
  /** Every member: no pattern was given. */
  readonly all: boolean
  wants(entry: ZipEntry): boolean
  /** Patterns that no entry asked about so far has matched. */
  unmatched(): { included: string[]; excluded: string[] }
}

export function selectMembers(included: readonly string[], excluded: readonly string[], ignoreCase: boolean): Members {
  const compile = (pattern: string) => ({ pattern, matches: compilePattern(pattern, ignoreCase), matched: false })
  const wanted = included.map(compile)
  const unwanted = excluded.map(compile)
  const anyOf = (patterns: ReturnType<typeof compile>[], name: string) => {
    const hit = patterns.find(({ matches }) => matches(name))
    if (hit) hit.matched = true
    return hit !== undefined
  }
  return {
    all: included.length === 0 && excluded.length === 0,
    wants: (entry) => {
      const name = nativeName(entry)
      return (wanted.length === 0 || anyOf(wanted, name)) && !anyOf(unwanted, name)
    },
    unmatched: () => ({
      included: wanted.filter(({ matched }) => !matched).map(({ pattern }) => pattern),
      excluded: unwanted.filter(({ matched }) => !matched).map(({ pattern }) => pattern),
    }),
  }
}
