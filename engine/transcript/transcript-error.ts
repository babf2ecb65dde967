/** A block that cannot be played: which line of it (from 1), what is wrong, and what to write instead. */
export class TranscriptError extends Error {
  constructor(
    readonly line: number,
    problem: string,
    remedy: string,
  ) {
    super(`transcript, line ${line}: ${problem}; ${remedy}`)
    this.name = 'TranscriptError'
  }
}
