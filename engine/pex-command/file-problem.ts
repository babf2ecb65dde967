import { pythonRepr } from '../packaging/python-text.ts'

/** What the system said to a path, as Python's OSError words it. */
export class FileProblem extends Error {
  constructor(
    /** `ENOENT` ... */
    readonly code: string,
    readonly errno: number,
    /** What strerror(3) says. */
    readonly reason: string,
    readonly path: string,
  ) {
    super(`[Errno ${errno}] ${reason}: ${pythonRepr(path)}`)
    this.name = 'FileProblem'
  }
}

/** Whether an error says that nothing is there. */
export const isMissing = (error: unknown): boolean => error instanceof FileProblem && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
