/** What is wrong with a wheel, in one line that names it. */
export class InstallError extends Error {
  constructor(
    readonly wheel: string,
    message: string,
  ) {
    super(`${wheel}: ${message}`)
    this.name = 'InstallError'
  }
}
