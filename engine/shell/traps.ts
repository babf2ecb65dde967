/**
 * Signals that the shell handles: what `trap` set, and interrupts. Handlers only note; the shell acts between commands (POSIX XCU 2.12).
 */
import type { Process } from '../machine/process.ts'
import { signals } from '../machine/signals.ts'
import type { WaitStatus } from '../machine/system-calls.ts'
import type { ShellState } from './shell-state.ts'

export interface Traps {
  /** SIGINT came, and is not trapped. */
  interrupted: boolean
  /** The next trapped signal that waits for its command. */
  take(): string | undefined
  readonly next: string | undefined
  readonly waiting: boolean
  /** undefined resets, '' ignores. `name` is a signal's name without SIG, or EXIT, ERR, DEBUG. */
  set(name: string, command: string | undefined): Promise<void>
  /** Sets up SIGINT. `quiet`: further signals that are taken and do nothing (an interactive shell's SIGTERM and stops). */
  start(quiet: number[]): Promise<void>
  /** A child has been waited for: an interrupt that it survived was meant for it alone (bash's "wait and cooperative exit"). */
  noteChild(status: WaitStatus | undefined): void
}

export const signalNumber = (name: string): number | undefined => {
  const bare = name.toUpperCase().replace(/^SIG/, '')
  if (/^\d+$/.test(bare)) return Object.values<number>(signals).includes(Number(bare)) || bare === '0' ? Number(bare) : undefined
  return (signals as Record<string, number>)[`SIG${bare}`]
}

export const signalName = (number: number) =>
  Object.entries(signals).find(([, value]) => value === number)?.[0].slice(3) ?? String(number)

export function createTraps(process: Process, state: ShellState): Traps {
  const pending: string[] = []
  /** Signals that have an action of the shell's own when no trap is set. */
  const own = new Map<number, () => void>()

  const traps: Traps = {
    interrupted: false,
    get next() {
      return pending[0]
    },
    take: () => pending.shift(),
    get waiting() {
      return pending.length > 0 || traps.interrupted
    },
    async set(name, command) {
      if (command === undefined) state.traps.delete(name)
      else state.traps.set(name, command)
      const number = signalNumber(name)
      if (!number) return
      if (command === '') await process.system.sigaction(number, 'ignore')
      else if (command !== undefined) process.onSignal(number, () => pending.push(name))
      else {
        const action = own.get(number)
        if (action) process.onSignal(number, action)
        else await process.system.sigaction(number, 'default')
      }
    },
    async start(quiet) {
      own.set(signals.SIGINT, () => {
        traps.interrupted = true
      })
      for (const number of quiet) own.set(number, () => undefined)
      for (const [number, action] of own) {
        // POSIX: what was ignored when the shell started stays so (a background job's SIGINT).
        const before = await process.system.sigaction(number, 'handle')
        if (before === 'ignore' && !quiet.length) await process.system.sigaction(number, 'ignore')
        else process.onSignal(number, action)
      }
    },
    noteChild(status) {
      if (status && status.kind === 'exited') traps.interrupted = false
    },
  }
  return traps
}
