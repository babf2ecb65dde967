/** What went wrong, for callers that go on from some of it or word it in another tool's way. */
export type IndexErrorCode =
  /** No connection, or one that broke off, however often it was tried. */
  | 'unreachable'
  | 'timeout'
  /** An answer that is neither success nor "no such project". */
  | 'status'
  /** What answers is no simple repository API. */
  | 'not-an-index'
  | 'not-found'
  | 'hash-mismatch'
  | 'wrong-length'
  | 'bad-metadata'
  /** What pip is set up with cannot be read. */
  | 'bad-settings'
  /** Nothing was asked: the URL's scheme, a redirect, a setting that this platform cannot follow. */
  | 'refused'

/** The one error of this room: one line, without credentials. */
export class IndexError extends Error {
  constructor(
    readonly code: IndexErrorCode,
    message: string,
    /** What the message is about, as it may be printed. */
    readonly url: string,
    /** Of a hash that is not the listing's: `algorithm`, what was promised and what came. */
    readonly mismatch?: { readonly algorithm: string; readonly expected: readonly string[]; readonly got: string },
  ) {
    super(message.replace(/\s*[\r\n]+\s*/g, ' '))
    this.name = 'IndexError'
  }
}
