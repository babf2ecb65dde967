import { describe, expect, it } from 'vitest'
import { memoryIndex } from '../../test/support/memory-index.ts'
import { linux, resolvingOf, rootOf } from '../../test/support/resolving.ts'
import { allAsked, askedOf, isSolution, puzzleOf, type Choices, type Puzzle } from '../../test/support/solutions.ts'
import { randomUniverse, tightUniverse, type Universe } from '../../test/support/universe.ts'
import type { Requirement } from '../packaging/requirement.ts'
import { isAsked, isMeant } from './admissions.ts'
import { ResolutionError } from './resolution-error.ts'
import { resolve } from './resolve.ts'

/** pip, too, gives up where one requirement by itself finds nothing but yanked files. */
const meetsAlone = (puzzle: Puzzle, requirement: Requirement): boolean => {
  const own = askedOf(puzzle, [requirement], requirement.name)
  const usable = puzzle.usable(requirement.name)
  return usable.some(candidate => isMeant(requirement, candidate) && isAsked(candidate, own, usable, true))
}

/** Tries everything. */
const someSolution = (puzzle: Puzzle, chosen: Choices = new Map()): boolean => {
  const asked = allAsked(puzzle, chosen)
  const missing = asked.find(({ name }) => !chosen.has(name))
  if (missing === undefined) return isSolution(puzzle, chosen) && asked.every(each => meetsAlone(puzzle, each))
  const own = askedOf(puzzle, asked, missing.name)
  return puzzle.usable(missing.name).some(candidate => {
    if (!own.every(requirement => isMeant(requirement, candidate))) return false
    const next = new Map(chosen).set(missing.name, candidate)
    return allAsked(puzzle, next).every(each => !next.has(each.name) || isMeant(each, next.get(each.name)!)) && someSolution(puzzle, next)
  })
}

const chosenBy = async (universe: Universe, puzzle: Puzzle): Promise<Choices | ResolutionError> => {
  const resolving = resolvingOf(universe.roots, { constraints: universe.constraints.map(text => rootOf(text)) })
  try {
    const [resolution] = await resolve(memoryIndex(universe.wheels), [linux], resolving)
    return new Map(resolution!.distributions.map(({ name, file }) => [name, puzzle.usable(name).find(each => each.file.url === file.url)!]))
  } catch (error) {
    if (error instanceof ResolutionError) return error
    throw error
  }
}

const compare = async (make: (seed: number) => Universe, seeds: number): Promise<{ solved: number; impossible: number }> => {
  const count = { solved: 0, impossible: 0 }
  for (let seed = 0; seed < seeds; seed++) {
    const universe = make(seed)
    const puzzle = puzzleOf(universe)
    const chosen = await chosenBy(universe, puzzle)
    if (chosen instanceof ResolutionError) {
      expect(someSolution(puzzle), `seed ${seed} has a solution, but: ${chosen.message}`).toBe(false)
      count.impossible++
    } else {
      expect(isSolution(puzzle, chosen), `seed ${seed}: ${[...chosen.values()].map(({ file }) => file.fileName).join(', ')}`).toBe(true)
      count.solved++
    }
  }
  return count
}

describe('resolve, beside trying everything', () => {
  it('finds a solution exactly where there is one', async () => {
    const { solved, impossible } = await compare(randomUniverse, 2000)
    expect(solved).toBeGreaterThan(500)
    expect(impossible).toBeGreaterThan(500)
  })

  it('finds it where conflicts lie far back', async () => {
    const { solved, impossible } = await compare(tightUniverse, 1000)
    expect(solved).toBeGreaterThan(100)
    expect(impossible).toBeGreaterThan(100)
  })
})
