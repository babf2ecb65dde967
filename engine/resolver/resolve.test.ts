import { describe, expect, it } from 'vitest'
import { deepUniverse } from '../../test/support/deep-universe.ts'
import { describedFile, memoryIndex, type Described } from '../../test/support/memory-index.ts'
import { createRandom } from '../../test/support/random-operations.ts'
import { linux, pinned, resolvingOf, rootOf } from '../../test/support/resolving.ts'
import type { PackageIndex } from '../index/package-index.ts'
import { parseRequirement } from '../packaging/requirement.ts'
import { pyodideTarget } from '../packaging/target.ts'
import { formatVersion } from '../packaging/version.ts'
import { checkResolution } from './check-resolution.ts'
import { askedFrom, ResolutionError } from './resolution-error.ts'
import { resolve } from './resolve.ts'
import type { Resolution, Resolving, Root } from './resolution.ts'

type Roots = readonly (string | Root)[]

const wheel = (name: string, version: string, requires: readonly string[] = [], more: Partial<Described> = {}): Described =>
  ({ name, version, requires, ...more })

const resolution = async (wheels: readonly Described[], roots: Roots, changed: Partial<Resolving> = {}): Promise<Resolution> =>
  (await resolve(memoryIndex(wheels), [linux], resolvingOf(roots, changed)))[0]!

const answer = async (wheels: readonly Described[], roots: Roots, changed: Partial<Resolving> = {}): Promise<string[]> =>
  pinned(await resolution(wheels, roots, changed))

const refusal = async (wheels: readonly Described[], roots: Roots, changed: Partial<Resolving> = {}): Promise<ResolutionError> => {
  const error = await resolution(wheels, roots, changed).then(pinned, (reason: unknown) => reason)
  if (error instanceof ResolutionError) return error
  throw new Error(`no ResolutionError: ${String(error)}`)
}

const conflict = [
  wheel('aa', '1.0', ['cc<2']), wheel('aa', '2.0', ['cc>=2']), wheel('bb', '1.0', ['cc<2']), wheel('cc', '1.0'), wheel('cc', '2.0'),
]

