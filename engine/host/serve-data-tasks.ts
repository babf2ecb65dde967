import { dataTasks, type DataTasks } from '../archive/data-tasks.ts'
import { ZipError, type ZipErrorCode } from '../archive/zip-error.ts'

/** A task with its arguments; their bytes come along, not copied. */
export interface DataTask {
  id: number
  task: keyof DataTasks
  args: unknown[]
}
/** Its result, or what `ZipError` is made of. */
export type DataAnswer =
  | { id: number; result: { bytes: Uint8Array<ArrayBuffer> } }
  | { id: number; refused: { code: ZipErrorCode; reason: string; entry?: string } }

/** The thread's end: one task after another. What is thrown otherwise ends the thread, and its user does the work itself. */
export const serveDataTasks = (port: MessagePort): void => {
  const answer = (message: DataAnswer, transfer: Transferable[] = []) => port.postMessage(message, transfer)
  port.onmessage = ({ data }: MessageEvent<DataTask>) => {
    const { id, task, args } = data
    try {
      const result = (dataTasks[task] as (...given: unknown[]) => { bytes: Uint8Array<ArrayBuffer> })(...args)
      answer({ id, result }, [result.bytes.buffer])
    } catch (error) {
      if (!(error instanceof ZipError)) throw error
      const { code, reason, entry } = error
      answer({ id, refused: { code, reason, entry } })
    }
  }
}
