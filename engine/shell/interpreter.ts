/** A running shell: its state, and what builtins and the executor need of the process it runs in. */
import type { Process } from '../machine/process.ts'
import type { SystemCalls } from '../machine/system-calls.ts'
import { encode } from './escapes.ts'
import type { ExpansionScope } from './expansion.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { retry } from './read-text.ts'
import type { ShellState } from './shell-state.ts'
import { substitute } from './substitution.ts'
import type { SimpleCommand } from './syntax.ts'
import type { Terminal } from './terminal.ts'
import { createTraps, type Traps } from './traps.ts'
import { createVariables, type Variables } from './variables.ts'

export interface Interpreter {
  readonly process: Process
  readonly system: SystemCalls
  readonly state: ShellState
  readonly variables: Variables
  readonly scope: ExpansionScope
  readonly jobs: Jobs
  readonly traps: Traps
  /** Reads commands from a person: prompts, job control, history. */
  readonly interactive: boolean
  /** The controlling terminal of a shell with job control. */
  readonly terminal: Terminal | undefined
  /** True for `bash -c`: an error that ends the shell then has status 127. */
  readonly isCommandString: boolean
  /** `bash --login` or argv[0] `-bash`. */
  readonly isLogin: boolean
  /** Where commands come from, and the line that runs: for messages. */
  source: { name: string; line: number }
  /** bash says no line numbers where a person types. */
  readonly showsLines: boolean
  /** Loops that are running, for break and continue. */
  loops: number
  /** Above 0 a failing command does not end a `set -e` shell: the condition of if, while, &&, ||, !. */
  conditions: number
  /** The status of the last command substitution in the running command: an assignment's status. */
  substituted: number | undefined
  /** The command with which this process ends: it replaces the shell instead of running beside it. */
  last: SimpleCommand | undefined
  /** Command substitutions around, for `set -x`. */
  substitutions: number
  /** What is to be said of processes that a signal ended, once the command's redirections are undone. */
  deaths: string[]
  /** `exit` has said that there are stopped jobs: said twice in a row, it exits. */
  exitWarned: boolean
  /** Files being read by `.`, for `return`. */
  sourcing: number
  write(fd: number, text: string | Uint8Array): Promise<void>
  /** `bash: line 3: message`, on stderr. */
  complain(message: string): Promise<void>
}

export interface InterpreterInit {
  state: ShellState
  interactive: boolean
  terminal: Terminal | undefined
  isCommandString: boolean
  isLogin: boolean
  showsLines: boolean
  parentPid: number
  inFunction: boolean
  /** `c` or `s` at the end of `$-`. */
  invocationLetters: string
}

export function createInterpreter(process: Process, init: InterpreterInit): Interpreter {
  const { state, interactive } = init
  const { system } = process
  const source = { name: interactive ? state.zero.replace(/^.*\/|^-/, '') : state.zero, line: 0 }
  const variables = createVariables(state, {
    interactive,
    invocationLetters: init.invocationLetters,
    get line() {
      return shell.source.line
    },
    pid: process.pid,
    parentPid: init.parentPid,
    now: () => process.now(),
  }, init.inFunction)

  const shell: Interpreter = {
    process, system, state, variables, interactive, source,
    terminal: init.terminal,
    isCommandString: init.isCommandString,
    isLogin: init.isLogin,
    showsLines: init.showsLines,
    loops: 0,
    conditions: 0,
    sourcing: 0,
    exitWarned: false,
    substitutions: 0,
    deaths: [],
    substituted: undefined,
    last: undefined,
    jobs: createJobs(),
    traps: createTraps(process, state),
    scope: {
      system,
      get: variables.get,
      set: variables.set,
      get zero() {
        return state.zero
      },
      get positional() {
        return state.positional
      },
      options: state.options,
      substitute: (body) => substitute(body, shell),
    },
    async write(fd, text) {
      let bytes = typeof text === 'string' ? encode(text) : text
      while (bytes.length) bytes = bytes.subarray(await retry(() => system.write(fd, bytes)))
    },
    complain(message) {
      const { name, line } = shell.source
      return shell.write(2, shell.showsLines ? `${name}: line ${line}: ${message}\n` : `${name}: ${message}\n`)
    },
  }
  return shell
}
