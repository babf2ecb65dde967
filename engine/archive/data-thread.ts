/**
 * Another thread for data that would hold up this one, where the host has such a thread. Nothing is imported: who has a thread to offer is
 * a kernel that starts, and fflate makes its tables when it is evaluated.
 */
import type { DataTasks } from './data-tasks.ts'

export type DataThread = { [Task in keyof DataTasks]: (...args: Parameters<DataTasks[Task]>) => Promise<ReturnType<DataTasks[Task]>> }

/** Below so many bytes a message costs more than it saves. */
const worthAThread = 1 << 20

let thread: DataThread | undefined

/** From now on large data of every archive on this thread are packed and unpacked there. */
export const useDataThread = (other: DataThread | undefined): void => { thread = other }

/** Undefined: data of so many bytes are worked on here. */
export const threadFor = (length: number): DataThread | undefined => length >= worthAThread ? thread : undefined
