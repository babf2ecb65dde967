/**
 * A failed system call. `code` is the POSIX name, `errno` its Linux number, `message` what `strerror` says on Linux;
 * `path` (and `dest` for two-path calls) name what it was about, so a command can say `cat: x: No such file or directory`.
 */
import { errnoTable, type ErrnoName } from './errno.ts'

export class SystemError extends Error {
  readonly errno: number
  constructor(
    readonly code: ErrnoName,
    readonly path?: string,
    readonly dest?: string,
  ) {
    super(errnoTable[code][1])
    this.name = 'SystemError'
    this.errno = errnoTable[code][0]
  }
}
