/** A line the grammar does not accept. `incomplete` says that more input could mend it: an interactive shell then asks for another line. */
export class ShellSyntaxError extends Error {
  constructor(
    message: string,
    /** Line in the parsed text, counted from 1. */
    readonly line: number,
    readonly incomplete = false,
    /** bash repeats the offending line below "near unexpected token". */
    readonly showsLine = false,
  ) {
    super(message)
    this.name = 'ShellSyntaxError'
  }
}
