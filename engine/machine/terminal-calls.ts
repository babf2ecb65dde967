/** System calls on terminals (termios(3), tcsetpgrp(3)). */
import { again, block } from './block.ts'
import type { Image } from './image.ts'
import { holdInBackground } from './job-control.ts'
import type { Kernel } from './kernel.ts'
import { resizeTerminal } from './resize-terminal.ts'
import { signals } from './signals.ts'
import type { Result, SystemCalls } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import type { Tty } from './tty.ts'

type TerminalCalls = Pick<
  SystemCalls,
  'isatty' | 'ttyname' | 'tcgetattr' | 'tcsetattr' | 'tcgetpgrp' | 'tcsetpgrp' | 'getWindowSize' | 'setWindowSize'
>

export function terminalCalls(kernel: Kernel, task: Task, image: Image): TerminalCalls {
  const terminal = (fd: number): Tty => {
    const { tty } = task.descriptors.get(fd).file
    if (!tty) throw new SystemError('ENOTTY')
    if (tty.hungUp) throw new SystemError('EIO')
    return tty
  }
  /** Changing a terminal is for its foreground group. */
  const whenInForeground = (tty: Tty, change: () => void): Result<void> =>
    block<void>(image, () => (holdInBackground(kernel, task, tty, signals.SIGTTOU) ? again : change()), { queues: [] })
  const ownTerminal = (fd: number): Tty => {
    const tty = terminal(fd)
    if (tty !== task.terminal) throw new SystemError('ENOTTY')
    return tty
  }

  return {
    isatty: (fd) => task.descriptors.get(fd).file.tty !== undefined,
    ttyname(fd) {
      terminal(fd)
      return task.descriptors.get(fd).file.path
    },
    tcgetattr(fd) {
      const { termios } = terminal(fd)
      return { ...termios, cc: [...termios.cc] }
    },
    tcsetattr(fd, when, termios) {
      const tty = terminal(fd)
      const shown = (): Result<void> =>
        when === 'now' ? undefined : block<void>(image, () => (tty.output.empty ? undefined : again), { queues: [tty.output.room] })
      const change = () =>
        whenInForeground(tty, () => {
          if (when === 'flush') tty.flushInput()
          tty.setTermios(termios)
        })
      const wait = shown()
      return wait instanceof Promise ? wait.then(change) : change()
    },
    tcgetpgrp: (fd) => ownTerminal(fd).foreground,
    tcsetpgrp(fd, pgid) {
      const tty = ownTerminal(fd)
      const members = kernel.processes.group(pgid)
      if (members.length === 0) throw new SystemError('ESRCH')
      if (members.some((member) => member.sid !== task.sid)) throw new SystemError('EPERM')
      return whenInForeground(tty, () => {
        tty.foreground = pgid
      })
    },
    getWindowSize: (fd) => ({ ...terminal(fd).size }),
    setWindowSize: (fd, size) => resizeTerminal(kernel, terminal(fd), size),
  }
}
