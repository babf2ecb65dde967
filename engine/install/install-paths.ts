import type { Wheel } from './wheel.ts'

/** Where a distribution keeps what does not go to `sys.path` at its root. */
export const stash = '.prefix'

export type Scheme = 'headers' | 'scripts' | 'data' | 'purelib' | 'platlib'

/** `311` is 3.11, `3_11` too. A tag without a number says nothing. */
const pythonVersion = (tag: string): number[] => {
  const digits = /\d+(?:_\d+)*/.exec(tag)?.[0] ?? ''
  if (digits.includes('_')) return digits.split('_').map(Number)
  return digits.length > 1 ? [Number(digits[0]), Number(digits.slice(1))] : digits ? [Number(digits)] : []
}

/** What of a wheel says where its parts go. */
type Placed = Pick<Wheel, 'project' | 'pythonTags' | 'rootIsPurelib'>

/** pip's place for headers. pex knows the Python's version only if the wheel is for a single one; else it says so literally. */
const headersPath = (wheel: Placed): string => {
  const versions = new Set(wheel.pythonTags.map((tag) => pythonVersion(tag).join('.')))
  const [only] = versions
  const known = versions.size === 1 && only!.includes('.')
  return `${stash}/include/site/python${known ? only!.split('.').slice(0, 2).join('.') : 'X.Y'}/${wheel.project}`
}

/** Where the parts of a wheel's `.data` directory go in its installed tree; '' is the root. Source: pex/pep_427.py, InstallPaths.chroot. */
export const installPaths = (wheel: Placed): Record<Scheme, string> => ({
  headers: headersPath(wheel),
  scripts: `${stash}/bin`,
  data: `${stash}/data`,
  purelib: wheel.rootIsPurelib ? '' : `${stash}/purelib`,
  platlib: wheel.rootIsPurelib ? `${stash}/platlib` : '',
})
