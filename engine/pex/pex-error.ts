/** What stands in the way of making or reading a PEX, in one line. */
export class PexError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PexError'
  }
}
