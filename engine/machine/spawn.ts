/** Starting processes: posix_spawn's way, all at once and without fork. */
import { createTask } from './create-task.ts'
import { endTask, reap } from './end-task.ts'
import { loadExecutable } from './executable.ts'
import type { Kernel } from './kernel.ts'
import { locate } from './locate.ts'
import { pathError } from './path-error.ts'
import { startProgram } from './start-program.ts'
import { isDirectory } from './stat.ts'
import type { SpawnRequest } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/**
 * The child runs when the caller next waits. `prepare` may finish the child (give it a terminal) before that.
 * Throws what `loadExecutable` throws, EBADF, EAGAIN, and EPERM for a group of another session.
 */
export function spawn(kernel: Kernel, parent: Task, request: SpawnRequest, prepare?: (child: Task) => void): Task {
  const cwd = request.cwd === undefined ? undefined : findDirectory(kernel, parent, request.cwd)
  const executable = loadExecutable(kernel, parent, cwd?.path ?? parent.cwd.path(), request.path, request.argv, request.env)
  const foreground = request.foreground === undefined ? undefined : parent.descriptors.get(request.foreground).file.tty
  if (request.foreground !== undefined && !foreground) throw new SystemError('ENOTTY')

  const child = createTask(kernel, parent, parent.cred)
  try {
    if (cwd) child.cwd.set(cwd.ino, cwd.path)
    if (request.umask !== undefined) child.umask = request.umask & 0o777
    if (request.ignore) {
      child.actions.clear()
      for (const signal of request.ignore) child.actions.set(signal, 'ignore')
    }
    if (request.newSession) {
      child.sid = child.pgid = child.pid
      child.terminal = undefined
    } else if (request.pgid !== undefined) joinGroup(kernel, child, request.pgid)
    giveDescriptors(parent, child, request.fds)
    prepare?.(child)
    if (foreground) foreground.foreground = child.pgid
  } catch (error) {
    discard(kernel, child)
    throw error
  }
  startProgram(kernel, child, executable, request.env)
  return child
}

function findDirectory(kernel: Kernel, task: Task, path: string) {
  return pathError(path, () => {
    const found = locate(kernel, task, path)
    if (found.kind === 'proc') throw new SystemError('EPERM')
    const { ino } = found
    if (ino === undefined) throw new SystemError('ENOENT')
    if (!isDirectory(kernel.fs.stat(ino).mode)) throw new SystemError('ENOTDIR')
    kernel.fs.access(ino, 1, task.cred)
    return { ino, path: found.path }
  }) as { ino: number; path: string }
}

/** setpgid(2): 0 is a new group. */
export function joinGroup(kernel: Kernel, task: Task, pgid: number): void {
  const wanted = pgid === 0 ? task.pid : pgid
  if (task.sid === task.pid) throw new SystemError('EPERM')
  if (wanted !== task.pid && !kernel.processes.group(wanted).some((member) => member.sid === task.sid)) throw new SystemError('EPERM')
  task.pgid = wanted
}

function giveDescriptors(parent: Task, child: Task, fds: Record<number, number> | undefined) {
  if (fds) {
    for (const [to, from] of Object.entries(fds)) child.descriptors.set(Number(to), parent.descriptors.get(from).file, false)
    return
  }
  for (const fd of parent.descriptors.numbers()) {
    const { file, closeOnExec } = parent.descriptors.get(fd)
    if (!closeOnExec) child.descriptors.set(fd, file, false)
  }
}

/** A child that never ran: nobody hears of it. */
function discard(kernel: Kernel, child: Task) {
  child.parent.children.delete(child)
  child.parent = child
  endTask(kernel, child, { pid: child.pid, kind: 'exited', status: 0 })
  reap(kernel, child)
}
