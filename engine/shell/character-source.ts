/**
 * Characters of a descriptor, one by one, without taking more than is used: what follows belongs to the next reader (POSIX sh, INPUT
 * FILES). A file that can seek is read in blocks, and set back to where the reader stopped; a pipe or a terminal byte by byte.
 */
import { POLLIN, SEEK_CUR } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { decode } from './escapes.ts'
import type { Interpreter } from './interpreter.ts'
import { ShellError } from './shell-error.ts'

export const timedOut = Symbol('the time is over')

export interface CharacterSource {
  /** undefined at end of file. A signal that the shell, or the caller, must act on throws a ShellError with status 130. */
  next(mustAct?: () => boolean): Promise<string | undefined | typeof timedOut>
  /** Sets the descriptor to behind the last character. */
  giveBack(): Promise<void>
}

/** `deadline`: milliseconds since the epoch. */
export function createCharacterSource(fd: number, { system, traps, process }: Interpreter, deadline?: number): CharacterSource {
  let block: Uint8Array = new Uint8Array()
  let at = 0
  let seekable: boolean | undefined

  async function byte(mustAct: () => boolean): Promise<number | undefined | typeof timedOut> {
    if (at < block.length) return block[at++]
    seekable ??= await canSeek()
    if (deadline !== undefined && !seekable) {
      const ready = await system.poll([{ fd, events: POLLIN }], Math.max(0, deadline - process.now()))
      if (!ready.length) return timedOut
    }
    for (;;) {
      try {
        block = await system.read(fd, seekable ? 4096 : 1)
        break
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        if (error.code !== 'EINTR') throw new ShellError(`read error: ${fd}: ${error.message}`, 'command')
        if (traps.waiting || mustAct()) throw new ShellError('', 'command', 128 + 2)
      }
    }
    at = 0
    return block.length ? block[at++] : undefined
  }

  async function canSeek() {
    try {
      await system.lseek(fd, 0, SEEK_CUR)
      return true
    } catch (error) {
      if (error instanceof SystemError) return false
      throw error
    }
  }

  return {
    async next(mustAct = () => false) {
      const first = await byte(mustAct)
      if (typeof first !== 'number') return first
      const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
      const found = [first]
      while (found.length < length) {
        const next = await byte(mustAct)
        if (typeof next !== 'number') break
        found.push(next)
      }
      return decode(Uint8Array.from(found))
    },
    async giveBack() {
      if (seekable && at < block.length) await system.lseek(fd, at - block.length, SEEK_CUR)
      block = new Uint8Array()
      at = 0
    },
  }
}
