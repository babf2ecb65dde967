/** The controlling terminal of a shell with job control (POSIX XCU 2.11, tcsetpgrp(3)). */
import type { Process } from '../machine/process.ts'
import { signals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import type { Termios } from '../machine/system-calls.ts'
import { retry } from './read-text.ts'
import { firstPrivateDescriptor } from './redirection.ts'

export interface Terminal {
  /** A private descriptor of it. */
  readonly fd: number
  /** The shell's process group. */
  readonly pgid: number
  /** Attributes that commands find. */
  termios: Termios
  setForeground(pgid: number): Promise<void>
  setTermios(termios: Termios): Promise<void>
}

/** undefined where descriptor 0 is no terminal, or not the one that controls this process: the shell then has no job control. */
export async function openTerminal(process: Process): Promise<Terminal | undefined> {
  const { system } = process
  try {
    if (!(await system.isatty(0))) return undefined
    await system.tcgetpgrp(0)
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
  const fd = await system.dup(0, firstPrivateDescriptor, true)
  let termios = await system.tcgetattr(fd)
  /** A process outside the foreground group may change the terminal only while it ignores SIGTTOU; children must not inherit that. */
  const ignoringStops = async (run: () => unknown) => {
    const before = await system.sigaction(signals.SIGTTOU, 'ignore')
    await run()
    await system.sigaction(signals.SIGTTOU, before)
  }
  const terminal: Terminal = {
    fd,
    pgid: process.pid,
    get termios() {
      return termios
    },
    set termios(value) {
      termios = value
    },
    setForeground: (pgid) => ignoringStops(() => system.tcsetpgrp(fd, pgid)),
    setTermios: (wanted) => ignoringStops(() => retry(() => system.tcsetattr(fd, 'drain', wanted))),
  }
  if ((await system.getpgid()) !== process.pid) await system.setpgid(0, 0)
  await terminal.setForeground(process.pid)
  return terminal
}
