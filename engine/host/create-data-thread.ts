import type { DataTasks } from '../archive/data-tasks.ts'
import type { DataThread } from '../archive/data-thread.ts'
import { ZipError } from '../archive/zip-error.ts'
import type { DataAnswer, DataTask } from './serve-data-tasks.ts'

/** Milliseconds without work after which the worker's memory is given back. */
const patience = 5000

export interface MadeWorker {
  readonly port: MessagePort
  terminate(): void
}

interface Waiting {
  settle(answer: DataAnswer): void
  /** What the thread will not do any more is done here. */
  doHere(): void
}

/** The kernel's end: a worker that is made when there is work for it. `createWorker` rejects where none can be made. */
export const createDataThread = (createWorker: (onLost: (reason: string) => void) => Promise<MadeWorker>): DataThread => {
  const waiting = new Map<number, Waiting>()
  let worker: Promise<MadeWorker> | undefined
  let ending: ReturnType<typeof setTimeout> | undefined
  let count = 0

  const lost = () => {
    worker = undefined
    const left = [...waiting.values()]
    waiting.clear()
    for (const { doHere } of left) doHere()
  }
  const make = async (): Promise<MadeWorker> => {
    const made = await createWorker(lost)
    made.port.onmessage = ({ data }: MessageEvent<DataAnswer>) => {
      const asker = waiting.get(data.id)
      waiting.delete(data.id)
      if (waiting.size === 0) ending = setTimeout(end, patience)
      asker?.settle(data)
    }
    return made
  }
  const end = () => {
    void worker?.then(made => made.terminate())
    worker = undefined
  }

  const ask = <Task extends keyof DataTasks>(task: Task) =>
    (bytes: Uint8Array, ...rest: unknown[]) => new Promise<ReturnType<DataTasks[Task]>>((resolve, reject) => {
      clearTimeout(ending)
      const id = ++count
      waiting.set(id, {
        settle: answer => {
          if ('result' in answer) return resolve(answer.result as ReturnType<DataTasks[Task]>)
          reject(new ZipError(answer.refused.code, answer.refused.reason, answer.refused.entry))
        },
        doHere: () => {
          void import('../archive/data-tasks.ts').then(({ dataTasks }) =>
            (dataTasks[task] as (...args: unknown[]) => ReturnType<DataTasks[Task]>)(bytes, ...rest)).then(resolve, reject)
        },
      })
      // A copy: the bytes may be a part of something larger, and are needed here where the thread is lost.
      const copy = bytes.slice()
      const message: DataTask = { id, task, args: [copy, ...rest] }
      worker ??= make()
      void worker.then(({ port }) => port.postMessage(message, [copy.buffer]), lost)
    })
  return { unpack: ask('unpack'), deflate: ask('deflate') }
}
