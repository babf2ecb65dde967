/** How far the search goes back from a conflict: no answer shows it, only how long the search takes. */
import { expect, test } from 'vitest'
import { parseVersion } from '../packaging/version.ts'
import { directFile } from '../index/direct-file.ts'
import { choicesWhere, type ChoiceSet } from './choice-set.ts'
import { incompatibility, type Given } from './incompatibility.ts'
import { createPackage, otherChoices, type Package } from './package.ts'
import { createSolver, type Solver } from './solver.ts'

const pkg = (name: string, count: number): Package => {
  const file = directFile(`https://one.example/${name}-1.0-py3-none-any.whl`)
  const candidates = Array.from({ length: count }, (_, at) => ({ version: parseVersion(String(at)), file, reserve: undefined }))
  return createPackage({ name, known: true, candidates, unusable: [] }, candidates)
}
const only = ({ size }: Package, ...choices: number[]): ChoiceSet => choicesWhere(size, choice => choices.includes(choice))
const cause = (by: Package): Given => ({ kind: 'unusable', pkg: by, why: 'so it is' })
const forbid = (solver: Solver, ...terms: [Package, ChoiceSet][]) => solver.add(incompatibility(terms, cause(terms[0]![0])))
const choose = (solver: Solver, by: Package, choice: number) => {
  solver.decide(by, choice)
  expect(solver.propagate()).toBeUndefined()
}

test.each([['first', false], ['last', true]])('over decisions that have no part in the conflict; its last step stands %s in it', (_place, reversed) => {
  const inOrder = <T>(...all: T[]): T[] => (reversed ? all.reverse() : all)
  const solver = createSolver()
  const [a, b, c, d] = [pkg('a', 1), pkg('b', 1), pkg('c', 2), pkg('d', 2)]
  choose(solver, a, 0)
  choose(solver, b, 0)
  choose(solver, c, 1)
  // What c's and a's metadata ask for is known only now: another d each.
  const asks = inOrder<[Package, ChoiceSet][]>([[c, only(c, 1)], [d, otherChoices(d, only(d, 1))]], [[a, only(a, 0)], [d, otherChoices(d, only(d, 0))]])
  for (const terms of asks) forbid(solver, ...inOrder(...terms))
  expect(solver.propagate()).toBeUndefined()
  expect([a, b, c, d].map(solver.assignments.decided)).toEqual([0, undefined, undefined, undefined])
  expect(solver.assignments.level()).toBe(1)
  expect(solver.assignments.left(c)).toEqual(only(c, 0, c.absent))
  expect(solver.assignments.left(d)).toEqual(only(d, 0))
})

test('but not over a decision on which the last step built', () => {
  const solver = createSolver()
  const [a, b, c, d] = [pkg('a', 1), pkg('b', 1), pkg('c', 1), pkg('d', 3)]
  forbid(solver, [a, only(a, 0)], [d, only(d, 0)])
  forbid(solver, [c, only(c, 0)], [d, only(d, 1)])
  for (const each of [a, b, c]) choose(solver, each, 0)
  forbid(solver, [d, only(d, 2, d.absent)])
  expect(solver.propagate()).toBeUndefined()
  expect([a, b, c].map(solver.assignments.decided)).toEqual([0, undefined, undefined])
  expect(solver.assignments.level()).toBe(1)
  expect(solver.assignments.left(d)).toEqual(only(d, 1))
  expect(solver.assignments.left(c)).toEqual(only(c, c.absent))
})

test('to the beginning, where only one decision was wrong', () => {
  const solver = createSolver()
  const [a, b] = [pkg('a', 1), pkg('b', 2)]
  choose(solver, a, 0)
  choose(solver, b, 1)
  forbid(solver, [b, only(b, 1)])
  expect(solver.propagate()).toBeUndefined()
  expect(solver.assignments.level()).toBe(0)
  expect(solver.assignments.left(b)).toEqual(only(b, 0, b.absent))
})

test('to a proof, where nothing was decided that could be taken back', () => {
  const solver = createSolver()
  const a = pkg('a', 2)
  forbid(solver, [a, only(a, a.absent)])
  forbid(solver, [a, only(a, 0)])
  forbid(solver, [a, only(a, 1)])
  expect(solver.propagate()?.terms.size).toBe(0)
})
