import { PackagingError } from './packaging-error.ts'
import { pythonRepr } from './python-text.ts'

/** One compatibility tag of PEP 425 as it is written, in lower case: `cp312-cp312-manylinux_2_17_x86_64`. Equal tags are equal strings. */
export type Tag = string

/** `[3, 12]`, or only the major number. */
export type PythonVersion = readonly [major: number, minor?: number]

/** How an interpreter was built, as far as its ABI's name tells of it. */
export interface CPythonBuild {
  readonly debug?: boolean
  readonly freeThreaded?: boolean
  /** Before 3.8 only: absent means built with it. */
  readonly pymalloc?: boolean
  /** Before 3.3 only: absent means that a character has four bytes. */
  readonly ucs4?: boolean
}

const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u

/** Far more than any wheel has: a name from an index must not fill the memory. */
const mostTags = 10_000

const toTag = (interpreter: string, abi: string, platform: string): Tag => `${interpreter}-${abi}-${platform}`.toLowerCase()

const noDot = (version: PythonVersion) => version.slice(0, 2).join('')

/**
 * Every tag that a compressed tag set (`py2.py3-none-any`) stands for, each once, in the order in which they are written.
 * Refuses what `packaging.tags.parse_tag` refuses, and sets of more than 10,000 tags.
 */
export const parseTags = (text: string): Tag[] => {
  const components = text.split('-').map(component => component.split('.'))
  const empty = components.find(parts => parts.includes(''))
  if (empty) throw invalid(text, `has an empty component: ${pythonRepr(empty.join('.'))}`)
  const many = components.reduce((product, parts) => product * parts.length, 1)
  if (many > mostTags) throw new PackagingError(`Compressed tag set would generate ${many} tags, exceeding limit ${mostTags}`)
  const [interpreters, abis, platforms] = components
  if (components.length !== 3 || !interpreters || !abis || !platforms) throw invalid(text, 'must have exactly three components')
  const strange = interpreters.find(interpreter => !identifier.test(interpreter))
  if (strange !== undefined) throw invalid(text, `has an invalid interpreter: ${pythonRepr(strange)}`)
  const tags = new Set<Tag>()
  for (const interpreter of interpreters) {
    for (const abi of abis) for (const platform of platforms) tags.add(toTag(interpreter, abi, platform))
  }
  return [...tags]
}

const invalid = (text: string, why: string) => new PackagingError(`Tag ${pythonRepr(text)} ${why}`)

/** As `parseTags`, but `undefined` for what that refuses. */
export const readTags = (text: string): Tag[] | undefined => {
  try {
    return parseTags(text)
  } catch (error) {
    if (error instanceof PackagingError) return undefined
    throw error
  }
}

/**
 * The ABIs that a CPython of this version and build loads, the closest first: `cp312`; `cp313t`; `cp37m`; a debug build
 * also loads the others' modules.
 */
export const cpythonAbis = (version: PythonVersion, build: CPythonBuild = {}): string[] => {
  const [major, minor = 0] = version
  const below = (otherMinor: number) => major < 3 || (major === 3 && minor < otherMinor)
  const threads = build.freeThreaded && !below(13) ? 't' : ''
  const name = `cp${noDot(version)}${threads}`
  if (!below(8)) return build.debug ? [`${name}d`, name] : [name]
  const wide = below(3) && build.ucs4 !== false ? 'u' : ''
  return [`${name}${build.debug ? 'd' : ''}${build.pymalloc === false ? '' : 'm'}${wide}`]
}

/**
 * The tags of a CPython, the best first: its own ABIs, the stable ABI (PEP 384; abi3t of PEP 803 where threads are free),
 * `none`, then the stable ABI of older versions.
 */
export const cpythonTags = (version: PythonVersion, abis: readonly string[], platforms: readonly string[]): Tag[] => {
  const [major, minor] = version
  const freeThreaded = /^cp\d+[^\n]*t/.test(abis[0] ?? '')
  const stable = freeThreaded ? 'abi3t' : 'abi3'
  const hasStable = minor !== undefined && (major > 3 || (major === 3 && minor >= 2))
  const onEach = (interpreter: string, abi: string) => platforms.map(platform => toTag(interpreter, abi, platform))
  const own = `cp${noDot(version)}`
  const tags = abisBeside(abis, [stable, 'abi3', 'none']).flatMap(abi => onEach(own, abi))
  if (hasStable) tags.push(...onEach(own, stable))
  tags.push(...onEach(own, 'none'))
  for (let older = (minor ?? 0) - 1; hasStable && older > 1; older -= 1) tags.push(...onEach(`cp${major}${older}`, stable))
  return tags
}

/** The list without the first occurrence of each of these. */
const abisBeside = (abis: readonly string[], others: readonly string[]): string[] => {
  const left = [...abis]
  for (const other of new Set(others)) if (left.includes(other)) left.splice(left.indexOf(other), 1)
  return left
}

/** The tags of an interpreter without rules of its own (PyPy: `pp310`, ABI `pypy310_pp73`), the best first. */
export const genericTags = (interpreter: string, abis: readonly string[], platforms: readonly string[]): Tag[] =>
  (abis.includes('none') ? abis : [...abis, 'none']).flatMap(abi => platforms.map(platform => toTag(interpreter, abi, platform)))

/** `py312`, `py3`, `py311` ... `py30`: newest first, the major version right after the newest. */
const pythonNames = ([major, minor]: PythonVersion): string[] => {
  if (minor === undefined) return [`py${major}`]
  return [`py${major}${minor}`, `py${major}`, ...Array.from({ length: minor }, (_, index) => `py${major}${minor - 1 - index}`)]
}

/**
 * The tags of wheels without an ABI that any interpreter of this version takes; `interpreter` (`cp312`) adds the one for
 * itself. Ranked after the interpreter's own.
 */
export const compatibleTags = (version: PythonVersion, interpreter: string | undefined, platforms: readonly string[]): Tag[] => {
  const names = pythonNames(version)
  return [
    ...names.flatMap(name => platforms.map(platform => toTag(name, 'none', platform))),
    ...(interpreter ? [toTag(interpreter, 'none', 'any')] : []),
    ...names.map(name => toTag(name, 'none', 'any')),
  ]
}

/** Each tag's place in a ranked list, 0 for the best. Where a tag stands twice, its first place counts. */
export const rankTags = (ranked: readonly Tag[]): ReadonlyMap<Tag, number> => {
  const ranks = new Map<Tag, number>()
  for (const tag of ranked) if (!ranks.has(tag)) ranks.set(tag, ranks.size)
  return ranks
}
