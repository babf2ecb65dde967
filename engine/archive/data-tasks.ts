/** What can be done with data in another thread: bytes first, the rest is plain. */
import { threadFor, type DataThread } from './data-thread.ts'
import { deflateData } from './deflate-data.ts'
import { unpackData } from './unpack-data.ts'

export const dataTasks = { unpack: unpackData, deflate: deflateData }

export type DataTasks = typeof dataTasks

/** Where data of so many bytes, packed or not, are to be worked on. Either way: a task that is done here is no promise. */
export const tasksFor = (length: number): DataTasks | DataThread => threadFor(length) ?? dataTasks
