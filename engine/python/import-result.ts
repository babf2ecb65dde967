/** How an import answers C: Emscripten's musl wants its own (WASI's) errno numbers, as a negative result or as the result. */
import { errnoTable, type ErrnoName } from '../machine/errno.ts'
import { SystemError } from '../machine/system-error.ts'
import type { Interpreter } from './interpreter.ts'

export interface ImportResult {
  /** For `__syscall_*`: the result of `run`, or a negative errno. */
  syscall(run: () => number | void): number
  /** For `fd_*`: zero, or an errno. */
  wasi(run: () => void): number
  /** Linux's number of an error as the interpreter's C library numbers it; 0 stays 0. */
  numbered(linux: number): number
}

/** `interrupted` runs before EINTR is answered, so that CPython finds the signal's handler to run (PEP 475). */
export function createImportResult(interpreter: Interpreter, interrupted: () => void): ImportResult {
  function number(error: unknown): number {
    if (!(error instanceof SystemError)) throw error
    if (error.code === 'EINTR') interrupted()
    return interpreter.ERRNO_CODES[error.code] ?? interpreter.ERRNO_CODES.EIO as number
  }
  return {
    numbered(linux) {
      const code = Object.keys(errnoTable).find(name => errnoTable[name as ErrnoName][0] === linux)
      return code === undefined ? 0 : interpreter.ERRNO_CODES[code] ?? interpreter.ERRNO_CODES.EIO as number
    },
    syscall(run) {
      try {
        return run() ?? 0
      } catch (error) {
        return -number(error)
      }
    },
    wasi(run) {
      try {
        run()
        return 0
      } catch (error) {
        return number(error)
      }
    },
  }
}
