/**
 * fork(2) for shells. The kernel starts programs, it does not copy processes; so a subshell is a new process of /bin/bash that finds a copy
 * of its parent's state, and the commands to run, in this table under a number that its environment carries. Every shell of a machine runs
 * in the kernel's thread, so syntax trees pass as they are. An entry can be taken once, and only by a child of the shell that made it.
 */
import type { Process } from '../machine/process.ts'
import type { SpawnRequest } from '../machine/system-calls.ts'
import type { Interpreter } from './interpreter.ts'
import type { ShellState } from './shell-state.ts'
import type { List } from './syntax.ts'

export interface Fork {
  state: ShellState
  body: List
  source: { name: string; line: number }
  showsLines: boolean
  isCommandString: boolean
  inFunction: boolean
  conditions: number
  substitutions: number
  parent: number
}

const variable = 'BASH_FORK'
const waiting = new Map<string, Fork>()
let forks = 0

/** Starts a subshell that runs `body`, and returns its pid. Its descriptors are the shell's. */
export async function fork(shell: Interpreter, body: List, request: Partial<SpawnRequest> = {}, isSubstitution = false): Promise<number> {
  const key = String(++forks)
  waiting.set(key, {
    body,
    state: copyState(shell.state),
    source: { ...shell.source },
    showsLines: shell.showsLines,
    isCommandString: shell.isCommandString,
    inFunction: shell.variables.inFunction,
    conditions: shell.conditions,
    substitutions: shell.substitutions + Number(isSubstitution),
    parent: shell.process.pid,
  })
  try {
    return await shell.system.spawn({
      path: '/bin/bash',
      argv: [...shell.process.argv],
      env: { ...shell.variables.environment(), [variable]: key },
      ...request,
    })
  } catch (error) {
    waiting.delete(key)
    throw error
  }
}

/** What the shell that runs in this process was forked to do; undefined where it was started as a program. */
export async function takeFork(process: Process): Promise<Fork | undefined> {
  const key = process.env[variable]
  delete process.env[variable]
  const found = key === undefined ? undefined : waiting.get(key)
  if (key === undefined || !found || found.parent !== (await process.system.getppid())) return undefined
  waiting.delete(key)
  return found
}

function copyState(state: ShellState): ShellState {
  return {
    ...state,
    variables: new Map([...state.variables].map(([name, value]) => [name, { ...value }])),
    functions: new Map(state.functions),
    aliases: new Map(state.aliases),
    options: { ...state.options, monitor: false },
    directories: [...state.directories],
    positional: [...state.positional],
    history: [...state.history],
    // POSIX: a subshell's traps are reset, except what is ignored.
    traps: new Map([...state.traps].filter(([, command]) => command === '')),
    commandPaths: new Map(state.commandPaths),
    depth: state.depth + 1,
  }
}
