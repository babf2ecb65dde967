import { formatCsvRow, parseCsv } from './csv.ts'
import { PackagingError } from './packaging-error.ts'
import { pythonRepr } from './python-text.ts'

/** A row of a wheel's RECORD. `hash` and `size` are as written, and empty for RECORD itself and for what was made while installing. */
export interface RecordRow {
  /**
   * Relative to the directory that holds `.dist-info`, with `/`; a `/` at its end names a directory, which the specification
   * does not foresee and wheels contain.
   */
  readonly path: string
  /** `sha256=...`, see `recordHash`. */
  readonly hash: string
  /** In bytes, in decimal. */
  readonly size: string
}

/**
 * The rows of a RECORD (Recording installed projects, from PEP 376 and PEP 627). Empty lines are dropped. Refuses a row
 * that has not three fields and a size that is no number.
 */
export const parseRecord = (text: string): RecordRow[] => {
  const rows: RecordRow[] = []
  for (const [index, fields] of parseCsv(text).entries()) {
    if (fields.length === 0) continue
    const [path, hash, size] = fields
    if (path === undefined || hash === undefined || size === undefined || fields.length > 3) {
      const row = pythonRepr(fields.join(','))
      throw new PackagingError(`RECORD row ${index + 1} has ${fields.length} fields where path, hash and size are expected: ${row}`)
    }
    if (size !== '' && !/^\d+$/.test(size)) {
      const what = `RECORD row ${index + 1} gives ${pythonRepr(path)} the size ${pythonRepr(size)}`
      throw new PackagingError(`${what}, which is no number of bytes`)
    }
    rows.push({ path, hash, size })
  }
  return rows
}

/** The text of a RECORD, each row with this end of line. Reading it gives the same rows back. */
export const formatRecord = (rows: readonly RecordRow[], endOfLine: '\n' | '\r\n' = '\n'): string =>
  rows.map(({ path, hash, size }) => formatCsvRow([path, hash, size], endOfLine)).join('')

/** The end of line of a RECORD's first line, which pex keeps for the whole. */
export const recordEndOfLine = (text: string): '\n' | '\r\n' => (text.charAt(text.indexOf('\n') - 1) === '\r' ? '\r\n' : '\n')

/** A digest as RECORD writes it: the algorithm, and URL-safe base64 without padding. */
export const recordHash = (algorithm: string, digest: Uint8Array): string => {
  const base64 = btoa(Array.from(digest, byte => String.fromCharCode(byte)).join(''))
  return `${algorithm}=${base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}

/** The algorithm and the digest of a RECORD's hash, or undefined where the text is none. Accepts padding, which some tools write. */
export const parseRecordHash = (text: string): { readonly algorithm: string; readonly digest: Uint8Array } | undefined => {
  const match = /^([a-z0-9_]+)=([A-Za-z0-9_-]+)={0,2}$/.exec(text)
  if (!match?.[1] || !match[2] || match[2].length % 4 === 1) return undefined
  const binary = atob(match[2].replaceAll('-', '+').replaceAll('_', '/'))
  return { algorithm: match[1], digest: Uint8Array.from(binary, character => character.charCodeAt(0)) }
}