describe('versions', () => {
  it('takes the newest', async () => {
    expect(await answer(conflict, ['aa'])).toEqual(['aa==2.0', 'cc==2.0'])
  })

  it('goes back where the newest does not fit', async () => {
    expect(await answer(conflict, ['aa', 'bb'])).toEqual(['aa==1.0', 'bb==1.0', 'cc==1.0'])
  })

  it('as legacy does not, and the check after it says what is wrong', async () => {
    const legacy = await resolution(conflict, ['aa', 'bb'], { method: 'legacy' })
    expect(pinned(legacy)).toEqual(['aa==2.0', 'bb==1.0', 'cc==2.0'])
    expect(checkResolution([linux], [legacy], { excludes: [], overrides: [] })).toBe([
      'Failed to resolve compatible distributions for 1 target:',
      '1: CPython 3.11.7 is not compatible with:',
      '    bb 1.0 requires cc<2 but 1 incompatible dist was resolved:',
      '        cc-2.0-py3-none-any.whl',
    ].join('\n'))
    expect(checkResolution([linux], [await resolution(conflict, ['aa', 'bb'])], { excludes: [], overrides: [] })).toBeUndefined()
  })

  it('as legacy takes one requirement for a project only', async () => {
    const { message, reason } = await refusal(conflict, ['cc<2', 'cc>=1'], { method: 'legacy' })
    expect([message, reason.kind]).toEqual(["Double requirement given: cc>=1 (already in cc<2, name='cc')", 'double'])
  })

  it('holds to constraints, and fetches nothing of a project that only they name', async () => {
    expect(await answer(conflict, ['aa'], { constraints: [rootOf('cc<2'), rootOf('unknown==1')] })).toEqual(['aa==1.0', 'cc==1.0'])
  })

  it('takes pre-releases where a clause names one, where there is nothing else, and with --pre', async () => {
    const wheels = [wheel('aa', '1.0'), wheel('aa', '2.0rc1'), wheel('bb', '1.0a1')]
    expect(await answer(wheels, ['aa'])).toEqual(['aa==1.0'])
    expect(await answer(wheels, ['aa>=2.0rc1'])).toEqual(['aa==2.0rc1'])
    expect(await answer(wheels, ['aa>1'])).toEqual(['aa==2.0rc1'])
    expect(await answer(wheels, ['bb'])).toEqual(['bb==1.0a1'])
    expect(await answer(wheels, ['aa'], { prereleases: true })).toEqual(['aa==2.0rc1'])
  })

  it('takes a yanked file only where == asks for it', async () => {
    const wheels = [wheel('aa', '1.0'), wheel('aa', '2.0', [], { yanked: 'broken' })]
    expect(await answer(wheels, ['aa'])).toEqual(['aa==1.0'])
    expect(await answer(wheels, ['aa==2.0'])).toEqual(['aa==2.0'])
    expect((await refusal(wheels, ['aa>=2'])).message).toContain('aa 2.0 is yanked')
    const better = wheel('aa', '2.0', [], { yanked: 'broken', tag: 'cp311-cp311-manylinux_2_28_x86_64' })
    const [{ file }] = (await resolution([better, wheel('aa', '2.0')], ['aa==2.0'])).distributions as [Resolution['distributions'][0]]
    expect(file.fileName).toBe('aa-2.0-py3-none-any.whl')
  })

  it('takes the best wheel of a version, and passes over what the target cannot take', async () => {
    const wheels = [
      wheel('aa', '1.0'), wheel('aa', '1.0', [], { tag: 'cp311-cp311-manylinux_2_28_x86_64' }),
      wheel('aa', '2.0', [], { tag: 'cp312-cp312-win_amd64' }), wheel('aa', '3.0', [], { requiresPython: '>=3.12' }),
      wheel('aa', '4.0', [], { fileName: 'aa-4.0.tar.gz' }),
    ]
    const [{ file }] = (await resolution(wheels, ['aa'])).distributions as [Resolution['distributions'][0]]
    expect(file.fileName).toBe('aa-1.0-cp311-cp311-manylinux_2_28_x86_64.whl')
  })

  it('takes what the first index has that fits, where that counts', async () => {
    const listed = memoryIndex([wheel('aa', '1.0'), wheel('aa', '2.0'), wheel('aa', '3.0')])
    const files = (await listed.project('aa'))!.map(file => ({ ...file, rank: file.fileName.includes('-3.0') ? 1 : 0 }))
    const index: PackageIndex = { ...listed, project: async () => files }
    for (const method of ['backtracking', 'legacy'] as const) {
      expect(pinned((await resolve(index, [linux], resolvingOf(['aa'], { method })))[0]!)).toEqual(['aa==2.0'])
      expect(pinned((await resolve(index, [linux], resolvingOf(['aa>2'], { method })))[0]!)).toEqual(['aa==3.0'])
    }
  })

  it('goes back where only the metadata says that the Python is wrong', async () => {
    const hidden = memoryIndex([wheel('aa', '1.0'), wheel('aa', '2.0', [], { requiresPython: '>=3.12' })])
    const files = (await hidden.project('aa'))!.map(file => ({ ...file, requiresPython: undefined }))
    const index: PackageIndex = { ...hidden, project: async () => files }
    const [found] = await resolve(index, [linux], resolvingOf(['aa']))
    expect(pinned(found!)).toEqual(['aa==1.0'])
  })
})

