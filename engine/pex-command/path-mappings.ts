import { PexError } from '../pex/pex-error.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'

/** A name that stands for a directory in a lock file. */
export interface PathMapping {
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly description: string | undefined
}

/** In pex's words. */
const parsePathMapping = (text: string): PathMapping => {
  const [, name = '', path, description] = /^([^|]*)\|([^|]*)(?:\|([^]*))?$/.exec(text) ?? []
  if (path === undefined) {
    throw new PexError([
      `A path mapping must be of the form \`NAME|PATH\` with an optional trailing \`|DESCRIPTION\`, given: ${text}.`,
      'For example: `FL|/path/to/local/find-links/repo/directory` indicates that find-links requirements or URLs starting with '
      + '`/path/to/local/find-links/repo/directory` should have that absolute root path replaced with the `${FL}` placeholder name.',
      'Alternatively, you could use the form with a trailing description to make it more clear what value should be substituted for `${FL}` '
      + 'when the mapping is later read, e.g.: `FL|/local/path|The local find-links repo path`.',
    ].join('\n'))
  }
  if (!path.startsWith('/')) throw new PexError(`Mapped paths must be absolute. Given: ${path === '' ? '.' : path}`)
  return { name, path: absolutePath(path, '/'), description }
}

/** `--path-mapping`. Source: pex/resolve/path_mappings.py. Throws PexError. */
export const readPathMappings = (options: Arguments): PathMapping[] => options.values('path_mappings').map(parsePathMapping)

/** The first mapping that changes the text does it alone, wherever it can. */
const replaced = (text: string, pairs: readonly (readonly [from: string, to: string])[]): string => {
  const [from, to] = pairs.find(([each]) => text.includes(each)) ?? []
  return from === undefined || to === undefined ? text : text.replaceAll(from, () => to)
}

const symbolOf = ({ name }: PathMapping): string => `\${${name}}`

/** Names in the place of paths. */
export const withoutPaths = (text: string, mappings: readonly PathMapping[]): string =>
  replaced(text, mappings.map(each => [each.path, symbolOf(each)] as const))

/** Paths in the place of names. */
export const withPaths = (text: string, mappings: readonly PathMapping[]): string =>
  replaced(text, mappings.map(each => [symbolOf(each), each.path] as const))

/** Throws PexError in pex's words where a lock file at `path` needs more than is given; `needed` has the names and what is told of them. */
export const checkMappings = (path: string, needed: Readonly<Record<string, unknown>>, mappings: readonly PathMapping[]): void => {
  const names = Object.keys(needed).sort()
  const open = names.filter(name => !mappings.some(mapping => mapping.name === name))
  if (open.length === 0) return
  const [a, values] = names.length > 1 ? ['', 'values'] : ['a ', 'value']
  const given = mappings.map(mapping => `--path-mapping '${mapping.name}|${mapping.path}'`).sort()
  throw new PexError([
    `The lockfile at ${path} requires specifying ${a}'--path-mapping' ${values} for: ${names.join(', ')}`,
    `Given ${given.length ? 'the following path mappings:' : 'no path mappings.'}`,
    ...given,
    'Which left the following path mappings unspecified:',
    ...open.map(name => (typeof needed[name] === 'string' && needed[name] !== '' ? `${name}: ${needed[name]}` : name)).sort(),
    '',
    'To fix, add command line options for:',
    ...open.map(name => `--path-mapping '${name}|<path of ${name}>'`),
  ].join('\n'))
}
