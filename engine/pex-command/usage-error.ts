/** A command line that is wrong: argparse's words. The usage is printed with it, and the status is 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
