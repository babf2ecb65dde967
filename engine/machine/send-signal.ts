/** How signals reach processes (POSIX 2.4): ignored, handled, or their default action. */
import { endTask } from './end-task.ts'
import type { Kernel } from './kernel.ts'
import { initPid } from './process-table.ts'
import { ignoredByDefault, signals, stopsByDefault } from './signals.ts'
import type { WaitStatus } from './system-calls.ts'
import type { Task } from './task.ts'

const cannotBeCaught = (signal: number) => signal === signals.SIGKILL || signal === signals.SIGSTOP

/** `by`: the sender's pid, 0 for the kernel itself. */
export function sendSignal(kernel: Kernel, task: Task, signal: number, by = 0): void {
  if (task.state === 'zombie' || task.pid === initPid) return
  if (signal === signals.SIGCONT) {
    for (const stop of stopsByDefault) task.pending.delete(stop)
    // Whatever becomes of the signal itself, the process runs on.
    if (task.state === 'stopped') return continueTask(kernel, task)
  } else if (stopsByDefault.has(signal)) task.pending.delete(signals.SIGCONT)
  act(kernel, task, signal, by)
}

/** Signals that waited because they were blocked, and no longer are. */
export function deliverUnblocked(kernel: Kernel, task: Task): void {
  for (const [signal, by] of [...task.pending]) {
    if (task.blocked.has(signal)) continue
    task.pending.delete(signal)
    if (isAlive(task)) act(kernel, task, signal, by)
  }
}

export function signalGroup(kernel: Kernel, pgid: number, signal: number): void {
  for (const task of kernel.processes.group(pgid)) sendSignal(kernel, task, signal)
}

function act(kernel: Kernel, task: Task, signal: number, by: number) {
  // Even one that is ignored waits: it may be waited for (Linux's sig_ignored).
  if (task.blocked.has(signal) && !cannotBeCaught(signal)) {
    task.pending.set(signal, by)
    task.signalCame.wake()
    return
  }
  const action = cannotBeCaught(signal) ? undefined : task.actions.get(signal)
  if (action === 'ignore') return
  if (task.state === 'stopped' && signal !== signals.SIGKILL) task.pending.set(signal, by)
  else if (action === 'handle') task.image.signal(signal)
  else if (stopsByDefault.has(signal)) stopTask(kernel, task, signal)
  else if (!ignoredByDefault.has(signal)) endTask(kernel, task, { pid: task.pid, kind: 'signaled', signal })
}

/** Stop signals of a terminal do nothing to an orphaned group: nobody could continue it. */
function stopTask(kernel: Kernel, task: Task, signal: number) {
  if (signal !== signals.SIGSTOP && kernel.processes.isOrphaned(task.pgid)) return
  task.state = 'stopped'
  task.image.stop()
  report(kernel, task, { pid: task.pid, kind: 'stopped', signal })
}

function continueTask(kernel: Kernel, task: Task) {
  task.state = 'running'
  report(kernel, task, { pid: task.pid, kind: 'continued' })
  const pending = [...task.pending]
  task.pending.clear()
  if (task.actions.get(signals.SIGCONT) === 'handle') pending.push([signals.SIGCONT, 0])
  // First: what it waits for is interrupted by a handled signal that came meanwhile.
  task.image.resume()
  for (const [signal, by] of pending) if (isAlive(task)) act(kernel, task, signal, by)
}

const isAlive = (task: Task) => task.state !== 'zombie'

function report(kernel: Kernel, task: Task, status: WaitStatus) {
  task.report = status
  sendSignal(kernel, task.parent, signals.SIGCHLD)
  task.parent.childChanged.wake()
}
