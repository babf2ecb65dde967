/** What an executable file runs (execve(2)): a program of the kernel, or the interpreter that a script's first line names. */
import type { Kernel } from './kernel.ts'
import { locate } from './locate.ts'
import type { Program } from './machine.ts'
import { PROGRAM_MAGIC } from './populate.ts'
import { isRegular } from './stat.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/** Linux's BINPRM_BUF_SIZE: what it looks at of a file. */
const headLength = 256
/** Scripts may be interpreted by scripts this deep, as on Linux. */
const deepest = 5
/** ARG_MAX and the longest single string, in bytes. */
const longestArguments = 2 ** 21
const longestString = 2 ** 17

export interface Executable {
  program: Program
  /** As given, or as the script's first line has it. */
  path: string
  /** Absolute and without symlinks. */
  file: string
  argv: string[]
}

/** `cwd` is where relative paths start. Throws ENOENT, EACCES, ENOEXEC, ELOOP or E2BIG, about the path that was asked for. */
export function loadExecutable(kernel: Kernel, task: Task, cwd: string, path: string, argv: string[], env: Record<string, string>): Executable {
  checkSize(path, [...argv, ...Object.entries(env).map((pair) => pair.join('='))])
  let at = path
  let args = argv.length > 0 ? argv : ['']
  for (let depth = 0; depth <= deepest; depth++) {
    const { head, file } = readHead(kernel, task, cwd, at, path)
    if (head.startsWith(PROGRAM_MAGIC)) {
      const program = kernel.programs.get(head.slice(PROGRAM_MAGIC.length).split('\n', 1)[0]!)
      if (!program) throw new SystemError('ENOEXEC', path)
      return { program, path: at, file, argv: args }
    }
    const line = /^#![ \t]*([^ \t\n]+)[ \t]*(.*)/.exec(head)
    if (!line) throw new SystemError('ENOEXEC', path)
    const [, interpreter = '', argument = ''] = line
    args = [interpreter, ...(argument.trim() ? [argument.trim()] : []), at, ...args.slice(1)]
    at = interpreter
  }
  throw new SystemError('ELOOP', path)
}

function readHead(kernel: Kernel, task: Task, cwd: string, at: string, path: string): { head: string; file: string } {
  const { fs } = kernel
  try {
    const found = locate(kernel, task, at, { cwd })
    if (found.kind === 'proc') throw new SystemError('EACCES')
    if (found.ino === undefined) throw new SystemError('ENOENT')
    if (!isRegular(fs.stat(found.ino).mode)) throw new SystemError('EACCES')
    fs.access(found.ino, 1, task.cred)
    return { head: new TextDecoder().decode(fs.read(found.ino, 0, headLength)), file: found.path }
  } catch (error) {
    // A script's missing interpreter is reported as the script's own failure, as Linux does.
    throw error instanceof SystemError ? new SystemError(error.code, path) : error
  }
}

function checkSize(path: string, strings: string[]) {
  const total = strings.reduce((sum, text) => sum + text.length, 0)
  // UTF-16 units are at most three bytes: no need to count exactly what is far from the limit.
  if (total * 3 < longestString) return
  const sizes = strings.map((text) => new TextEncoder().encode(text).length)
  const pointer = 9
  if (sizes.some((size) => size >= longestString) || sizes.reduce((sum, size) => sum + size + pointer, 0) > longestArguments) {
    throw new SystemError('E2BIG', path)
  }
}
