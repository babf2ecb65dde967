import { PackagingError } from './packaging-error.ts'
import { pythonRepr, pythonSpace, splitLines, strip } from './python-text.ts'

/** A line of `entry_points.txt`: `name = value` under `[group]`. */
export interface EntryPoint {
  readonly group: string
  readonly name: string
  /** As written: `package.module:object.attribute [extra]`. `parseEntryPointValue` takes it apart. */
  readonly value: string
}

/** What an entry point stands for: a module, or with attributes the object that they lead to. */
export interface EntryPointTarget {
  readonly module: string
  readonly attributes: readonly string[]
  readonly extras: readonly string[]
}

/**
 * The entry points of a distribution in the order of the file (PyPA's entry points specification). Where a name stands
 * twice in its group both are given; pex takes the last.
 */
export const parseEntryPoints = (text: string): EntryPoint[] => {
  const found: EntryPoint[] = []
  let group: string | undefined
  for (const [index, raw] of splitLines(text).entries()) {
    const line = strip(raw)
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('[') && line.endsWith(']')) {
      group = line.replace(/^[[\]]+|[[\]]+$/g, '')
      continue
    }
    const equals = line.indexOf('=')
    if (group === undefined || group === '') {
      throw new PackagingError(`entry_points.txt line ${index + 1} stands before any [group]: ${pythonRepr(line)}`)
    }
    if (equals < 0) throw new PackagingError(`entry_points.txt line ${index + 1} is no 'name = module:object': ${pythonRepr(line)}`)
    found.push({ group, name: strip(line.slice(0, equals)), value: strip(line.slice(equals + 1)) })
  }
  return found
}

const word = '[\\p{L}\\p{N}_]'
const dotted = '((?:[\\p{L}\\p{N}_]|\\.)+)'
const gap = `[${pythonSpace}]*`
const target = new RegExp(`^${dotted}${gap}(?::${gap}${dotted}${gap})?(?:(\\[[^\\n]*\\])${gap})?$`, 'u')

/**
 * Takes `module:object.attribute [extras]` apart; the extras are allowed and without meaning today. Refuses what
 * `importlib.metadata` cannot load.
 */
export const parseEntryPointValue = (value: string): EntryPointTarget => {
  const match = target.exec(value)
  if (!match?.[1]) throw new PackagingError(`Invalid entry point ${pythonRepr(value)}: write module or module:object`)
  return {
    module: match[1],
    attributes: (match[2] ?? '').split('.').filter(name => name !== ''),
    extras: (match[3] ?? '').match(new RegExp(`${word}+`, 'gu')) ?? [],
  }
}
