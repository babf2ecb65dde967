/**
 * Thrown into a program whose process is gone (killed, or replaced by exec), so that its code unwinds. It is never shown:
 * whoever starts programs drops it. A program that catches everything must let it pass.
 */
export class Killed extends Error {
  constructor() {
    super('the process is gone')
    this.name = 'Killed'
  }
}
