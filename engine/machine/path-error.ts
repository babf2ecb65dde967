import type { Result } from './system-calls.ts'
import { SystemError } from './system-error.ts'

/** Runs a call about paths: what it fails with names them as they were given. */
export function pathError<T>(path: string, call: () => Result<T>, dest?: string): Result<T> {
  const name = (error: unknown): never => {
    throw error instanceof SystemError ? new SystemError(error.code, path, dest) : error
  }
  try {
    const result = call()
    return result instanceof Promise ? result.catch(name) : result
  } catch (error) {
    return name(error)
  }
}
