/** Output processing (termios OPOST): newlines and tabs as the terminal wants them, and the cursor's column. */
import type { Termios } from './system-calls.ts'
import { oflag } from './termios.ts'

export interface OutputProcessor {
  readonly column: number
  process(bytes: ArrayLike<number>): Uint8Array
}

export function createOutputProcessor(terminal: { readonly termios: Termios }): OutputProcessor {
  let column = 0
  return {
    get column() {
      return column
    },
    process(bytes) {
      const flags = terminal.termios.oflag
      const post = (flags & oflag.OPOST) !== 0
      const shown: number[] = []
      for (let i = 0; i < bytes.length; i++) {
        const byte = bytes[i]!
        if (byte === 0x0a) {
          if (post && flags & oflag.ONLCR) {
            column = 0
            shown.push(0x0d)
          }
          shown.push(0x0a)
        } else if (byte === 0x0d) {
          column = 0
          shown.push(post && flags & oflag.OCRNL ? 0x0a : 0x0d)
        } else if (byte === 0x09) {
          const width = 8 - (column & 7)
          column += width
          if (post && (flags & oflag.XTABS) === oflag.XTABS) shown.push(...Array<number>(width).fill(0x20))
          else shown.push(0x09)
        } else {
          if (byte === 0x08) column = Math.max(0, column - 1)
          else if (byte >= 0x20 && (byte & 0xc0) !== 0x80) column++
          shown.push(byte)
        }
      }
      return Uint8Array.from(shown)
    },
  }
}
