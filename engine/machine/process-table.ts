/** All processes of a machine by number, and their groups and sessions. */
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/** RLIMIT_NPROC's place. */
const processLimit = 4096
/** Numbers begin anew after this one (Linux's pid_max). */
const highestPid = 32768
export const initPid = 1

export interface ProcessTable {
  /** Throws ESRCH. */
  get(pid: number): Task
  /** Gives the new process a free number; throws EAGAIN where there are too many processes. */
  add(create: (pid: number) => Task): Task
  remove(task: Task): void
  all(): Task[]
  /** Those of a process group, zombies included. */
  group(pgid: number): Task[]
  /** True where nobody of the group has a parent in its session but outside of the group (POSIX 3.264). */
  isOrphaned(pgid: number): boolean
}

export function createProcessTable(): ProcessTable {
  const tasks = new Map<number, Task>()
  let last = 0

  /** A group or a session may outlive its leader. */
  const isTaken = (pid: number) => tasks.has(pid) || [...tasks.values()].some((task) => task.pgid === pid || task.sid === pid)
  const freePid = () => {
    do last = last >= highestPid ? initPid + 1 : last + 1
    while (isTaken(last))
    return last
  }
  const group = (pgid: number) => [...tasks.values()].filter((task) => task.pgid === pgid)

  return {
    get(pid) {
      const task = tasks.get(pid)
      if (!task) throw new SystemError('ESRCH')
      return task
    },
    add(create) {
      if (tasks.size >= processLimit) throw new SystemError('EAGAIN')
      const task = create(freePid())
      tasks.set(task.pid, task)
      return task
    },
    remove: (task) => void tasks.delete(task.pid),
    all: () => [...tasks.values()],
    group,
    isOrphaned: (pgid) =>
      !group(pgid).some((task) => task.state !== 'zombie' && task.parent.pgid !== pgid && task.parent.sid === task.sid),
  }
}
