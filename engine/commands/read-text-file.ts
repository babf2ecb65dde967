import { O_RDONLY, type SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'

/** A small file's text; undefined where it cannot be read. */
export async function readTextFile(system: SystemCalls, path: string): Promise<string | undefined> {
  try {
    const fd = await system.open(path, O_RDONLY)
    const { size } = await system.fstat(fd)
    const text = new TextDecoder().decode((await system.read(fd, size)).slice())
    await system.close(fd)
    return text
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}
