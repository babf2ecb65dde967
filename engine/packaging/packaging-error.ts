/** What was wrong, for callers that go on from some of it; `invalid` covers all that need no name of its own. */
export type PackagingErrorCode =
  | 'invalid'
  | 'invalid-version'
  | 'invalid-specifier'
  | 'invalid-marker'
  | 'invalid-requirement'
  | 'invalid-requirements-file'
  | 'invalid-name'
  | 'undefined-comparison'
  | 'undefined-environment-name'

/** The one error of this room. Where Python's `packaging` has a message, it is that one. */
export class PackagingError extends Error {
  constructor(
    message: string,
    readonly code: PackagingErrorCode = 'invalid',
  ) {
    super(message)
    this.name = 'PackagingError'
  }
}
