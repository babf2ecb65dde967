/** A terminal of a machine whose screen is read, and waited for, as plain text. */
import type { Machine } from '../../engine/machine/machine.ts'

export function watchedTerminal(machine: Machine) {
  const terminal = machine.openTerminal({ rows: 24, columns: 80 })
  let screen = ''
  let heard: (() => void) | undefined
  terminal.onOutput = bytes => {
    screen += new TextDecoder().decode(bytes)
    heard?.()
  }
  return {
    terminal,
    /** All that was printed so far. */
    screen: () => screen,
    type: (text: string) => terminal.input(new TextEncoder().encode(text)),
    /** Until `text` has been printed, after the first `from` characters; the test's own limit ends a wait in vain. */
    until: async (text: string, from = 0) => {
      while (!screen.slice(from).includes(text)) await new Promise<void>(resolve => { heard = resolve })
    },
  }
}
