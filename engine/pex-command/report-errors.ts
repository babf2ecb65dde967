import { withoutPasswords } from '../index/without-passwords.ts'
import { describeError } from './describe-error.ts'
import { FileProblem } from './file-problem.ts'
import type { PexHome } from './pex-home.ts'
import { UsageError } from './usage-error.ts'

/** As a shell tells that SIGPIPE ended a program. */
const brokenPipe = 128 + 13

/**
 * Does a program's work: its exit status, where an error that a person can do something about is told on standard error. `called` is how it
 * was called, `usage` the lines before an error in the command line. Whatever is thrown is the program's own mistake.
 */
export const reportErrors = async (home: PexHome, called: string, usage: string, work: () => Promise<number>): Promise<number> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UsageError) {
      await home.errors.write(`${usage}${called}: error: ${withoutPasswords(error.message)}\n`)
      return 2
    }
    if (home.signal.aborted) return 130
    if (error instanceof FileProblem && error.code === 'EPIPE') return brokenPipe
    const text = describeError(error)
    if (text === undefined) throw error
    await home.errors.write(`${withoutPasswords(text)}\n`)
    return 1
  }
}
