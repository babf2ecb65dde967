/** `SystemCalls` as a Python process sees them: every call waits for its answer. */
import type { SystemCalls } from '../machine/system-calls.ts'

export type BlockingCalls = {
  [Name in keyof SystemCalls]: (...args: Parameters<SystemCalls[Name]>) => Awaited<ReturnType<SystemCalls[Name]>>
}
