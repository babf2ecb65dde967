/** Runs a program: search, start, and bash's words for what can go wrong (statuses 126 and 127). */
import { O_CLOEXEC, O_RDONLY } from '../machine/system-calls.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { findProgram } from './find-program.ts'
import { fork } from './fork.ts'
import { createParser } from './grammar.ts'
import type { Interpreter } from './interpreter.ts'
import { runInForeground } from './job-control.ts'
import { ShellError } from './shell-error.ts'
import type { RunOptions } from './run-simple.ts'
import { quoteWhereNeeded } from './quoting.ts'

export async function runProgram(
  argv: string[], temporary: ReadonlyMap<string, string>, shell: Interpreter, { last, text, path: searchPath }: RunOptions,
): Promise<number> {
  const [name = ''] = argv
  const path = await findProgram(name, shell, searchPath ?? temporary.get('PATH'))
  if (path === undefined) return shell.state.functions.has(handler) ? handleNotFound(argv, shell) : notFound(name)
  const env = { ...shell.variables.environment(), ...Object.fromEntries(temporary), _: path }
  if (last && !shell.state.traps.size) return replaceShell(path, argv, env, shell)
  const [status = 0] = await runInForeground(shell, text?.() ?? argv.map(quoteWhereNeeded).join(' '), async (request) => [
    await start(path, argv, env, shell, (file, words) => shell.system.spawn({ path: file, argv: words, env, ...request(undefined) })),
  ])
  return status
}

/** bash calls a function of this name, in a subshell, with the words of a command that it did not find. */
const handler = 'command_not_found_handle'

function notFound(name: string): never {
  throw new ShellError(`${name}: command not found`, 'command', 127)
}

async function handleNotFound(argv: string[], shell: Interpreter): Promise<number> {
  const text = [handler, ...argv].map(quoteWhereNeeded).join(' ')
  const body = createParser(`${text}\n`, {}).next()
  if (!body) return notFound(argv[0] ?? '')
  const [status = 0] = await runInForeground(shell, text, async (request) => [await fork(shell, body, request(undefined))])
  return status
}

/** The program takes the shell's process. Returns only by an error. */
export async function replaceShell(path: string, argv: string[], env: Record<string, string>, shell: Interpreter): Promise<never> {
  return start(path, argv, env, shell, (file, words) => shell.system.exec(file, words, env) as Promise<never>)
}

/** A text file that is executable but names no interpreter is run by the shell. */
async function start<T>(
  path: string, argv: string[], env: Record<string, string>, shell: Interpreter, run: (path: string, argv: string[]) => T | Promise<T>,
): Promise<T> {
  try {
    return await run(path, argv)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (error.code === 'ENOEXEC' && !(await isBinary(path, shell))) return run('/bin/bash', ['bash', path, ...argv.slice(1)])
    throw await explain(error, path, shell)
  }
}

async function explain(error: SystemError, path: string, { system }: Interpreter): Promise<ShellError> {
  const fail = (message: string, status: number) => new ShellError(`${path}: ${message}`, 'command', status)
  if (error.code === 'ENOEXEC') return fail('cannot execute binary file: Exec format error', 126)
  if (error.code !== 'ENOENT' && error.code !== 'EACCES') return fail(error.message, 126)
  let mode
  try {
    mode = (await system.stat(path)).mode
  } catch (reason) {
    if (!(reason instanceof SystemError)) throw reason
    return fail(reason.message, reason.code === 'ENOENT' ? 127 : 126)
  }
  if (isDirectory(mode)) return fail('Is a directory', 126)
  return error.code === 'EACCES' ? fail(error.message, 126) : fail('cannot execute: required file not found', 127)
}

/** bash's check_binary_file: a zero byte in the first line. */
async function isBinary(path: string, { system }: Interpreter): Promise<boolean> {
  try {
    const fd = await system.open(path, O_RDONLY | O_CLOEXEC)
    const head = await system.read(fd, 80)
    await system.close(fd)
    const newline = head.indexOf(10)
    return head.subarray(0, newline < 0 ? head.length : newline).includes(0)
  } catch (error) {
    if (error instanceof SystemError) return true
    throw error
  }
}
