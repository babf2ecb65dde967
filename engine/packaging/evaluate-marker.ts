import type { Marker, MarkerComparison, MarkerOperand } from './marker.ts'
import { PackagingError } from './packaging-error.ts'
import { normalizeName } from './project-name.ts'
import { pythonRepr } from './python-text.ts'
import { readSpecifier } from './specifier.ts'
import { containsVersion } from './specifier-set.ts'

/** The values of the variables: a target's eleven, and `extra` where one. `extras` and `dependency_groups` are sets of names. */
export type MarkerEnvironment = Readonly<Record<string, string | ReadonlySet<string>>>

/** Where the marker stands, which says what is there by default: in metadata an empty `extra`, in a lock file two empty sets (PEP 751). */
export type MarkerContext = 'metadata' | 'lock_file' | 'requirement'

const versions = new Set(['implementation_version', 'platform_release', 'python_full_version', 'python_version'])

const word = (operand: MarkerOperand): string => 'variable' in operand ? operand.variable : operand.value

const lookUp = (environment: MarkerEnvironment, name: string): string | ReadonlySet<string> => {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined
  if (value === undefined) throw new PackagingError(`The environment has no ${pythonRepr(name)}`, 'undefined-environment-name')
  return value
}

const show = (value: string | ReadonlySet<string>): string =>
  typeof value === 'string' ? pythonRepr(value) : value.size === 0 ? 'set()' : `{${[...value].map(pythonRepr).join(', ')}}`

/** Text has no order: `<` and `>` are false, `<=` and `>=` are equality. */
const compareText = (left: string, operator: MarkerComparison['operator'], right: string | ReadonlySet<string>): boolean => {
  const contains = (): boolean => typeof right === 'string' ? right.includes(left) : right.has(left)
  switch (operator) {
    case 'in': return contains()
    case 'not in': return !contains()
    case '<': case '>': return false
    case '!=': return left !== right
    case '<=': case '>=': case '==': return left === right
    case '~=': case '===': {
      throw new PackagingError(`Undefined <Op('${operator}')> on ${show(left)} and ${show(right)}.`, 'undefined-comparison')
    }
  }
}

/** A variable on the left is looked up and what is right of it taken as text; else the right side is looked up, as `packaging` does. */
const evaluateComparison = ({ left, operator, right }: MarkerComparison, environment: MarkerEnvironment): boolean => {
  const key = 'variable' in left ? left.variable : word(right)
  const found = lookUp(environment, key)
  const isLeft = 'variable' in left
  if (isLeft && typeof found !== 'string') {
    throw new PackagingError(
      `Set-valued marker ${pythonRepr(key)} can only be used with the membership form (e.g. "<name>" in ${key}); `
      + `it cannot appear on the left-hand side of ${pythonRepr(operator)}.`,
      'undefined-comparison',
    )
  }
  const given = isLeft && typeof found === 'string' ? found : word(left)
  const other = isLeft ? word(right) : found
  if (typeof other !== 'string') return compareText(normalizeName(given), operator, new Set([...other].map(normalizeName)))
  const specifier = versions.has(key) ? readSpecifier(operator + other) : undefined
  if (specifier !== undefined) return containsVersion({ specifiers: [specifier], prereleases: null }, given, true)
  return compareText(given, operator, other)
}

const evaluateParts = (marker: Marker, environment: MarkerEnvironment): boolean => {
  let any = false
  let all = true
  for (const part of marker) {
    if (part === 'and') continue
    if (part === 'or') {
      any ||= all
      all = true
    } else {
      const holds = 'left' in part ? evaluateComparison(part, environment) : evaluateParts(part, environment)
      all &&= holds
    }
  }
  return any || all
}

const defaults: Record<MarkerContext, MarkerEnvironment> = {
  metadata: { extra: '' },
  lock_file: { extras: new Set<string>(), dependency_groups: new Set<string>() },
  requirement: {},
}

/**
 * Whether a marker holds in an environment. Every comparison is made, so one without meaning fails wherever it stands
 * (`undefined-comparison`), and so does a variable without value (`undefined-environment-name`).
 */
export const evaluateMarker = (marker: Marker, environment: MarkerEnvironment, context: MarkerContext = 'metadata'): boolean => {
  const values: Record<string, string | ReadonlySet<string>> = { ...defaults[context], ...environment }
  if (typeof values.extra === 'string') values.extra = normalizeName(values.extra)
  const full = values.python_full_version
  // A Python built from a checkout says "3.14.0+", which is no version.
  if (typeof full === 'string' && full.endsWith('+')) values.python_full_version = `${full}local`
  return evaluateParts(marker, values)
}
