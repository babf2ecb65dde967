import type { Process } from '../machine/process.ts'
import type { Stat } from '../machine/stat.ts'
import { O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { reportAction } from './report.ts'

const chunkSize = 256 * 1024

/** Copies a file's bytes to `to`, which gets the source's permissions less umask where it is new. Reports as cp; false where it failed. */
export async function copyContents(
  process: Process, from: string, to: string, source: Stat, { existing, force }: { existing: boolean; force: boolean },
): Promise<boolean> {
  const { system } = process
  let input: number
  try {
    input = await system.open(from, O_RDONLY)
  } catch (error) {
    await reportAction(process, 'cannot open', from, error, ' for reading')
    return false
  }
  try {
    const output = await openOutput(process, to, source.mode & 0o777, existing, force)
    if (output === undefined) return false
    try {
      return await pump(process, { fd: input, name: from }, { fd: output, name: to })
    } finally {
      await system.close(output)
    }
  } finally {
    await system.close(input)
  }
}

async function openOutput(process: Process, to: string, mode: number, existing: boolean, force: boolean): Promise<number | undefined> {
  const { system } = process
  const open = () => system.open(to, O_WRONLY | O_CREAT | O_TRUNC, mode)
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    try {
      if (!existing || !force) throw error
      await system.unlink(to)
      return await open()
    } catch (second) {
      // open(2) calls a name that ends in a slash a directory; cp says what is wrong with it.
      const reason = second instanceof SystemError && second.code === 'EISDIR' && to.endsWith('/') ? new SystemError('ENOTDIR', to) : second
      await reportAction(process, 'cannot create regular file', to, reason)
      return undefined
    }
  }
}

async function pump(process: Process, input: { fd: number; name: string }, output: { fd: number; name: string }): Promise<boolean> {
  const { system } = process
  for (;;) {
    let chunk: Uint8Array
    try {
      chunk = await system.read(input.fd, chunkSize)
    } catch (error) {
      await reportAction(process, 'error reading', input.name, error)
      return false
    }
    if (!chunk.length) return true
    try {
      for (let at = 0; at < chunk.length; ) at += await system.write(output.fd, chunk.subarray(at))
    } catch (error) {
      await reportAction(process, 'error writing', output.name, error)
      return false
    }
    await process.breathe()
  }
}
