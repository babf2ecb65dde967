import { joinBytes } from '../bytes/join-bytes.ts'
import { O_CLOEXEC, O_RDONLY, type SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { decode } from './escapes.ts'

/** Everything from the descriptor to end of file. A call that a signal interrupted is made again. */
export async function readAll(fd: number, system: SystemCalls): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for (;;) {
    const chunk = await retry(() => system.read(fd, 65536))
    if (!chunk.length) break
    chunks.push(chunk)
  }
  return joinBytes(chunks)
}

/** A file's text, undefined where it cannot be read. */
export async function readText(path: string, system: SystemCalls): Promise<string | undefined> {
  let fd
  try {
    fd = await system.open(path, O_RDONLY | O_CLOEXEC)
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
  const bytes = await readAll(fd, system)
  await system.close(fd)
  return decode(bytes)
}

/** Repeats a call that fails with EINTR. */
export async function retry<T>(call: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof SystemError && error.code === 'EINTR')) throw error
    }
  }
}
