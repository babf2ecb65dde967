/** Another thread for data that would hold up this one, where the host has such a thread. */
import { deflateData } from './deflate-data.ts'
import { unpackData } from './unpack-data.ts'

/** What can be done there: bytes first, the rest is plain. */
export const dataTasks = { unpack: unpackData, deflate: deflateData }

export type DataTasks = typeof dataTasks
export type DataThread = { [Task in keyof DataTasks]: (...args: Parameters<DataTasks[Task]>) => Promise<ReturnType<DataTasks[Task]>> }
/** Either way: a task that is done here is no promise. */
type Tasks = { [Task in keyof DataTasks]: (...args: Parameters<DataTasks[Task]>) => ReturnType<DataTasks[Task]> | Promise<ReturnType<DataTasks[Task]>> }

/** Below so many bytes a message costs more than it saves. */
const worthAThread = 1 << 20

let thread: DataThread | undefined

/** From now on large data of every archive on this thread are packed and unpacked there. */
export const useDataThread = (other: DataThread | undefined): void => { thread = other }

/** Where data of so many bytes, packed or not, are to be worked on. */
export const tasksFor = (length: number): Tasks => (thread && length >= worthAThread ? thread : dataTasks)
