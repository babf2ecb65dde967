import { evaluateMarker } from '../packaging/evaluate-marker.ts'
import { parseMarker, type Marker } from '../packaging/marker.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { isProjectName, normalizeName } from '../packaging/project-name.ts'
import { parseRequirement } from '../packaging/requirement.ts'
import { formatSpecifierSet } from '../packaging/specifier-set.ts'
import type { Target } from '../packaging/target.ts'
import { PexError } from '../pex/pex-error.ts'

/** What a package repository is asked for: a project by its normalised name, or all whose names begin as an expression says; and for which targets. */
export interface SourceScope {
  readonly project?: string | RegExp | undefined
  readonly marker?: Marker | undefined
}

/** What `read` gives, or undefined where it throws errors of a kind. */
const unless = <T>(kind: new (...args: never[]) => Error, read: () => T): T | undefined => {
  try {
    return read()
  } catch (error) {
    if (error instanceof kind) return undefined
    throw error
  }
}

const readMarker = (text: string): Marker | undefined => unless(PackagingError, () => parseMarker(text))

/** A Python expression that is matched at the start; undefined for one that does not compile. Names to be matched are lower-case ASCII. */
const pythonPattern = (text: string): RegExp | undefined => {
  const [whole, flags = ''] = /^\(\?([aiLmsux]+)\)/.exec(text) ?? ['']
  const pattern = text.slice(whole.length)
    .replace(/\\.|\(\?P([<=])(\w+)([>)])/g, (part, kind?: string, name?: string) => {
      if (kind === '<') return `(?<${name}>`
      if (kind === '=') return `\\k<${name}>`
      return part === '\\A' ? '^' : part === '\\Z' ? '$' : part
    })
  return unless(SyntaxError, () => new RegExp(`^(?:${pattern})`, flags.includes('i') ? 'i' : ''))
}

const readPattern = (text: string): SourceScope | undefined => {
  const semicolon = text.indexOf(';')
  const [name, condition] = semicolon < 0 ? [text, ''] : [text.slice(0, semicolon), text.slice(semicolon + 1)]
  const project = isProjectName(name) ? normalizeName(name) : pythonPattern(name)
  const marker = readMarker(condition)
  return project === undefined || (condition !== '' && !marker) ? undefined : { project, marker }
}

/**
 * A marker, a project's name, or an expression, the last two with a marker behind `;` if with one. Source: pex/resolve/package_repository.py.
 * Throws PexError.
 */
export const parseSourceScope = (text: string): SourceScope => {
  const marker = readMarker(text)
  const scope = marker ? { marker } : readPattern(text)
  if (scope) return scope
  const refuse = (...more: string[]): never => {
    throw new PexError([
      `The given scope is invalid: ${text}`,
      "Expected a bare project name-or-regex, a bare marker or a project name-or-regex and marker; e.g.: `torch; sys_platform != 'darwin'`.",
      ...more,
    ].join('\n'))
  }
  const { name, extras, specifier, marker: condition } = unless(PackagingError, () => parseRequirement(text)) ?? refuse()
  if (extras.length) refuse(`The specified project name ${name} has extras that should be removed: ${extras.join(', ')}`)
  if (specifier.specifiers.length) refuse(`The specified project name ${name} has a version specifier that should be removed: ${formatSpecifierSet(specifier)}`)
  return { project: normalizeName(name), marker: condition }
}

export const isForTarget = ({ marker }: SourceScope, { markers }: Target): boolean => !marker || evaluateMarker(marker, markers)

/** `name` is normalised. */
export const isForProject = ({ project }: SourceScope, name: string): boolean =>
  project === undefined || (typeof project === 'string' ? project === name : project.test(name))
