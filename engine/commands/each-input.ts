import type { Process, Reader } from '../machine/process.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { reportName } from './report.ts'

/**
 * Opens the named files one after the other for `use`, and closes them; `-` is standard input. A system call that fails, in opening or in
 * use, is reported (default: `program: name: reason`) and the next file is taken. Resolves to 0, or to 1 where one failed.
 */
export async function eachInput(
  process: Process,
  names: readonly string[],
  use: (input: Reader, name: string) => Promise<void>,
  failed: (name: string, error: SystemError, opened: boolean) => Promise<void> = (name, error) => reportName(process, name, error),
): Promise<number> {
  let status = 0
  for (const name of names) {
    let fd: number | undefined
    try {
      fd = name === '-' ? process.stdin.fd : await process.system.open(name, O_RDONLY)
      await use(name === '-' ? process.stdin : process.reader(fd), name)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await failed(name, error, fd !== undefined)
      status = 1
    } finally {
      if (fd !== undefined && name !== '-') await process.system.close(fd)
    }
  }
  return status
}