describe('what is asked for', () => {
  const extras = [
    wheel('aa', '1.0', ['bb; extra == "big"', 'cc'], { extras: ['big'] }), wheel('aa', '2.0', ['cc']),
    wheel('bb', '1.0', ['aa<2']), wheel('cc', '1.0'),
  ]

  it('gives an extra the version of its project', async () => {
    const { distributions } = await resolution(extras, ['aa[Big]<2'])
    expect(distributions.map(({ name, version, extras: own }) => [name, formatVersion(version), own])).toEqual(
      [['aa', '1.0', ['big']], ['cc', '1.0', []], ['bb', '1.0', []]])
  })

  it('names the roots of what was asked for directly', async () => {
    const roots = [rootOf('aa<2', '-r r.txt (line 1)'), rootOf('cc'), rootOf('bb; sys_platform == "win32"')]
    const { distributions } = await resolution(extras, roots)
    expect(distributions.map(({ roots: own }) => own)).toEqual([[roots[0]], [roots[1]]])
  })

  it('leaves out what is excluded, replaces what is overridden, and stops at the roots where told to', async () => {
    expect(await answer(conflict, ['aa', 'bb'], { excludes: [parseRequirement('cc')] })).toEqual(['aa==2.0', 'bb==1.0'])
    const overrides = [{ project: 'cc', requirement: parseRequirement('cc==1.0') }]
    expect(await answer(conflict, ['aa', 'bb'], { overrides })).toEqual(['aa==2.0', 'bb==1.0', 'cc==1.0'])
    expect(await answer([...conflict, wheel('dd', '1.0')], ['aa'], { overrides: [{ project: 'cc', requirement: parseRequirement('dd') }] }))
      .toEqual(['aa==2.0', 'dd==1.0'])
    expect(await answer(conflict, ['aa', 'bb'], { transitive: false })).toEqual(['aa==2.0', 'bb==1.0'])
  })

  it('takes a direct URL for its project, wherever it is asked for', async () => {
    const wheels = [...conflict, wheel('cc', '1.5', [], { fileName: 'cc-1.5-py3-none-any.whl' })]
    const url = describedFile(wheels.at(-1)!).url
    const listed = memoryIndex(wheels)
    const index: PackageIndex = { ...listed, project: async name => (await listed.project(name))?.filter(file => file.url !== url) }
    const [found] = await resolve(index, [linux], resolvingOf(['aa', `cc @ ${url}`]))
    expect(pinned(found!)).toEqual(['aa==1.0', 'cc==1.5'])
    const [without] = await resolve(index, [linux], resolvingOf(['cc<2']))
    expect(pinned(without!)).toEqual(['cc==1.0'])
  })

  it('takes no two URLs for one project, and no URL of something else', async () => {
    const roots = ['a', 'b'].map(host => `cc @ https://${host}.test/cc-1.0-py3-none-any.whl`)
    const two = await refusal([wheel('cc', '1.0')], roots)
    expect(two.reason.kind).toBe('conflict')
    const other = await refusal([], ['cc @ https://a.test/dd-1.0-py3-none-any.whl'])
    expect([other.reason.kind, other.message]).toEqual(['refused', 'dd-1.0-py3-none-any.whl is a wheel of dd, not of cc'])
  })

  it('in hash mode asks for pins and hashes of everything, and takes the file that has them', async () => {
    const wheels = [
      wheel('aa', '1.0', ['bb'], { hashes: { sha256: '11' } }),
      wheel('aa', '1.0', ['bb'], { tag: 'py311-none-any', hashes: { sha256: '22' } }),
      wheel('bb', '1.0', [], { hashes: { sha256: '33' } }),
    ]
    const [aa, bb] = [rootOf('aa==1.0', undefined, ['sha256:11']), rootOf('bb==1.0', undefined, ['sha256:33'])]
    const { distributions } = await resolution(wheels, [aa, bb])
    expect(distributions.map(({ file }) => file.fileName)).toEqual(['aa-1.0-py3-none-any.whl', 'bb-1.0-py3-none-any.whl'])
    const unpinned = await refusal(wheels, [aa])
    expect(unpinned.message).toBe(
      'In --require-hashes mode, all requirements must have their versions pinned with ==. These do not:\n    bb (from aa==1.0)')
    expect((await refusal(wheels, [aa, 'bb==1.0'])).reason.kind).toBe('unhashed')
  })

  it('answers for each target by itself', async () => {
    const wheels = [
      wheel('aa', '1.0', ['bb; sys_platform == "emscripten"']),
      wheel('aa', '2.0', [], { tag: 'cp311-cp311-manylinux_2_28_x86_64' }),
      wheel('bb', '1.0'),
    ]
    const answers = await resolve(memoryIndex(wheels), [linux, pyodideTarget()], resolvingOf(['aa']))
    expect(answers.map(pinned)).toEqual([['aa==2.0'], ['aa==1.0', 'bb==1.0']])
  })
})

