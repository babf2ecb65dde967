import type { Kernel } from './kernel.ts'
import { signalGroup } from './send-signal.ts'
import { signals } from './signals.ts'
import type { WindowSize } from './system-calls.ts'
import type { Tty } from './tty.ts'

/** Columns and rows; the foreground group hears of a change by SIGWINCH. */
export function resizeTerminal(kernel: Kernel, tty: Tty, { rows, columns }: WindowSize): void {
  if (tty.size.rows === rows && tty.size.columns === columns) return
  tty.size = { rows, columns }
  if (tty.foreground) signalGroup(kernel, tty.foreground, signals.SIGWINCH)
}
