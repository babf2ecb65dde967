/** Simple commands (POSIX XCU 2.9.1): expansion, redirection, and the choice between function, builtin and program. */
import { builtins } from './builtins/builtins.ts'
import { complainAbout } from './complain-about.ts'
import { runCommand } from './execute.ts'
import { expandString, expandWord } from './expansion.ts'
import { formatCommand } from './format.ts'
import type { Interpreter } from './interpreter.ts'
import { quoteWhereNeeded } from './quoting.ts'
import { redirectForGood, withRedirections } from './redirection.ts'
import { runProgram } from './run-program.ts'
import { Leave } from './shell-error.ts'
import type { FunctionDefinition, SimpleCommand } from './syntax.ts'
import { trace } from './trace.ts'
import { asAssignment } from './word.ts'

/** Builtins whose arguments are assignments where they look like ones: not split, no pathnames. */
const declarations = new Set(['export', 'readonly', 'declare', 'typeset', 'local'])

export async function runSimple(command: SimpleCommand, shell: Interpreter): Promise<number> {
  try {
    return await run(command, shell)
  } catch (error) {
    return complainAbout(error, shell)
  }
}

async function run(command: SimpleCommand, shell: Interpreter): Promise<number> {
  const { variables, state } = shell
  shell.substituted = undefined
  const fields: string[] = []
  for (const word of command.words) {
    const assignment = declarations.has(fields[0] ?? '') ? asAssignment(word) : undefined
    if (assignment) {
      fields.push(`${assignment.name}${assignment.append ? '+' : ''}=${await expandString(assignment.value, shell.scope, 'assignment')}`)
    } else for (const field of await expandWord(word, shell.scope)) fields.push(field)
  }
  if (!fields.length) return withRedirections(command.redirections, shell, () => assign(command, shell))

  const temporary = new Map<string, string>()
  for (const { name, append, value } of command.assignments) {
    const text = await expandString(value, shell.scope, 'assignment')
    if (state.variables.get(name)?.readonly) await shell.complain(`${name}: readonly variable`)
    else temporary.set(name, append ? (variables.get(name) ?? '') + text : text)
  }
  const assignments = () => [...temporary].map(([name, value]) => `${name}=${quoteWhereNeeded(value)}`)
  await trace(() => [...assignments(), ...fields.map(quoteWhereNeeded)].join(' '), shell)
  if (fields.length === 1 && fields[0] === 'exec') {
    await redirectForGood(command.redirections, shell)
    return 0
  }
  return withRedirections(command.redirections, shell, async () => {
    const status = await runFields(fields, temporary, shell, { last: shell.last === command, text: () => formatCommand(command) })
    variables.set('_', fields.at(-1) ?? '')
    return status
  })
}

async function assign(command: SimpleCommand, shell: Interpreter): Promise<number> {
  for (const { name, append, value } of command.assignments) {
    const text = await expandString(value, shell.scope, 'assignment')
    await trace(() => `${name}${append ? '+' : ''}=${quoteWhereNeeded(text)}`, shell)
    if (append) shell.variables.append(name, text)
    else shell.variables.set(name, text)
  }
  return shell.substituted ?? 0
}

export interface RunOptions {
  /** `command name`: no functions. */
  skipFunctions?: boolean
  /** The shell ends with this command. */
  last?: boolean
  /** The command as it was written, for the job table. */
  text?: () => string
  /** `command -p`: the PATH to look in. */
  path?: string
}

/** Runs a command whose words are expanded; `temporary` are the assignments before it. */
export async function runFields(
  fields: string[], temporary: ReadonlyMap<string, string>, shell: Interpreter, options: RunOptions = {},
): Promise<number> {
  const [name = '', ...args] = fields
  const definition = options.skipFunctions ? undefined : shell.state.functions.get(name)
  if (definition) return shell.variables.during(temporary, () => callFunction(definition, args, shell))
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined
  if (!builtin) {
    try {
      return await runProgram(fields, temporary, shell, options)
    } catch (error) {
      return complainAbout(error, shell)
    }
  }
  return shell.variables.during(temporary, async () => {
    try {
      return await builtin(args, shell)
    } catch (error) {
      return complainAbout(error, shell, name)
    }
  })
}

async function callFunction(definition: FunctionDefinition, args: string[], shell: Interpreter): Promise<number> {
  const { state } = shell
  const { positional } = state
  const loops = shell.loops
  const outer = shell.source
  shell.source = { name: definition.source ?? outer.name, line: outer.line }
  state.positional = args
  shell.loops = 0
  try {
    return await shell.variables.scoped(() => runCommand(definition.body, shell))
  } catch (error) {
    if (error instanceof Leave && error.kind === 'return') return error.status
    throw error
  } finally {
    state.positional = positional
    shell.loops = loops
    shell.source = outer
  }
}
