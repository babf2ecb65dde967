import { PackagingError } from './packaging-error.ts'
import { pythonRepr, pythonSpace } from './python-text.ts'

/** A whole number of any length: `number` where that is exact, `bigint` beyond. Two equal counts are always of one type. */
export type Count = number | bigint

/** A version (PEP 440), normalised. */
export interface Version {
  readonly epoch: Count
  /** At least one number; trailing zeros kept as written. */
  readonly release: readonly Count[]
  readonly pre: readonly [letter: 'a' | 'b' | 'rc', number: Count] | null
  readonly post: Count | null
  readonly dev: Count | null
  /** Parts of the local label, numbers as numbers, words in lower case. */
  readonly local: readonly (string | Count)[] | null
}

const separator = '[._-]?'
const pattern = new RegExp(
  `^[${pythonSpace}]*v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)`
  + `(?:${separator}(alpha|a|beta|b|preview|pre|c|rc)${separator}([0-9]+)?)?`
  + `(?:-([0-9]+)|${separator}(post|rev|r)${separator}([0-9]+)?)?`
  + `(?:${separator}(dev)${separator}([0-9]+)?)?`
  + `(?:\\+([a-z0-9]+(?:[._-][a-z0-9]+)*))?[${pythonSpace}]*$`,
  'i',
)

/** Python reads no number of more digits from text; without a limit, a hostile one takes minutes. */
const tooLong = /[0-9]{4301}/

const letters: Record<string, 'a' | 'b' | 'rc'> = { a: 'a', alpha: 'a', b: 'b', beta: 'b', c: 'rc', rc: 'rc', pre: 'rc', preview: 'rc' }

/** A whole number from its decimal digits. */
export const count = (digits: string): Count => {
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : BigInt(digits)
}

/** Reads a version in any spelling that PEP 440 accepts; `undefined` for other text. */
export const readVersion = (text: string): Version | undefined => {
  const match = tooLong.test(text) ? null : pattern.exec(text)
  if (match === null) return undefined
  const [, epoch, release = '0', letter, pre, dashed, postWord, post, devWord, dev, local] = match
  return {
    epoch: count(epoch ?? '0'),
    release: release.split('.').map(count),
    pre: letter === undefined ? null : [letters[letter.toLowerCase()] ?? 'rc', count(pre ?? '0')],
    post: dashed !== undefined ? count(dashed) : postWord === undefined ? null : count(post ?? '0'),
    dev: devWord === undefined ? null : count(dev ?? '0'),
    local: local === undefined ? null : local.split(/[._-]/).map(part => /^[0-9]+$/.test(part) ? count(part) : part.toLowerCase()),
  }
}

/** Reads a version, or fails with `invalid-version`. */
export const parseVersion = (text: string): Version => {
  const version = readVersion(text)
  if (version === undefined) throw new PackagingError(`Invalid version: ${pythonRepr(text)}`, 'invalid-version')
  return version
}

/** The canonical text of a version; trailing zeros of the release stay. */
export const formatVersion = ({ epoch, release, pre, post, dev, local }: Version): string =>
  (epoch === 0 ? '' : `${epoch}!`)
  + release.join('.')
  + (pre === null ? '' : `${pre[0]}${pre[1]}`)
  + (post === null ? '' : `.post${post}`)
  + (dev === null ? '' : `.dev${dev}`)
  + (local === null ? '' : `+${local.join('.')}`)

/** A pre-release in the sense of PEP 440: alpha, beta, candidate or development release. */
export const isPrerelease = (version: Version): boolean => version.pre !== null || version.dev !== null

/** The version without its local label. */
export const publicVersion = (version: Version): Version => version.local === null ? version : { ...version, local: null }

/** The version without trailing zeros in its release; one number always stays. */
export const trimVersion = (version: Version): Version => {
  let end = version.release.length
  while (end > 1 && version.release[end - 1] === 0) end--
  return end === version.release.length ? version : { ...version, release: version.release.slice(0, end) }
}

const order = (left: Count, right: Count): number => left < right ? -1 : left > right ? 1 : 0

/** Orders releases with the shorter one filled up with zeros. */
export const compareReleases = (left: readonly Count[], right: readonly Count[]): number => {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const found = order(left[i] ?? 0, right[i] ?? 0)
    if (found !== 0) return found
  }
  return 0
}

/** A development release of a final sorts before that final's alphas; no pre-release sorts after all of them. */
const preRank = ({ pre, post, dev }: Version): number => {
  if (pre !== null) return pre[0] === 'a' ? 0 : pre[0] === 'b' ? 1 : 2
  return post === null && dev !== null ? -1 : 3
}

const compareLocals = (left: Version['local'], right: Version['local']): number => {
  if (left === null || right === null) return (left === null ? 0 : 1) - (right === null ? 0 : 1)
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [a, b] = [left[i] ?? 0, right[i] ?? 0]
    const words = Number(typeof a !== 'string') - Number(typeof b !== 'string')
    const found = words !== 0 ? words : a < b ? -1 : a > b ? 1 : 0
    if (found !== 0) return found
  }
  return left.length - right.length
}

/** Orders versions as PEP 440 says: negative, zero or positive. `1.0` and `1` are equal. */
export const compareVersions = (left: Version, right: Version): number =>
  order(left.epoch, right.epoch)
  || compareReleases(left.release, right.release)
  || preRank(left) - preRank(right)
  || order(left.pre?.[1] ?? 0, right.pre?.[1] ?? 0)
  || order(left.post ?? -1, right.post ?? -1)
  || Number(left.dev === null) - Number(right.dev === null)
  || order(left.dev ?? 0, right.dev ?? 0)
  || compareLocals(left.local, right.local)
