import type { Session } from '../engine/host/session.ts'
import { quoteWhereNeeded } from '../engine/shell/quoting.ts'
import { unreadable } from './inspection.ts'

export interface Received {
  /** The files' names there, as the shell reads them. */
  typed: string
  /** The first one that did not arrive, in one line. */
  problem?: string
}

/** Brings a person's files into the directory where the shell is. Nothing that is there is lost. */
export async function receiveFiles(session: Pick<Session, 'state' | 'writeFile'>, files: readonly File[]): Promise<Received> {
  const { cwd } = session.state
  const names: string[] = []
  let problem: string | undefined
  for (const file of files) {
    try {
      const bytes = await file.arrayBuffer().then(buffer => new Uint8Array(buffer), () => { throw new Error(unreadable(file.name)) })
      names.push((await session.writeFile(`${cwd}/${file.name}`, bytes, true)).slice(cwd.length + 1))
    } catch (error) {
      problem ??= error instanceof Error ? error.message : String(error)
    }
  }
  // A name that begins as an option does is none.
  return { typed: names.map(name => quoteWhereNeeded(name.replace(/^-/, './-'))).join(' '), problem }
}
