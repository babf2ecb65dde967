import type { ErrnoName } from '../../engine/machine/errno.ts'
import { SystemError } from '../../engine/machine/system-error.ts'

/** The name of the error that a system call fails with; undefined where it succeeds. Anything that is no SystemError goes on. */
export const errnoOf = (call: () => unknown): ErrnoName | undefined => {
  try {
    call()
    return undefined
  } catch (error) {
    if (error instanceof SystemError) return error.code
    throw error
  }
}
