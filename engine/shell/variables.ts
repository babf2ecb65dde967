/** Variables and special parameters of a running shell: lookup, assignment, and the scopes of functions' locals. */
import { evaluateArithmetic } from './arithmetic.ts'
import { ShellError } from './shell-error.ts'
import { optionLetters, type OptionName, type ShellState, type Variable } from './shell-state.ts'

export interface Variables {
  /** A variable or special parameter (`@` and `*` aside), undefined where unset. */
  get(name: string): string | undefined
  set(name: string, value: string): void
  append(name: string, value: string): void
  unset(name: string): void
  /** Adds attributes; makes the variable, without a value, where there is none. */
  declare(name: string, attributes: Partial<Pick<Variable, 'exported' | 'readonly' | 'integer'>>): Variable
  /** A local of the running function. */
  local(name: string): Variable
  readonly inFunction: boolean
  /** Runs with a new scope; its locals are gone afterwards. */
  scoped<T>(run: () => Promise<T>): Promise<T>
  /** Runs with these assignments, exported; then the old values are back. */
  during<T>(assignments: ReadonlyMap<string, string>, run: () => Promise<T>): Promise<T>
  /** What children get. */
  environment(): Record<string, string>
}

export interface Ambient {
  readonly interactive: boolean
  readonly invocationLetters: string
  readonly line: number
  readonly pid: number
  readonly parentPid: number
  now(): number
}

/** The order of `$-` (bash's flags.c). */
const flagOrder = 'abefhikmnptuvxBCEHPT'

/** `inFunction`: a subshell that was started in a function's body. */
export function createVariables(state: ShellState, ambient: Ambient, inFunction: boolean): Variables {
  const scopes: Map<string, Variable | undefined>[] = inFunction ? [new Map()] : []
  let startedAt = ambient.now()
  /** `RANDOM`: 15 bits of a linear congruential generator, seeded by the clock and the pid. */
  let seed = (ambient.now() ^ (ambient.pid * 2654435761)) >>> 0

  const specials: Record<string, () => string | undefined> = {
    '?': () => String(state.status),
    $: () => String(state.pid),
    '!': () => state.lastBackground?.toString(),
    '#': () => String(state.positional.length),
    '-': () => flags(),
    '0': () => state.zero,
    '@': () => state.positional.join(' '),
    '*': () => state.positional.join(' '),
    LINENO: () => String(ambient.line),
    SECONDS: () => String(Math.floor((ambient.now() - startedAt) / 1000)),
    RANDOM: () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      return String((seed >>> 16) & 0x7fff)
    },
    PPID: () => String(ambient.parentPid),
    BASHPID: () => String(ambient.pid),
    BASH_SUBSHELL: () => String(state.depth),
    EPOCHSECONDS: () => String(Math.floor(ambient.now() / 1000)),
    SHELLOPTS: () => (Object.keys(optionLetters) as OptionName[]).filter((name) => state.options[name]).join(':'),
  }

  function flags() {
    const set = (Object.keys(optionLetters) as OptionName[]).filter((name) => state.options[name])
    const letters = new Set<string>(set.map((name) => optionLetters[name]))
    if (ambient.interactive) letters.add('i')
    return [...flagOrder].filter((letter) => letters.has(letter)).join('') + ambient.invocationLetters
  }

  const variableOf = (name: string): Variable => {
    const found = state.variables.get(name)
    if (found) return found
    const made = { value: undefined, exported: state.options.allexport, readonly: false, integer: false }
    state.variables.set(name, made)
    return made
  }
  const writable = (name: string) => {
    if (state.variables.get(name)?.readonly || name === 'PPID' || name === 'SHELLOPTS') throw new ShellError(`${name}: readonly variable`)
  }
  const restore = (saved: Map<string, Variable | undefined>) => {
    for (const [name, variable] of saved) {
      if (variable) state.variables.set(name, variable)
      else state.variables.delete(name)
    }
  }

  const variables: Variables = {
    get: (name) => (Object.hasOwn(specials, name) ? specials[name]!() : state.variables.get(name)?.value),
    set(name, value) {
      writable(name)
      if (name === 'SECONDS') startedAt = ambient.now() - (Number(value) || 0) * 1000
      else if (name === 'RANDOM') seed = Number(value) >>> 0
      else if (name === 'PATH') state.commandPaths.clear()
      const variable = variableOf(name)
      variable.value = variable.integer ? String(evaluateArithmetic(value, variables)) : value
      if (state.options.allexport) variable.exported = true
    },
    append(name, value) {
      const old = variables.get(name) ?? ''
      variables.set(name, state.variables.get(name)?.integer ? `${old || 0}+(${value || 0})` : old + value)
    },
    unset(name) {
      if (state.variables.get(name)?.readonly) throw new ShellError(`${name}: cannot unset: readonly variable`, 'command')
      if (name === 'PATH') state.commandPaths.clear()
      state.variables.delete(name)
    },
    declare: (name, attributes) => Object.assign(variableOf(name), attributes),
    local(name) {
      const scope = scopes.at(-1)
      writable(name)
      if (scope && !scope.has(name)) {
        const old = state.variables.get(name)
        scope.set(name, old)
        state.variables.set(name, { value: undefined, exported: old?.exported ?? false, readonly: false, integer: false })
      }
      return variableOf(name)
    },
    get inFunction() {
      return scopes.length > 0
    },
    async scoped(run) {
      scopes.push(new Map())
      try {
        return await run()
      } finally {
        restore(scopes.pop()!)
      }
    },
    async during(assignments, run) {
      if (!assignments.size) return run()
      const saved = new Map([...assignments.keys()].map((name) => [name, state.variables.get(name)]))
      for (const [name, value] of assignments) {
        writable(name)
        state.variables.set(name, { value, exported: true, readonly: false, integer: false })
        if (name === 'PATH') state.commandPaths.clear()
      }
      try {
        return await run()
      } finally {
        restore(saved)
      }
    },
    environment() {
      const exported = [...state.variables].filter(([, variable]) => variable.exported && variable.value !== undefined)
      return Object.fromEntries(exported.map(([name, variable]) => [name, variable.value ?? '']))
    },
  }
  return variables
}

