import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { memoryIndex } from '../../test/support/memory-index.ts'
import { linux, pinned, resolvingOf } from '../../test/support/resolving.ts'
import { formatPylock } from '../packaging/format-pylock.ts'
import { parsePylock } from '../packaging/parse-pylock.ts'
import { pyodideTarget } from '../packaging/target.ts'
import { lockedFiles, lockedIndex } from './lock-index.ts'
import { parsePexLock, selectPexLocked } from './lock-pex.ts'
import { lockResolutions } from './lock-pylock.ts'
import { selectLocked } from './lock-selection.ts'
import { ResolutionError } from './resolution-error.ts'
import { resolve } from './resolve.ts'

const recorded = (name: string) => readFileSync(new URL(`../../test/recorded/${name}`, import.meta.url))

/** What scripts/record-lock-selections.py recorded: a lock, extras, groups, and what `packaging` selects or complains of. */
type Chosen = [name: string, kind: string, url: string | null]
type Selection = [toml: string, extras: string[], groups: string[] | null, answer: string | Chosen[]]

describe('selectLocked', () => {
  it('selects what packaging.pylock selects, and complains in its words', () => {
    const { cases } = JSON.parse(gunzipSync(recorded('lock-selections.json.gz')).toString()) as { cases: Selection[] }
    expect(cases.length).toBeGreaterThan(500)
    for (const [at, [toml, extras, groups, answer]] of cases.entries()) {
      const select = () => selectLocked(parsePylock(toml), linux, { extras, ...groups === null ? {} : { groups } })
        .map(({ locked: { name }, source }) =>
          [name, source.kind, 'file' in source ? source.file.url : 'vcs' in source ? source.vcs.url : null])
      if (typeof answer === 'string') expect(select, `case ${at}`).toThrow(new ResolutionError(answer, linux, { kind: 'lock' }))
      else expect(select(), `case ${at}`).toEqual(answer)
    }
  })
})

describe('lockResolutions', () => {
  const wheels = [
    { name: 'aa', version: '1.0', requires: ['bb', 'cc; sys_platform == "linux"', 'dd; extra == "x"'], hashes: { sha256: '11' }, requiresPython: '>=3.8' },
    { name: 'bb', version: '1.0', hashes: { sha256: '22' } },
    { name: 'bb', version: '2.0', tag: 'cp311-cp311-manylinux_2_28_x86_64', hashes: { sha256: '33' } },
    { name: 'cc', version: '1.0', requires: ['bb'] },
  ]
  const targets = [linux, pyodideTarget()]

  it('gives each target its own resolution back', async () => {
    const index = memoryIndex(wheels)
    const resolutions = await resolve(index, targets, resolvingOf(['aa']))
    const lock = await lockResolutions(targets, resolutions, { createdBy: 'test', rules: resolvingOf(['aa']), hashesOf: async () => ({ sha256: '44' }) })
    const text = formatPylock(lock)
    expect(text).toContain('environments = [')
    const read = parsePylock(text)
    for (const [at, target] of targets.entries()) {
      const files = lockedFiles(selectLocked(read, target), target, 'file:///home/user/pylock.toml')
      expect(files.map(({ file }) => file.fileName).sort()).toEqual(resolutions[at]!.distributions.map(({ file }) => file.fileName).sort())
      const [again] = await resolve(lockedIndex(index, files), [target], resolvingOf(['aa']))
      expect(pinned(again!)).toEqual(pinned(resolutions[at]!))
    }
    expect(read.packages.map(({ name, wheels: [wheel] = [] }) => [name, wheel?.hashes['sha256']])).toEqual(
      [['aa', '11'], ['bb', '22'], ['bb', '33'], ['cc', '44']])
    expect(read.packages.map(({ dependencies }) => dependencies)).toEqual(
      [[{ name: 'bb', version: '1.0' }, { name: 'bb', version: '2.0' }, { name: 'cc' }], undefined, undefined, [{ name: 'bb', version: '2.0' }]])
  })

  it('says that what would have to be built is not taken from a lock', () => {
    const lock = parsePylock('lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "aa"\n[packages.directory]\npath = "."\n')
    expect(() => lockedFiles(selectLocked(lock, linux), linux, 'file:///home/user/pylock.toml')).toThrow(
      'The lock file has aa as a directory, which would have to be built: lock a wheel of it that CPython 3.11.7 takes.')
  })
})

describe('a lock of pex3', () => {
  const lock = parsePexLock(recorded('pex-lock.json').toString())

  it('resolves without another look at its distributions', async () => {
    const target = { ...linux, tags: [lock.resolves[0]!.tag!, ...linux.tags] }
    const index = memoryIndex([])
    const roots = lock.requirements.map(requirement => ({ requirement, from: undefined, hashes: [] }))
    const [found] = await resolve(lockedIndex(index, selectPexLocked(lock, target)), [target], resolvingOf(roots))
    expect(found!.distributions.map(({ name }) => name).sort()).toEqual(
      ['certifi', 'charset-normalizer', 'idna', 'markdown-it-py', 'mdurl', 'pygments', 'requests', 'rich', 'urllib3'])
    expect(found!.distributions[0]!.file.hashes['sha256']).toMatch(/^[0-9a-f]{64}$/)
    expect(index.asked).toEqual([])
  })

  it('is refused for another platform, and where it is none', () => {
    expect(() => selectPexLocked(lock, pyodideTarget())).toThrow(
      /^The lock file does not apply to this browser: it was made for cp311-cp311-manylinux/)
    expect(() => parsePexLock('{')).toThrow(/^The lock file is no JSON: /)
    const odd = JSON.stringify({ requirements: [], constraints: [], locked_resolves: {} })
    expect(() => parsePexLock(odd)).toThrow(`Expected '.["locked_resolves"]' to be a list.`)
  })
})