describe('how', () => {
  it('answers the same whatever is fast or slow', async () => {
    const universe = deepUniverse(40)
    const answers = await Promise.all([1, 2, 3].map(async seed => {
      const below = createRandom(seed)
      const index = memoryIndex(universe.wheels)
      const later = async <T>(ask: Promise<T>): Promise<T> => {
        for (let turns = below(6); turns > 0; turns--) await Promise.resolve()
        return ask
      }
      const slow: PackageIndex = { ...index, project: name => later(index.project(name)), metadata: file => later(index.metadata(file)) }
      const [{ distributions, rounds, fetches }] = await resolve(slow, [linux], resolvingOf(universe.roots)) as [Resolution]
      return [distributions.map(({ file }) => file.fileName), rounds, fetches]
    }))
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  it('resolves 300 projects with a deep conflict without reading everything', async () => {
    const universe = deepUniverse(300)
    const found = await resolution(universe.wheels, universe.roots)
    expect(found.distributions).toHaveLength(300)
    expect(found.fetches).toBeLessThan(universe.wheels.length / 2)
  })

  it('ends when it is told to', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(resolution(conflict, ['aa'], { signal: stop.signal })).rejects.toThrow('abort')
  })

  it('lets the index complain for itself', async () => {
    const index = { ...memoryIndex(conflict), project: async () => { throw new Error('the index is down') } }
    await expect(resolve(index, [linux], resolvingOf(['aa']))).rejects.toThrow('the index is down')
  })
})

describe('why not', () => {
  it('says how requirements contradict each other', async () => {
    const { message, reason } = await refusal(conflict, [rootOf('aa>=2', '-r r.txt (line 1)'), 'bb'])
    expect(message).toBe([
      'Because aa==2.0 requires cc>=2 and bb==1.0 requires cc<2, aa==2.0 and bb==1.0 cannot be used together.',
      'So because bb is asked for and aa>=2 (-r r.txt (line 1)) is asked for, the requirements cannot be met.',
    ].join('\n'))
    expect(reason.kind === 'conflict' && reason.asks.map(ask => [ask.requirement.name, askedFrom(ask)])).toEqual(
      [['cc', 'aa>=2->-r r.txt (line 1)'], ['cc', 'bb'], ['bb', undefined], ['aa', '-r r.txt (line 1)']])
  })

  it('tells longer stories in steps', async () => {
    const wheels = [wheel('root', '1', ['foo', 'baz<3']), wheel('foo', '1.0', ['bar>=2']), wheel('foo', '1.1', ['bar>=2', 'baz<2']),
      wheel('bar', '2.0', ['baz>=3']), wheel('baz', '1.0'), wheel('baz', '3.0')]
    expect((await refusal(wheels, ['root'])).message).toBe([
      'Because foo requires bar>=2 and bar==2.0 requires baz>=3, foo requires baz==3.0.',
      'And because root==1 requires foo, root==1 requires baz==3.0.',
      'So because root==1 requires baz<3 and root is asked for, the requirements cannot be met.',
    ].join('\n'))
  })

  it('says which versions there are', async () => {
    const { message, reason } = await refusal(conflict, ['cc==99'])
    expect(message).toBe('No version of cc meets cc==99.\nVersions that CPython 3.11.7 can use: 2.0, 1.0.')
    expect(reason.kind === 'no-candidate' && reason.versions.map(formatVersion)).toEqual(['1.0', '2.0'])
  })

  it('says who asks for what there is not', async () => {
    const { message, reason } = await refusal([wheel('aa', '1.0', ['bb>2']), wheel('bb', '1.0')], [rootOf('aa', '-r r.txt (line 3)')])
    expect(message).toContain('No version of bb meets bb>2 (from aa->-r r.txt (line 3)).')
    expect(reason).toMatchObject({ kind: 'no-candidate', known: true })
  })

  it('says that a project is not known', async () => {
    const { message, reason } = await refusal([], ['reqests'])
    expect(message).toBe('There is no project reqests at https://index.test/simple/: reqests cannot be met. Check its spelling and the indexes.')
    expect(reason).toMatchObject({ kind: 'no-candidate', known: false })
  })

  it('says that no index is asked, or which many', async () => {
    const found = async (places: readonly string[], method: 'backtracking' | 'legacy') =>
      (await resolve({ ...memoryIndex([]), places }, [linux], resolvingOf(['reqests'], { method })).catch((error: unknown) => error) as Error).message
    for (const method of ['backtracking', 'legacy'] as const) {
      expect(await found([], method)).toBe('There is no project reqests, for no index is asked: reqests cannot be met. Name one with --index or --find-links.')
      expect(await found(['a', 'b', 'c', 'd', 'e', 'f', 'g'], method)).toContain('There is no project reqests at a, b, c, d, e and 2 more: ')
    }
  })

  it('says what files there are where none fits', async () => {
    const { message } = await refusal([
      wheel('aa', '0.1', [], { fileName: 'aa-0.1.tar.gz' }), wheel('aa', '1.0', [], { tag: 'cp312-cp312-win_amd64' }),
      wheel('aa', '2.0', [], { requiresPython: '>=3.12' }),
    ], ['aa'])
    expect(message).toBe([
      'No version of aa meets aa.',
      'aa 2.0 requires Python >=3.12, and CPython 3.11.7 has 3.11.7.',
      'aa 1.0 has wheels for cp312-cp312-win_amd64 only; CPython 3.11.7 takes cp311-cp311-manylinux_2_28_x86_64 and the like.',
      'aa 0.1 has no wheel, only source distributions, which are not built here.',
      'CPython 3.11.7 can use no version of aa.',
    ].join('\n'))
  })

  it('points at what has to be asked for by name', async () => {
    const { message } = await refusal([wheel('aa', '1.0'), wheel('aa', '2.0a1'), wheel('aa', '3.0', [], { yanked: '' })], ['aa>1'])
    expect(message).toBe([
      'No version of aa meets aa>1.',
      'Versions that CPython 3.11.7 can use: 3.0, 2.0a1, 1.0.',
      'There are pre-releases of aa (2.0a1): --pre takes them, and so does a requirement that names one.',
      'aa 3.0 is yanked: only a requirement with == takes it.',
    ].join('\n'))
  })
})
