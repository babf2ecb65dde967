/** Which process group a terminal listens to (POSIX 11.1.4). */
import type { Kernel } from './kernel.ts'
import { signalGroup } from './send-signal.ts'
import { signals } from './signals.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import type { Tty } from './tty.ts'

/**
 * A process of a background group that wants to read (SIGTTIN) or to change the terminal (SIGTTOU) stops its group: true means
 * that its call must wait. Throws EIO where stopping would be for good, and EINTR where the process handles the signal.
 */
export function holdInBackground(kernel: Kernel, task: Task, tty: Tty, signal: number): boolean {
  if (task.terminal !== tty || task.pgid === tty.foreground || tty.foreground === 0) return false
  const action = task.actions.get(signal)
  if (action === 'ignore') {
    if (signal === signals.SIGTTOU) return false
    throw new SystemError('EIO')
  }
  if (kernel.processes.isOrphaned(task.pgid)) throw new SystemError('EIO')
  signalGroup(kernel, task.pgid, signal)
  if (action === 'handle') throw new SystemError('EINTR')
  return true
}

/** A session leader without a terminal takes one that belongs to no session (as `open` without O_NOCTTY does on Linux). */
export function takeTerminal(task: Task, tty: Tty): void {
  if (task.pid !== task.sid || task.terminal || tty.session !== undefined) return
  task.terminal = tty
  tty.session = task.sid
  tty.foreground = task.pgid
}
