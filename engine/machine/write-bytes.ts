/** write(2) and send(2): a blocking descriptor takes all of the bytes. */
import { again, block, type Again } from './block.ts'
import type { Image } from './image.ts'
import { Killed } from './killed.ts'
import type { Kernel } from './kernel.ts'
import type { OpenFile } from './open-file.ts'
import { sendSignal } from './send-signal.ts'
import { signals } from './signals.ts'
import { O_NONBLOCK, type Result } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

export interface WriteOptions {
  /** How a part is given away; default `file.write`. */
  put?: (bytes: Uint8Array) => number | Again
  /** EAGAIN instead of waiting, whatever the descriptor's flags say. */
  dontWait?: boolean
  /** EPIPE comes without SIGPIPE. */
  noSignal?: boolean
  /** Once also where there are no bytes: an empty datagram. */
  empty?: boolean
}

/** How many were taken. Fails with EAGAIN, EINTR only where none was. */
export function writeBytes(
  kernel: Kernel, task: Task, image: Image, file: OpenFile, bytes: Uint8Array, options: WriteOptions = {},
): Result<number> {
  const { put = (part) => file.write!(part, task), dontWait = false, noSignal = false, empty = false } = options
  if (bytes.length === 0 && !empty) return 0
  const brokenPipe = () => {
    if (noSignal) return
    sendSignal(kernel, task, signals.SIGPIPE)
    if (image.dead) throw new Killed()
  }
  let written = 0
  const attempt = () => {
    do {
      let taken
      try {
        taken = put(bytes.subarray(written))
      } catch (error) {
        if (error instanceof SystemError && error.code === 'EPIPE') brokenPipe()
        // What was written counts; the next write will fail the same way.
        if (written > 0) return written
        throw error
      }
      if (taken === again) {
        if (!dontWait && !(file.flags & O_NONBLOCK)) return again
        if (written > 0) return written
        throw new SystemError('EAGAIN')
      }
      written += taken
    } while (written < bytes.length)
    return written
  }
  return block(image, attempt, { queues: [file.output], interrupted: () => written || undefined })
}
