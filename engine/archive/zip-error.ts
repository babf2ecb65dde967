/** Why an archive, an entry or a request about one was refused. */
export type ZipErrorCode =
  | 'not-a-zip'
  | 'truncated'
  | 'bad-signature'
  | 'bad-end-record'
  | 'trailing-bytes'
  | 'multi-disk'
  | 'bad-name'
  | 'duplicate-name'
  | 'name-conflict'
  | 'local-mismatch'
  | 'overlap'
  | 'size-mismatch'
  | 'crc-mismatch'
  | 'bad-data'
  | 'bad-extra'
  | 'bomb'
  | 'too-many-entries'
  | 'encrypted'
  | 'unsupported-method'
  | 'bad-input'

/** The one error of this room. `entry` is the name of the entry it is about, where it is about one. */
export class ZipError extends Error {
  constructor(
    readonly code: ZipErrorCode,
    readonly reason: string,
    readonly entry?: string,
  ) {
    super(entry === undefined ? reason : `${entry}: ${reason}`)
    this.name = 'ZipError'
  }
}
