/**
 * The machine of the terminal that will be seen first is asked for while its slide is still on its way: its prompt is there when the slide is,
 * and comes in the same frame.
 */
import type { Session } from '../engine/host/session.ts'
import type { TerminalBlock } from './terminal-block.ts'

let ahead: { key: string; session: Promise<Session> } | undefined

export function openAhead(block: TerminalBlock, session: Promise<Session>) {
  ahead = { key: keyOf(block), session }
  // Its taker hears of it.
  session.catch(() => undefined)
}

/** Once; what was opened for another terminal is closed. */
export function takeAhead(block: TerminalBlock): Promise<Session> | undefined {
  const taken = ahead
  ahead = undefined
  if (taken?.key === keyOf(block)) return taken.session
  taken?.session.then(session => session.close(), () => undefined)
}

const keyOf = ({ columns, rows, options: { fixture, cwd } }: TerminalBlock) => JSON.stringify([fixture, cwd, columns, rows])
