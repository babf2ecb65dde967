/** A TCP connection to a server of the machine whose client is outside of it: no process and no descriptor holds it, a page does. */
import { block } from './block.ts'
import type { ByteStream } from './byte-stream.ts'
import type { Kernel } from './kernel.ts'
import { internet, loopbackHost } from './socket-address.ts'
import { AF_INET } from './socket-numbers.ts'
import { createStreamSocket } from './stream-socket.ts'
import type { Task } from './task.ts'
import { writeBytes } from './write-bytes.ts'

/** Bytes that one `receive` answers at most. */
const LARGEST = 64 * 1024

/** `by`: in whose name its waits and its port are, a task that never ends. Throws SystemError (ECONNREFUSED, EADDRINUSE). */
export async function connectFromOutside(kernel: Kernel, by: Task, port: number): Promise<ByteStream> {
  const file = createStreamSocket(kernel, AF_INET, 0)
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    file.close()
    file.input.wake()
    file.output.wake()
  }
  try {
    await block(by.image, () => file.socket.connect(internet(loopbackHost, port), by, true), { queues: [file.output] })
  } catch (error) {
    await close()
    throw error
  }
  return {
    async receive() {
      const bytes = await block(by.image, () => closed ? new Uint8Array() : file.read!(LARGEST, by), { queues: [file.input] })
      return bytes.length > 0 ? bytes : undefined
    },
    async send(bytes) {
      await writeBytes(kernel, by, by.image, file, bytes, { noSignal: true })
    },
    close,
  }
}
