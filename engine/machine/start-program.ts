/** Gives a process the image of a program: a command in the kernel's own thread, or a foreign program. */
import { endTask } from './end-task.ts'
import type { Executable } from './executable.ts'
import { createImage, type Image } from './image.ts'
import type { Kernel } from './kernel.ts'
import type { ForeignProcess, ForeignProgram } from './machine.ts'
import { runCommand } from './run-command.ts'
import { signals } from './signals.ts'
import { createSystemCalls } from './create-system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

export function startProgram(kernel: Kernel, task: Task, executable: Executable, env: Record<string, string>): void {
  const { program, argv, file, path } = executable
  task.path = file
  task.argv = argv
  task.env = { ...env }
  if (program.kind === 'command') runCommand(kernel, task, program.run)
  else startForeign(kernel, task, program.program, path)
}

function startForeign(kernel: Kernel, task: Task, program: ForeignProgram, path: string) {
  let process: ForeignProcess | undefined
  let over = false
  const image: Image = createImage(
    (signal) => process?.signal(signal),
    () => {
      if (!over) process?.terminate()
    },
    () => process?.signalled === true,
    () => process?.used?.() ?? 0,
  )
  task.image = image
  const end = (close: () => void) => {
    if (image.dead) return
    over = true
    close()
  }
  const crash = (signal: number, reason: string) =>
    end(() => {
      complain(task, reason)
      endTask(kernel, task, { pid: task.pid, kind: 'signaled', signal })
    })
  try {
    process = program.start({
      pid: task.pid,
      path,
      argv: [...task.argv],
      env: { ...task.env },
      system: createSystemCalls(kernel, task, image, 'foreign'),
      changes: kernel.changes,
      exit: (status) => end(() => endTask(kernel, task, { pid: task.pid, kind: 'exited', status: status & 0xff })),
      crash,
    })
  } catch (error) {
    crash(signals.SIGABRT, error instanceof Error ? error.message : String(error))
  }
}

/** The kernel's own word on a process's stderr: it cannot wait there, and there may be no stderr. */
function complain(task: Task, reason: string) {
  try {
    task.descriptors.get(2).file.write?.(new TextEncoder().encode(`${reason.replace(/\s+/g, ' ').trim()}\n`), task)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
  }
}
