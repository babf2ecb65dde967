import { describe, expect, it } from 'vitest'
import { describedFile, memoryIndex, type Described } from '../../test/support/memory-index.ts'
import { linux, resolvingOf, rootOf } from '../../test/support/resolving.ts'
import { randomUniverse, type Universe } from '../../test/support/universe.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { formatVersion } from '../packaging/version.ts'
import { appliesTo } from './dependencies.ts'
import { isAsked, isMeant } from './admissions.ts'
import { listCandidates, type Candidate } from './listing.ts'
import { ResolutionError } from './resolution-error.ts'
import { resolve } from './resolve.ts'

interface Chosen {
  candidate: Candidate
  wheel: Described
}

const wheelsByUrl = (universe: Universe) => new Map(universe.wheels.map(wheel => [describedFile(wheel).url, wheel]))

const usableOf = (universe: Universe) => {
  const taker = { ranks: new Map([['py3-none-any', 0]]), python: '3.11.7', buildTagFirst: false }
  return (name: string) => listCandidates(name, universe.wheels.filter(wheel => wheel.name === name).map(describedFile), taker).candidates
}

/** What every chosen wheel and the roots ask for, with the extras that are asked of each. */
const allAsked = (roots: readonly Requirement[], chosen: ReadonlyMap<string, Chosen>): Requirement[] => {
  const asked = [...roots]
  const seen = new Set<string>()
  for (const { name, extras } of asked) {
    for (const extra of ['', ...extras]) {
      if (seen.has(`${name}[${extra}]`)) continue
      seen.add(`${name}[${extra}]`)
      const requires = chosen.get(normalizeName(name))?.wheel.requires ?? []
      asked.push(...requires.map(parseRequirement).filter(each => appliesTo(each, linux, [extra])))
    }
  }
  return asked
}

const isSolution = (roots: readonly Requirement[], constraints: readonly Requirement[], chosen: ReadonlyMap<string, Chosen>, usable: (name: string) => readonly Candidate[]) => {
  const asked = allAsked(roots, chosen)
  if (!asked.every(({ name }) => chosen.has(name))) return false
  if (![...chosen.keys()].every(project => asked.some(({ name }) => name === project))) return false
  return [...chosen].every(([project, { candidate }]) => {
    const own = [...asked, ...constraints].filter(({ name }) => name === project)
    return own.every(requirement => isMeant(requirement, candidate)) && isAsked(candidate, own, usable(project), false)
  })
}

/** Nothing but what a requirement itself admits: pip, too, gives up where one alone finds only yanked files. */
const meetsAlone = (requirement: Requirement, constraints: readonly Requirement[], usable: readonly Candidate[]): boolean => usable.some(candidate =>
  isMeant(requirement, candidate) && isAsked(candidate, [requirement, ...constraints.filter(({ name }) => name === requirement.name)], usable, true))

/** Tries everything. */
const someSolution = (universe: Universe, roots: readonly Requirement[], constraints: readonly Requirement[]): boolean => {
  const usable = usableOf(universe)
  const byUrl = wheelsByUrl(universe)
  const go = (chosen: Map<string, Chosen>): boolean => {
    const asked = allAsked(roots, chosen)
    const missing = asked.find(({ name }) => !chosen.has(name))
    if (missing === undefined) {
      return isSolution(roots, constraints, chosen, usable) && asked.every(each => meetsAlone(each, constraints, usable(each.name)))
    }
    for (const candidate of usable(missing.name)) {
      const own = [...asked, ...constraints].filter(({ name }) => name === missing.name)
      if (!own.every(requirement => isMeant(requirement, candidate))) continue
      const next = new Map(chosen).set(missing.name, { candidate, wheel: byUrl.get(candidate.file.url)! })
      if (allAsked(roots, next).every(each => !next.has(each.name) || isMeant(each, next.get(each.name)!.candidate)) && go(next)) return true
    }
    return false
  }
  return go(new Map())
}

const tally = async (from: number, to: number) => {
  const count = { solved: 0, impossible: 0, rounds: 0 }
  for (let seed = from; seed < to; seed++) {
    const universe = randomUniverse(seed)
    const roots = universe.roots.map(parseRequirement)
    const constraints = universe.constraints.map(parseRequirement)
    const expected = someSolution(universe, roots, constraints)
    const resolving = resolvingOf(universe.roots, { constraints: universe.constraints.map(text => rootOf(text)) })
    try {
      const [resolution] = await resolve(memoryIndex(universe.wheels), [linux], resolving)
      const byUrl = wheelsByUrl(universe)
      const chosen = new Map(resolution!.distributions.map(({ name, version, file }) =>
        [name, { wheel: byUrl.get(file.url)!, candidate: usableOf(universe)(name).find(each => each.file.url === file.url)!, version }]))
      const shown = [...chosen].map(([name, { version }]) => `${name} ${formatVersion(version)}`).join(', ')
      expect(isSolution(roots, constraints, chosen, usableOf(universe)), `seed ${seed}: ${shown}`).toBe(true)
      count.solved++
      count.rounds += resolution!.rounds
    } catch (error) {
      if (!(error instanceof ResolutionError)) throw error
      expect(expected, `seed ${seed} has a solution, but: ${error.message}`).toBe(false)
      count.impossible++
    }
  }
  return count
}

describe('resolve, beside trying everything', () => {
  it('finds a solution exactly where there is one', async () => {
    const { solved, impossible } = await tally(0, 4000)
    expect(solved).toBeGreaterThan(500)
    expect(impossible).toBeGreaterThan(500)
  })
})
