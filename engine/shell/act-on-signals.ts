import { signals } from '../machine/signals.ts'
import type { Interpreter } from './interpreter.ts'
import { Leave } from './shell-error.ts'
import { runText } from './run-text.ts'

/** Runs the commands of traps whose signals came (and `also`), and leaves what runs where an interrupt came. `$?` stays. */
export async function actOnSignals(shell: Interpreter, also?: string): Promise<void> {
  const { traps, state, system } = shell
  if (!traps.waiting && also === undefined) return
  const status = state.status
  if (also !== undefined) await runText(also, shell)
  for (let name = traps.take(); name !== undefined; name = traps.take()) {
    const command = state.traps.get(name)
    if (command) await runText(command, shell)
  }
  state.status = status
  if (!traps.interrupted) return
  traps.interrupted = false
  // The terminal's echo of ^C stands on this line.
  if (shell.interactive) await shell.write(2, '\n')
  if (!shell.interactive) {
    // The parent sees that the signal ended it, not an exit status.
    await system.sigaction(signals.SIGINT, 'default')
    await system.kill(shell.process.pid, signals.SIGINT)
  }
  throw new Leave('interrupt', 128 + signals.SIGINT)
}
