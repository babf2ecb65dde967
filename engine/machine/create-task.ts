/** A new row of the process table, child of `parent`, that runs nothing yet. */
import { createAlarmClock } from './alarm-clock.ts'
import { createDescriptorTable } from './descriptor-table.ts'
import { createImage } from './image.ts'
import type { Kernel } from './kernel.ts'
import { sendSignal } from './send-signal.ts'
import { signals } from './signals.ts'
import type { Credentials } from './stat.ts'
import type { Task } from './task.ts'
import { createWaitQueue } from './wait-queue.ts'
import { createWorkingDirectory } from './working-directory.ts'

const nothing = () => {}
const usualUmask = 0o022

/** Without a parent it is init: its own parent, and the first of its session. Throws EAGAIN where there are too many processes. */
export function createTask(kernel: Kernel, parent: Task | undefined, cred: Credentials): Task {
  const { fs } = kernel
  const task = kernel.processes.add((pid): Task => ({
    pid,
    parent: parent as Task,
    children: new Set(),
    pgid: parent?.pgid ?? pid,
    sid: parent?.sid ?? pid,
    cred,
    terminal: parent?.terminal,
    cwd: parent ? createWorkingDirectory(fs, parent.cwd.ino, parent.cwd.path()) : createWorkingDirectory(fs, fs.root, '/'),
    umask: parent?.umask ?? usualUmask,
    descriptors: createDescriptorTable(kernel.descriptors, ({ ino }) => {
      if (ino !== undefined) kernel.recordLocks.unlock(ino, task, { start: 0, end: Infinity })
    }),
    actions: new Map([...(parent?.actions ?? [])].filter(([, action]) => action === 'ignore')),
    blocked: new Set(parent?.blocked),
    pending: new Map(),
    signalCame: createWaitQueue(),
    state: 'running',
    report: undefined,
    image: createImage(nothing, nothing),
    used: { before: 0, children: 0 },
    path: '',
    argv: [],
    env: {},
    startedAt: kernel.now(),
    childChanged: createWaitQueue(),
    alarm: createAlarmClock(() => sendSignal(kernel, task, signals.SIGALRM)),
  }))
  task.parent = parent ?? task
  parent?.children.add(task)
  return task
}
