/**
 * Ends a command: its message is printed as `name: message` and the process exits with `status`.
 * A wrong usage also gets the tool's Try line, and its own status.
 */
export class Failure extends Error {
  /** undefined: the command's status for wrong usage where `usage` is set, otherwise 1. */
  readonly status: number | undefined
  readonly usage: boolean
  constructor(message: string, { status, usage = false }: { status?: number; usage?: boolean } = {}) {
    super(message)
    this.name = 'Failure'
    this.status = status
    this.usage = usage
  }
}
