/** The shell as a command: /bin/bash, /bin/sh. */
import type { Command, Process } from '../machine/process.ts'
import { signals } from '../machine/signals.ts'
import { O_CLOEXEC, O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { actOnSignals } from './act-on-signals.ts'
import { decode } from './escapes.ts'
import { findPrograms } from './find-program.ts'
import { takeFork, type Fork } from './fork.ts'
import { hangUp, readStartupFiles, runInteractively } from './interactive.ts'
import { createInterpreter, type Interpreter, type InterpreterInit } from './interpreter.ts'
import { importEnvironment } from './import-environment.ts'
import { readInvocation, type Invocation } from './invocation.ts'
import { readAll } from './read-text.ts'
import { runInput } from './run-input.ts'
import { runText, markLast, runLine } from './run-text.ts'
import { Leave } from './shell-error.ts'
import { createState, type ShellState } from './shell-state.ts'
import { openTerminal } from './terminal.ts'

export interface ShellHooks {
  /** What the shell knows when it starts, from an earlier one's prompt. */
  initial?: ShellState
  /** Called before each prompt of an interactive shell, with a copy that is the caller's. */
  onPrompt?: (state: ShellState) => void
}

export function createShell(hooks: ShellHooks = {}): Command {
  return async (args, process) => {
    const forked = await takeFork(process)
    if (forked) return runFork(forked, process)
    const invocation = readInvocation(args, process.argv[0] ?? 'bash')
    if ('status' in invocation) {
      await process.stdout.write(invocation.stdout ?? '')
      await process.stderr.write(invocation.stderr ?? '')
      return invocation.status
    }
    return start(invocation, process, hooks)
  }
}

async function start(invocation: Invocation, process: Process, hooks: ShellHooks): Promise<number> {
  const { system } = process
  const isTerminal = invocation.readsInput && (await isatty(0, process)) && (await isatty(2, process))
  const interactive = invocation.interactive || (invocation.text === undefined && isTerminal)
  const cwd = await system.getcwd()
  const fresh = createState({ zero: invocation.zero ?? invocation.file ?? process.argv[0] ?? 'bash', pid: process.pid, cwd })
  const state: ShellState = hooks.initial
    ? { ...structuredClone(hooks.initial), pid: process.pid, lastBackground: undefined, commandPaths: new Map() }
    : { ...fresh, options: invocation.options, positional: invocation.positional }
  const terminal = interactive ? await openTerminal(process) : undefined
  if (interactive && !hooks.initial) {
    Object.assign(state.options, { history: true, histexpand: true, emacs: true, monitor: terminal !== undefined })
  }
  const shell = createInterpreter(process, {
    state, interactive, terminal,
    isCommandString: invocation.text !== undefined,
    isLogin: invocation.login,
    showsLines: !interactive,
    parentPid: await system.getppid(),
    inFunction: false,
    invocationLetters: invocation.text !== undefined ? 'c' : invocation.readsInput ? 's' : '',
  })
  if (!hooks.initial) await importEnvironment(shell)
  const stops = terminal ? [signals.SIGTSTP, signals.SIGTTIN, signals.SIGTTOU] : []
  await shell.traps.start(interactive ? [signals.SIGTERM, signals.SIGQUIT, ...stops] : [])
  if (interactive) process.onSignal(signals.SIGHUP, () => void hangUp(shell))

  return finish(shell, async () => {
    const { text, file } = invocation
    // A state that is brought back has read them.
    if (interactive && !hooks.initial) await readStartupFiles(shell)
    if (interactive) return runInteractively(shell, hooks.onPrompt)
    if (text !== undefined) return runText(text, shell, { place: '-c', last: true })
    if (file !== undefined) return runFile(file, shell)
    return runInput(shell)
  })
}

async function runFork(fork: Fork, process: Process): Promise<number> {
  const init: InterpreterInit = {
    state: fork.state,
    interactive: false,
    terminal: undefined,
    isCommandString: fork.isCommandString,
    isLogin: false,
    showsLines: fork.showsLines,
    parentPid: Number(fork.state.variables.get('PPID')?.value ?? 0),
    inFunction: fork.inFunction,
    invocationLetters: '',
  }
  const shell = createInterpreter(process, init)
  shell.source = fork.source
  shell.conditions = fork.conditions
  shell.substitutions = fork.substitutions
  await shell.traps.start([])
  markLast(fork.body, shell)
  return finish(shell, async () => {
    await runLine(fork.body, shell)
    return shell.state.status
  })
}

/** Runs the shell to its end, which `exit` or an interrupt may bring; the EXIT trap comes last. */
async function finish(shell: Interpreter, run: () => Promise<number>): Promise<number> {
  const status = await untilItLeaves(shell, run)
  const trap = shell.state.traps.get('EXIT')
  if (!trap) return status
  shell.state.traps.delete('EXIT')
  shell.state.status = status
  return untilItLeaves(shell, async () => {
    await actOnSignals(shell, trap)
    return status
  })
}

async function untilItLeaves(shell: Interpreter, run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Leave)) throw error
    return (shell.state.status = error.status)
  }
}

async function runFile(file: string, shell: Interpreter): Promise<number> {
  const { process } = shell
  const fail = async (message: string, status: number) => {
    // bash has taken the file's name for its own by the time it sees what the file is.
    await shell.write(2, `${status === 127 ? process.argv[0] : file}: ${file}: ${message}\n`)
    return status
  }
  let bytes
  try {
    bytes = await readScript(file, shell)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    return error.code === 'EISDIR' ? fail('Is a directory', 126) : fail(error.message, error.code === 'ENOENT' ? 127 : 126)
  }
  const newline = bytes.indexOf(10)
  if (bytes.subarray(0, Math.min(80, newline < 0 ? bytes.length : newline)).includes(0)) return fail('cannot execute binary file', 126)
  // A zip file that stands behind the commands is not read as text, unless they run on into it.
  const end = bytes.includes(0) ? bytes.lastIndexOf(10, bytes.indexOf(0)) + 1 : bytes.length
  const head = decode(bytes.subarray(0, end))
  if (end === bytes.length || head.endsWith('\\\n')) return runText(decode(bytes), shell)
  return runText(head, shell, { more: () => decode(bytes.subarray(end)) })
}

/** A name that is not in the working directory is looked for in PATH. */
async function readScript(file: string, shell: Interpreter): Promise<Uint8Array> {
  const { system } = shell
  const open = (path: string) => system.open(path, O_RDONLY | O_CLOEXEC)
  let fd
  try {
    fd = await open(file)
  } catch (error) {
    const [found] = file.includes('/') ? [] : await findPrograms(file, shell)
    if (!found || !(error instanceof SystemError)) throw error
    fd = await open(found.path)
  }
  const bytes = await readAll(fd, system)
  await system.close(fd)
  return bytes
}

async function isatty(fd: number, { system }: Process): Promise<boolean> {
  try {
    return await system.isatty(fd)
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}
