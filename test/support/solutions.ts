import { appliesTo } from '../../engine/resolver/dependencies.ts'
import { isAsked, isMeant } from '../../engine/resolver/admissions.ts'
import { listCandidates, type Candidate } from '../../engine/resolver/listing.ts'
import { parseRequirement, type Requirement } from '../../engine/packaging/requirement.ts'
import { describedFile, type Described } from './memory-index.ts'
import { linux } from './resolving.ts'
import type { Universe } from './universe.ts'

/** A candidate by the name of its project. */
export type Choices = ReadonlyMap<string, Candidate>

/** A universe as a solver without any cleverness sees it. */
export interface Puzzle {
  readonly roots: readonly Requirement[]
  readonly constraints: readonly Requirement[]
  readonly usable: (name: string) => readonly Candidate[]
  readonly requires: (candidate: Candidate) => readonly Requirement[]
}

export const puzzleOf = ({ wheels, roots, constraints }: Universe): Puzzle => {
  const taker = { ranks: new Map([['py3-none-any', 0]]), python: '3.11.7', buildTagFirst: false }
  const byUrl = new Map<string, Described>(wheels.map(wheel => [describedFile(wheel).url, wheel]))
  const listed = new Map([...new Set(wheels.map(({ name }) => name))].map(name =>
    [name, listCandidates(name, wheels.filter(wheel => wheel.name === name).map(describedFile), taker).candidates]))
  const parsed = new Map<string, readonly Requirement[]>()
  return {
    roots: roots.map(parseRequirement),
    constraints: constraints.map(parseRequirement),
    usable: name => listed.get(name) ?? [],
    requires: ({ file: { url } }) => {
      const known = parsed.get(url) ?? (byUrl.get(url)?.requires ?? []).map(parseRequirement)
      parsed.set(url, known)
      return known
    },
  }
}

/** What the roots and every chosen candidate ask for, with the extras that are asked of each. */
export const allAsked = ({ roots, requires }: Puzzle, chosen: Choices): Requirement[] => {
  const asked = roots.filter(each => appliesTo(each, linux))
  const seen = new Set<string>()
  for (const { name, extras } of asked) {
    const candidate = chosen.get(name)
    if (candidate === undefined) continue
    for (const extra of ['', ...extras]) {
      if (seen.has(`${name}[${extra}]`)) continue
      seen.add(`${name}[${extra}]`)
      asked.push(...requires(candidate).filter(each => appliesTo(each, linux, [extra])))
    }
  }
  return asked
}

/** What is asked of one project, constraints included. */
export const askedOf = ({ constraints }: Puzzle, asked: readonly Requirement[], project: string): Requirement[] =>
  [...asked, ...constraints].filter(({ name }) => name === project)

/**
 * Whether the choices are a solution: all that is asked for is there, meant and asked for by name where it must be, and nothing else is.
 */
export const isSolution = (puzzle: Puzzle, chosen: Choices): boolean => {
  const asked = allAsked(puzzle, chosen)
  if (!asked.every(({ name }) => chosen.has(name))) return false
  return [...chosen].every(([project, candidate]) => {
    const own = askedOf(puzzle, asked, project)
    return asked.some(({ name }) => name === project) && own.every(requirement => isMeant(requirement, candidate))
      && isAsked(candidate, own, puzzle.usable(project), false)
  })
}
