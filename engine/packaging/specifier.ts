import { PackagingError } from './packaging-error.ts'
import { pythonRepr, pythonSpace, strip } from './python-text.ts'
import {
  compareReleases, compareVersions, formatVersion, isPrerelease, publicVersion, readVersion, trimVersion, type Version,
} from './version.ts'

/** `===` compares text; the others are PEP 440's comparisons of versions. */
export type SpecifierOperator = '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>' | '==='

/** One clause, such as `>=1.0` or `==2.*`. */
export interface Specifier {
  readonly operator: SpecifierOperator
  /** As written, without the space around it. */
  readonly text: string
  /** The version, without a final `.*`; `undefined` where `===` is given text that is none. */
  readonly version: Version | undefined
  /** Whether it ends in `.*`: every version of that prefix. */
  readonly wildcard: boolean
}

const release = 'v?(?:[0-9]+!)?[0-9]+(?:\\.[0-9]+)'
const pre = '(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?'
const post = '(?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?'
const dev = '(?:[-_.]?dev[-_.]?[0-9]*)?'
const gap = `[${pythonSpace}]*`

/** One clause (PEP 440) as the source of a regular expression that is to ignore case. */
export const specifierPattern = `(?:===${gap}[^${pythonSpace};)]*`
  + `|(?:==|!=)${gap}${release}*(?:\\.\\*|${pre}${post}${dev}(?:\\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?)?`
  + `|~=${gap}${release}+${pre}${post}${dev}`
  + `|(?:<=|>=|<|>)${gap}${release}*${pre}${post}${dev})`

const whole = new RegExp(`^${gap}${specifierPattern}${gap}$`, 'i')
const operators = /^(===|~=|==|!=|<=|>=|<|>)/

/** Reads one clause; `undefined` for other text. */
export const readSpecifier = (source: string): Specifier | undefined => {
  if (!whole.test(source)) return undefined
  const clause = strip(source)
  const operator = (operators.exec(clause)?.[0] ?? '===') as SpecifierOperator
  const text = strip(clause.slice(operator.length))
  const wildcard = operator !== '===' && text.endsWith('.*')
  return { operator, text, version: readVersion(wildcard ? text.slice(0, -2) : text), wildcard }
}

/** Reads one clause, or fails with `invalid-specifier`. */
export const parseSpecifier = (source: string): Specifier => {
  const specifier = readSpecifier(source)
  if (specifier === undefined) throw new PackagingError(`Invalid specifier: ${pythonRepr(source)}`, 'invalid-specifier')
  return specifier
}

export const formatSpecifier = ({ operator, text }: Specifier): string => operator + text

/** A text that two clauses share exactly if `packaging` holds them to be equal: `==1.0` and `==1` do, `~=1.0` and `~=1.0.0` do not. */
export const specifierKey = (specifier: Specifier): string => {
  const { operator, version, wildcard } = specifier
  if (operator === '===' || wildcard || version === undefined) return formatSpecifier(specifier)
  return operator + formatVersion(operator === '~=' ? version : trimVersion(version))
}

/** Whether a clause by itself asks for pre-releases: it names one. `!=` and prefixes never do. */
export const namesPrerelease = ({ operator, version, wildcard }: Specifier): boolean =>
  operator !== '!=' && !wildcard && version !== undefined && isPrerelease(version)

const hasPrefix = (version: Version, prefix: Version): boolean => version.epoch === prefix.epoch
  && prefix.release.every((number, i) => number === (version.release[i] ?? 0))

const equals = (version: Version, { version: wanted, wildcard }: Specifier & { version: Version }): boolean => {
  if (wildcard) return hasPrefix(version, wanted)
  return compareVersions(wanted.local === null ? publicVersion(version) : version, wanted) === 0
}

/** Post-releases of the named version are not after it, unless a post-release is what is named (PEP 440, exclusive ordered comparison). */
const isAfter = (version: Version, wanted: Version): boolean => {
  if (compareVersions(publicVersion(version), wanted) <= 0) return false
  if (wanted.post !== null || wanted.dev !== null) return true
  return version.epoch !== wanted.epoch
    || compareReleases(version.release, wanted.release) !== 0
    || version.pre?.[0] !== wanted.pre?.[0]
    || version.pre?.[1] !== wanted.pre?.[1]
}

/** Pre-releases of the named version are not before it, unless a pre-release is what is named. */
const isBefore = (version: Version, wanted: Version): boolean =>
  compareVersions(version, isPrerelease(wanted) ? wanted : { ...wanted, dev: 0 }) < 0

/** Whether a version satisfies a clause, pre-releases included. `===` compares `text`, the version as it was given, ignoring case. */
export const satisfies = (specifier: Specifier, version: Version | undefined, text: string): boolean => {
  if (specifier.operator === '===') return text.toLowerCase() === specifier.text.toLowerCase()
  const wanted = specifier.version
  if (version === undefined || wanted === undefined) return false
  switch (specifier.operator) {
    case '==': return equals(version, { ...specifier, version: wanted })
    case '!=': return !equals(version, { ...specifier, version: wanted })
    case '<=': return compareVersions(publicVersion(version), wanted) <= 0
    case '>=': return compareVersions(version, wanted) >= 0
    case '<': return isBefore(version, wanted)
    case '>': return isAfter(version, wanted)
    case '~=': return compareVersions(version, wanted) >= 0 && hasPrefix(version, { ...wanted, release: wanted.release.slice(0, -1) })
  }
}
