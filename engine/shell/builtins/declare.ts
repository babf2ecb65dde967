/** export, readonly, declare, local, unset: variables' attributes. */
import { formatFunction } from '../format.ts'
import type { Interpreter } from '../interpreter.ts'
import { doubleQuote } from '../quoting.ts'
import { ShellError } from '../shell-error.ts'
import type { Variable } from '../shell-state.ts'
import { isName } from '../word.ts'
import { readOptions, type Builtin } from './builtin.ts'

type Attributes = Partial<Pick<Variable, 'exported' | 'readonly' | 'integer'>>

function declaration(name: string, { value, exported, readonly: fixed, integer }: Variable): string {
  const letters = `${integer ? 'i' : ''}${fixed ? 'r' : ''}${exported ? 'x' : ''}`
  return `declare -${letters || '-'} ${name}${value === undefined ? '' : `=${doubleQuote(value)}`}\n`
}

async function list(shell: Interpreter, wanted: (variable: Variable) => boolean): Promise<number> {
  const names = [...shell.state.variables].filter(([, variable]) => wanted(variable)).sort(([a], [b]) => (a < b ? -1 : 1))
  await shell.write(1, names.map(([name, variable]) => declaration(name, variable)).join(''))
  return 0
}

/** Applies `name`, `name=value` and `name+=value`; `make` gives the variable first (a local one, for `local`). */
async function assignAll(
  command: string, args: string[], attributes: Attributes, shell: Interpreter, make?: (name: string) => void,
): Promise<number> {
  let status = 0
  for (const arg of args) {
    const [, name = arg, append, value] = /^([^=+]*)(\+?)=([^]*)$/.exec(arg) ?? []
    if (!isName(name)) {
      await shell.complain(`${command}: \`${arg}': not a valid identifier`)
      status = 1
      continue
    }
    try {
      make?.(name)
      const { readonly: fixed, ...others } = attributes
      shell.variables.declare(name, others)
      if (value !== undefined) {
        if (append) shell.variables.append(name, value)
        else shell.variables.set(name, value)
      }
      if (fixed !== undefined) shell.variables.declare(name, { readonly: fixed })
    } catch (error) {
      if (!(error instanceof ShellError)) throw error
      await shell.complain(command === 'export' || command === 'readonly' ? error.message : `${command}: ${error.message}`)
      status = 1
    }
  }
  return status
}

export const exportBuiltin: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('export', args, 'fnp')
  if (!rest.length) return list(shell, (variable) => variable.exported)
  if (options.has('f')) {
    for (const name of rest) if (!shell.state.functions.has(name)) throw new ShellError(`${name}: not a function`, 'command')
    return 0
  }
  return assignAll('export', rest, { exported: !options.has('n') }, shell)
}

export const readonly: Builtin = async (args, shell) => {
  const { rest } = readOptions('readonly', args, 'fp')
  if (!rest.length) return list(shell, (variable) => variable.readonly)
  return assignAll('readonly', rest, { readonly: true }, shell)
}

export const local: Builtin = async (args, shell) => {
  if (!shell.variables.inFunction) throw new ShellError('can only be used in a function', 'command')
  const { options, rest } = readOptions('local', args, 'irx')
  return assignAll('local', rest, attributesOf(options), shell, (name) => shell.variables.local(name))
}

const attributesOf = (options: ReadonlyMap<string, string>): Attributes => ({
  ...(options.has('i') && { integer: true }),
  ...(options.has('r') && { readonly: true }),
  ...(options.has('x') && { exported: true }),
})

export const declare = (command: 'declare' | 'typeset'): Builtin => async (args, shell) => {
  // `+x` takes an attribute away.
  const removed = args.filter((arg) => /^\+[ix]+$/.test(arg)).join('')
  const { options, rest } = readOptions(command, args.filter((arg) => !/^\+[ix]+$/.test(arg)), 'fFgiprx')
  const { variables } = shell.state
  if (options.has('f') || options.has('F')) return showFunctions(rest, options.has('F'), shell)
  if (!rest.length) {
    const attributes = attributesOf(options)
    return list(shell, (variable) => Object.keys(attributes).every((name) => variable[name as keyof Attributes]))
  }
  if (options.has('p')) {
    let status = 0
    for (const name of rest) {
      const variable = variables.get(name)
      if (variable) await shell.write(1, declaration(name, variable))
      else {
        await shell.complain(`${command}: ${name}: not found`)
        status = 1
      }
    }
    return status
  }
  const attributes: Attributes = {
    ...attributesOf(options),
    ...(removed.includes('x') && { exported: false }),
    ...(removed.includes('i') && { integer: false }),
  }
  const inside = shell.variables.inFunction && !options.has('g')
  return assignAll(command, rest, attributes, shell, inside ? (name) => shell.variables.local(name) : undefined)
}

async function showFunctions(names: string[], namesOnly: boolean, shell: Interpreter): Promise<number> {
  const { functions } = shell.state
  let status = 0
  for (const name of names.length ? names : [...functions.keys()].sort()) {
    const definition = functions.get(name)
    if (!definition) status = 1
    else await shell.write(1, namesOnly ? `${names.length ? '' : 'declare -f '}${name}\n` : `${formatFunction(definition)}\n`)
  }
  return status
}

export const unset: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('unset', args, 'fvn')
  let status = 0
  for (const name of rest) {
    if (options.has('f')) shell.state.functions.delete(name)
    else if (shell.state.variables.has(name) || options.has('v')) {
      try {
        shell.variables.unset(name)
      } catch (error) {
        if (!(error instanceof ShellError)) throw error
        await shell.complain(`unset: ${error.message}`)
        status = 1
      }
    } else shell.state.functions.delete(name)
  }
  return status
}
