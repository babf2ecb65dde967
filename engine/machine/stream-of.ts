/** A connected socket as a stream, for those who hold no descriptor of it. */
import { block } from './block.ts'
import type { ByteStream } from './byte-stream.ts'
import type { Kernel } from './kernel.ts'
import type { SocketFile } from './socket-file.ts'
import type { Task } from './task.ts'
import { writeBytes } from './write-bytes.ts'

/** Bytes that one `receive` answers at most. */
const LARGEST = 64 * 1024

/** `by`: in whose name its waits are, a task that never ends. */
export function streamOf(kernel: Kernel, by: Task, file: SocketFile): ByteStream {
  let closed = false
  return {
    async receive() {
      const bytes = await block(by.image, () => closed ? new Uint8Array() : file.read!(LARGEST, by), { queues: [file.input] })
      return bytes.length > 0 ? bytes : undefined
    },
    async send(bytes) {
      await writeBytes(kernel, by, by.image, file, bytes, { noSignal: true })
    },
    async close() {
      if (closed) return
      closed = true
      file.close()
      file.input.wake()
      file.output.wake()
    },
  }
}
