import { containsVersion, parseSpecifierSet, type SpecifierSet } from '../packaging/specifier-set.ts'
import type { Target } from '../packaging/target.ts'

/** `CPython>=3.9,<3.13`, `>=3.8`, `PyPy==3.10.*`, `CPython+t>=3.13`. */
export interface InterpreterConstraint {
  /** Undefined: any. */
  implementation: 'CPython' | 'PyPy' | undefined
  /** Whether threads must or must not be free; undefined where either will do. */
  freeThreaded: boolean | undefined
  specifiers: SpecifierSet
}

/** Reads a constraint as pex/interpreter_constraints.py writes it. Throws PackagingError for what are no specifiers. */
export const parseInterpreterConstraint = (text: string): InterpreterConstraint => {
  const [, name = '', variant = '', specifiers = ''] = /^([A-Za-z]*)(\[[a-z-]+\]|[+-]t)?([^]*)$/.exec(text)!
  return {
    implementation: name === '' ? undefined : /^pypy$/i.test(name) ? 'PyPy' : 'CPython',
    freeThreaded: variant === '' ? undefined : variant === '[free-threaded]' || variant === '+t',
    specifiers: parseSpecifierSet(specifiers),
  }
}

/** A platform's name says 3.12, not which 3.12: then one of these will do. */
const patches = Array.from({ length: 100 }, (_, patch) => patch)

/** Whether a target's interpreter is one that the constraint asks for. */
export const meetsConstraint = ({ implementation, freeThreaded, specifiers }: InterpreterConstraint, { markers, tags }: Target): boolean => {
  if (implementation && markers.platform_python_implementation !== implementation) return false
  if (freeThreaded !== undefined && /^cp\d+-cp\d+t-/.test(tags[0] ?? '') !== freeThreaded) return false
  const full = markers.python_full_version
  if (full !== undefined) return containsVersion(specifiers, full)
  return patches.some((patch) => containsVersion(specifiers, `${markers.python_version ?? ''}.${patch}`))
}
