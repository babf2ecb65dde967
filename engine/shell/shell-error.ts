/**
 * A mistake in what is to be run. `reach` says what it ends in a shell that is not interactive: the command, the rest of the line
 * (arithmetic, bad substitution, readonly variables), or the shell (`${x:?}`, `set -u`). An interactive shell goes back to its prompt.
 */
export class ShellError extends Error {
  constructor(
    message: string,
    readonly reach: 'command' | 'line' | 'shell' = 'line',
    readonly status = 1,
    /** False: the message stands as it is, without the shell's name and the line. */
    readonly prefixed = true,
  ) {
    super(message)
    this.name = 'ShellError'
  }
}

/** How `break`, `continue`, `return`, `exit` and an interrupt leave the commands around them. */
export class Leave extends Error {
  constructor(
    readonly kind: 'break' | 'continue' | 'return' | 'exit' | 'interrupt',
    readonly status: number,
    /** Loops still to leave. */
    public levels = 1,
  ) {
    super(kind)
    this.name = 'Leave'
  }
}
