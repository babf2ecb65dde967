/** Opening a FIFO by its path (fifo(7)): without O_NONBLOCK each side waits for the other. */
import { again, block } from './block.ts'
import type { Ino } from './file-system.ts'
import type { Image } from './image.ts'
import type { Kernel } from './kernel.ts'
import type { OpenFile } from './open-file.ts'
import { createPipe, type Pipe } from './pipe.ts'
import { O_ACCMODE, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY, type Result } from './system-calls.ts'
import { SystemError } from './system-error.ts'

export function openFifo(kernel: Kernel, image: Image, ino: Ino, path: string, flags: number): Result<OpenFile> {
  const { fs, fifos } = kernel
  const make = (): Pipe => {
    fs.retain(ino)
    const made = createPipe(() => fs.stat(ino), () => {
      fifos.delete(ino)
      fs.release(ino)
    })
    fifos.set(ino, made)
    return made
  }
  const mode = flags & O_ACCMODE
  const existing = fifos.get(ino)
  if (mode === O_WRONLY && flags & O_NONBLOCK && !existing?.readers) throw new SystemError('ENXIO')
  const pipe = existing ?? make()
  const file = pipe.open(path, flags)
  const reads = mode === O_RDONLY
  // Another side that came and went meanwhile has been here, too.
  let met = mode === O_RDWR || (flags & O_NONBLOCK) !== 0
  const meet = () => {
    met ||= (reads ? pipe.writers : pipe.readers) > 0
    return met
  }
  const watcher = { wake: meet }
  if (meet()) return file
  pipe.opened.add(watcher)
  const opened = block(image, () => (meet() ? file : again), { queues: [pipe.opened] })
  return Promise.resolve(opened)
    .catch((error: unknown) => {
      file.close()
      throw error
    })
    .finally(() => pipe.opened.delete(watcher))
}
