import type { Process } from '../machine/process.ts'
import { SystemError } from '../machine/system-error.ts'
import { quoteName, quoteNameInMessage } from './quote-name.ts'

/**
 * Prints `program: message` on standard error, with `: reason` where a system call failed; what was written to standard output so far goes
 * out before it, as glibc's error(3) does. An error that is no system call's failure is thrown on.
 */
export async function report(process: Process, message: string, error?: unknown): Promise<void> {
  const reason = error === undefined ? '' : `: ${reasonOf(error)}`
  await process.stdout.flush()
  await process.stderr.write(`${process.argv[0] ?? ''}: ${message}${reason}\n`)
}

/** `program: name: reason`, the name quoted where it must be. */
export const reportName = (process: Process, name: string, error: unknown) => report(process, quoteNameInMessage(name), error)

/** `program: cannot stat 'name': reason`; `after` stands behind the name. */
export const reportAction = (process: Process, action: string, name: string, error: unknown, after = '') =>
  report(process, `${action} ${quoteName(name)}${after}`, error)

/** What strerror(3) says. */
export function reasonOf(error: unknown): string {
  if (error instanceof SystemError) return error.message
  throw error
}
