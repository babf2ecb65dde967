/** The end of a process, however it came: what it held is let go, its children go to init, its parent hears of it. */
import type { Kernel } from './kernel.ts'
import { initPid } from './process-table.ts'
import { sendSignal, signalGroup } from './send-signal.ts'
import { signals } from './signals.ts'
import type { WaitStatus } from './system-calls.ts'
import type { Task } from './task.ts'

export function endTask(kernel: Kernel, task: Task, status: WaitStatus): void {
  if (task.state === 'zombie') return
  const { processes } = kernel
  const groups = [...new Set([task, ...task.children].map((member) => member.pgid))]
  const wereOrphaned = new Set(groups.filter((pgid) => processes.isOrphaned(pgid)))

  task.state = 'zombie'
  task.report = status
  task.alarm.set(0, 0)
  task.image.kill()
  task.descriptors.closeAll()
  task.cwd.release()
  leaveTerminal(kernel, task)

  const init = processes.get(initPid)
  for (const child of task.children) {
    child.parent = init
    init.children.add(child)
    if (child.state === 'zombie') reap(kernel, child)
  }
  task.children.clear()

  for (const pgid of groups) {
    if (wereOrphaned.has(pgid) || !processes.isOrphaned(pgid)) continue
    if (!processes.group(pgid).some((member) => member.state === 'stopped')) continue
    signalGroup(kernel, pgid, signals.SIGHUP)
    signalGroup(kernel, pgid, signals.SIGCONT)
  }

  task.ended?.(status)
  const { parent } = task
  if (parent === init || parent.actions.get(signals.SIGCHLD) === 'ignore') reap(kernel, task)
  else sendSignal(kernel, parent, signals.SIGCHLD)
  parent.childChanged.wake()
}

/** Its number is free again. */
export function reap(kernel: Kernel, zombie: Task): void {
  zombie.parent.children.delete(zombie)
  kernel.processes.remove(zombie)
}

/** With its leader's end a session loses its terminal. */
function leaveTerminal(kernel: Kernel, task: Task) {
  const { terminal } = task
  if (!terminal || task.pid !== task.sid) return
  const { foreground } = terminal
  for (const member of kernel.processes.all()) if (member.sid === task.sid) member.terminal = undefined
  terminal.session = undefined
  terminal.foreground = 0
  terminal.reset()
  if (!foreground) return
  signalGroup(kernel, foreground, signals.SIGHUP)
  signalGroup(kernel, foreground, signals.SIGCONT)
}
