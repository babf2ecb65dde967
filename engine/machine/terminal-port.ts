import type { Kernel } from './kernel.ts'
import type { TerminalPort } from './machine.ts'
import { resizeTerminal } from './resize-terminal.ts'
import { sendSignal, signalGroup } from './send-signal.ts'
import { signals } from './signals.ts'
import type { Tty } from './tty.ts'

/** The master side of a terminal. `closed` hears of its hang-up. */
export function createTerminalPort(kernel: Kernel, tty: Tty, closed: () => void): TerminalPort {
  return {
    path: tty.path,
    input: (bytes) => tty.receive(bytes),
    resize: (size) => resizeTerminal(kernel, tty, size),
    get onOutput() {
      return tty.output.onOutput
    },
    set onOutput(listener) {
      tty.output.onOutput = listener
    },
    get waiting() {
      return tty.waiting
    },
    get onWaiting() {
      return tty.onWaiting
    },
    set onWaiting(listener) {
      tty.onWaiting = listener
    },
    foreground() {
      const members = kernel.processes.group(tty.foreground).filter((member) => member.state !== 'zombie')
      const shown = members.find((member) => member.pid === tty.foreground) ?? members[0]
      return shown && { pgid: tty.foreground, argv: [...shown.argv] }
    },
    hangup() {
      if (tty.hungUp) return
      const { session, foreground } = tty
      tty.hangUp()
      closed()
      const leader = kernel.processes.all().find((task) => task.pid === session)
      if (leader) for (const signal of [signals.SIGHUP, signals.SIGCONT]) sendSignal(kernel, leader, signal)
      if (foreground && foreground !== session) for (const signal of [signals.SIGHUP, signals.SIGCONT]) signalGroup(kernel, foreground, signal)
    },
  }
}
