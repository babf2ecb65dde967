import { withoutPasswords } from '../index/without-passwords.ts'
import type { PexHome } from './pex-home.ts'

/** What is said while work is done. */
export interface Progress {
  /** Begins a stage; the one before is over. */
  stage(what: string): Promise<void>
  /** What is odd, yet stops nothing: told with `-v`. */
  warn(what: string): Promise<void>
  /** The function to tell of bytes that came. */
  download(name: string): (received: number, total: number | undefined) => void
  /** Ends the last stage: nothing of it stays on a terminal. */
  end(): Promise<void>
}

const wipe = '\r\u001b[K'

const amount = (bytes: number): string => (bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`)

/**
 * One line on a terminal that tells the stage or the download, and goes away in the end; nothing where standard error is no terminal. With
 * `-v` lines that stay, with what each stage took.
 */
export const createProgress = ({ errors, now }: Pick<PexHome, 'errors' | 'now'>, verbosity: number): Progress => {
  const { columns } = errors
  let begun: { what: string; at: number } | undefined
  let last = -Infinity
  let writing = Promise.resolve()
  let shown = ''
  const show = (text: string) => {
    // What another program wrote on the line stays.
    if (columns === undefined || verbosity > 0 || text === shown) return
    shown = text
    writing = writing.then(() => errors.write(`${wipe}${text.slice(0, columns - 1)}`))
  }
  const finish = async () => {
    if (begun && verbosity > 0) await errors.write(`pex: ${begun.what}: ${(now() - begun.at).toFixed(1)}ms\n`)
    begun = undefined
  }
  return {
    stage: async what => {
      await finish()
      begun = { what, at: now() }
      if (verbosity > 0) await errors.write(`pex: ${what}\n`)
      show(what)
    },
    warn: async what => {
      if (verbosity > 0) await errors.write(`pex: WARNING: ${withoutPasswords(what)}\n`)
    },
    download: name => (received, total) => {
      if (now() - last < 50 && received !== total) return
      last = now()
      show(`${name}: ${amount(received)}${total === undefined ? '' : ` of ${amount(total)}`}`)
    },
    end: async () => {
      await finish()
      show('')
      await writing
    },
  }
}
