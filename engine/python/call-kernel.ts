/** The worker's end of the system calls: post, wait, read the answer out of the mailbox. */
import type { ErrnoName } from '../machine/errno.ts'
import type { Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import type { BlockingCalls } from './blocking-calls.ts'
import type { ProcessorTime } from './processor-time.ts'
import type { CallName, FromWorker, Listing } from './protocol.ts'
import { BYTES, FAILURE, HEADER, JSON_AND_BYTES, JSON_VALUE, KIND, LENGTH, NOTHING, REST, STATE, WAITING } from './protocol.ts'

/** Stats that were true when the log of changes stood at that place. */
interface Entered {
  at?: number
  stats: [path: string, stat: Stat][]
}

export interface KernelCalls extends BlockingCalls {
  lookUp(path: string, follow: boolean): Stat | undefined
  openWhole(path: string, flags: number, mode: number, here: boolean): {
    fd: number; stat: Stat; bytes?: Uint8Array; listing?: Listing; at?: number; directory?: Stat
  }
  mkdirWhole(path: string, mode: number, paths: string[]): Entered
  renameWhole(from: string, to: string, paths: string[]): Entered
  listWhole(path: string): Listing
  readModules(directory: string, first: string): { files: [name: string, stat: Stat][]; entries?: string[]; bytes: Uint8Array }
  /** Without waiting; calls made later see it done. protocol.ts says when that is right. */
  closeSoon(fd: number): void
  makeFileSoon(path: string, mode: number, bytes: Uint8Array): void
}

/** `calling` hears of every call before it is made. */
export function callKernel(
  post: (message: FromWorker) => void, mailbox: SharedArrayBuffer, time: ProcessorTime, calling: (name: string) => void = () => undefined,
): KernelCalls {
  const words = new Int32Array(mailbox, 0, HEADER / 4)
  const room = new Uint8Array(mailbox, HEADER)
  const text = new TextDecoder()

  function exchange(message: FromWorker): Uint8Array {
    Atomics.store(words, STATE, WAITING)
    // Before the kernel may look.
    time.pause()
    post(message)
    while (Atomics.load(words, STATE) === WAITING) Atomics.wait(words, STATE, WAITING)
    time.resume()
    return room.slice(0, words[LENGTH])
  }

  function call(name: CallName, args: unknown[]): unknown {
    calling(name)
    const first = exchange({ op: 'call', name, args })
    const kind = words[KIND]
    if (kind === NOTHING) return undefined
    const bytes = words[REST] === 0 ? first : assemble(first)
    if (kind === BYTES) return bytes
    if (kind === JSON_VALUE) return JSON.parse(text.decode(bytes))
    if (kind === FAILURE) {
      const [code, path, dest] = JSON.parse(text.decode(bytes)) as [ErrnoName, string?, string?]
      throw new SystemError(code, path, dest)
    }
    if (kind !== JSON_AND_BYTES) throw new TypeError(`an answer of unknown kind ${kind}`)
    const end = 4 + new DataView(bytes.buffer).getUint32(0, true)
    return { ...(JSON.parse(text.decode(bytes.subarray(4, end))) as object), bytes: bytes.subarray(end) }
  }

  function assemble(first: Uint8Array): Uint8Array {
    const whole = new Uint8Array(first.length + (words[REST] ?? 0))
    whole.set(first)
    for (let filled = first.length; filled < whole.length;) {
      const part = exchange({ op: 'more' })
      whole.set(part, filled)
      filled += part.length
    }
    return whole
  }

  const told: Pick<KernelCalls, 'closeSoon' | 'makeFileSoon'> = {
    closeSoon: fd => post({ op: 'tell', name: 'close', args: [fd] }),
    makeFileSoon: (...args) => post({ op: 'tell', name: 'makeFile', args }),
  }
  return new Proxy(told, {
    get: (_target, name) => Reflect.get(told, name) as unknown ?? ((...args: unknown[]) => call(name as CallName, args)),
  }) as unknown as KernelCalls
}
