import type { Described } from './memory-index.ts'
import { createRandom } from './random-operations.ts'

export interface Universe {
  readonly wheels: readonly Described[]
  readonly roots: readonly string[]
  readonly constraints: readonly string[]
}

/** A few projects with a few versions each that ask for each other at random: some can be resolved, some cannot. */
export const randomUniverse = (seed: number, { reserves = true }: { reserves?: boolean } = {}): Universe => {
  const below = createRandom(seed)
  const chance = (percent: number): boolean => below(100) < percent
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!
  const names = ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg'].slice(0, 3 + below(5))
  const versions = ['1.0', '1.1', '2.0', '2.1', '3.0', ...reserves ? ['3.1rc1', '2.2a1'] : []]
  const clauses = (): string => {
    const version = pick(versions)
    const kind = below(12)
    if (kind < 2) return ''
    if (kind < 5) return `>=${version}`
    if (kind < 8) return `<${version}`
    if (kind < 10) return `!=${version}`
    return kind === 10 ? `==${version}` : `>=${pick(versions)},<${version}`
  }
  const asking = (): string => {
    const extras = chance(15) ? `[${pick(['x', 'y'])}]` : ''
    const marker = chance(8) ? `; sys_platform == "${pick(['linux', 'win32'])}"` : ''
    return `${pick(names)}${extras}${clauses()}${marker}`
  }
  const wheels: Described[] = []
  for (const name of names) {
    for (const version of versions) {
      if (chance(45)) continue
      wheels.push({
        name, version, extras: ['x', 'y'],
        requires: Array.from({ length: below(4) }, () => chance(20)
          ? `${pick(names)}${clauses()}; extra == "${pick(['x', 'y'])}"` : asking()).filter(text => !text.startsWith(`${name}`)),
        ...reserves && chance(10) ? { yanked: 'broken' } : {},
        ...chance(5) ? { requiresPython: '>=3.12' } : {},
      })
    }
  }
  const roots = Array.from({ length: 1 + below(3) }, asking).filter(text => !text.includes('win32'))
  return {
    wheels,
    roots: roots.length > 0 ? roots : names.slice(0, 1),
    constraints: chance(20) ? [`${pick(names)}${clauses()}`] : [],
  }
}

/** Projects that each ask for several others and take few of their versions: most choices end in a conflict that lies some way back. */
export const tightUniverse = (seed: number): Universe => {
  const below = createRandom(seed)
  const names = Array.from({ length: 7 + below(3) }, (_, at) => `p${at}`)
  const versions = ['1.0', '2.0', '3.0', '4.0']
  const asking = (by: string): string => {
    const others = names.filter(name => name !== by)
    const excluded = versions.filter(() => below(100) < 45)
    return `${others[below(others.length)]}${excluded.map(version => `!=${version}`).join(',')}`
  }
  const wheels = names.flatMap(name => versions.map(version =>
    ({ name, version, requires: Array.from({ length: 1 + below(3) }, () => asking(name)) })))
  return { wheels, roots: [asking(''), asking(''), asking('')], constraints: [] }
}
