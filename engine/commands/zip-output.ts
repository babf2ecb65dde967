import type { Process } from '../machine/process.ts'
import { O_CREAT, O_EXCL, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { ZipFailure } from './zip-failure.ts'

/** A file beside the archive that takes its place when it is whole: an interrupted zip leaves the old one. */
export interface ZipOutput {
  /** Of the file as long as it is not in its place. */
  readonly path: string
  write(chunk: Uint8Array): Promise<void>
  /** Puts it in the archive's place, with the permissions given. */
  commit(permissions: number): Promise<void>
  discard(): Promise<void>
}

export async function openOutput(process: Process, path: string): Promise<ZipOutput> {
  const { system } = process
  const directory = path.slice(0, path.lastIndexOf('/') + 1)
  let temporary = ''
  let fd: number | undefined
  for (let attempt = 0; fd === undefined; attempt++) {
    temporary = `${directory}zi${process.pid}-${attempt}`
    try {
      fd = await system.open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      if (error.code !== 'EEXIST') throw new ZipFailure(15, path, error.message)
    }
  }
  const output = fd
  return {
    path: temporary,
    write: async (chunk) => {
      try {
        await system.write(output, chunk)
      } catch (error) {
        if (error instanceof SystemError) throw new ZipFailure(14, 'write error on zip file', error.message)
        throw error
      }
    },
    commit: async (permissions) => {
      await system.fchmod(output, permissions)
      await system.close(output)
      await system.rename(temporary, path)
    },
    discard: async () => {
      await system.close(output)
      await system.unlink(temporary)
    },
  }
}
