/** A TCP connection to a server of the machine whose client is outside of it: no process and no descriptor holds it, a page does. */
import { block } from './block.ts'
import type { ByteStream } from './byte-stream.ts'
import type { Kernel } from './kernel.ts'
import { internet, loopbackHost } from './socket-address.ts'
import { AF_INET } from './socket-numbers.ts'
import { createStreamSocket } from './stream-socket.ts'
import { streamOf } from './stream-of.ts'
import type { Task } from './task.ts'

/** `by`: in whose name its waits and its port are, a task that never ends. Throws SystemError (ECONNREFUSED, EADDRINUSE). */
export async function connectFromOutside(kernel: Kernel, by: Task, port: number): Promise<ByteStream> {
  const file = createStreamSocket(kernel, AF_INET, 0)
  const stream = streamOf(kernel, by, file)
  try {
    await block(by.image, () => file.socket.connect(internet(loopbackHost, port), by, true), { queues: [file.output] })
  } catch (error) {
    await stream.close()
    throw error
  }
  return stream
}
