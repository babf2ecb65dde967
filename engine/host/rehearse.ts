import { openSession, type Shared } from './open-session.ts'
import type { Fixture } from './session.ts'

const nothing: Fixture = { name: 'rehearsal', directory: '/home/user', files: [] }
const nobody: Shared = {
  python: { start: () => { throw new Error('a rehearsal starts no Python') } },
  fetch: () => Promise.reject(new Error('a rehearsal asks nobody')),
}

/**
 * Opens a machine that nobody sees, types a command and takes the machine away: a browser compiles a function when it is first called, and the
 * first terminal that is wanted finds these compiled. Resolves when nothing of it is left.
 */
export async function rehearse(): Promise<void> {
  let arrived = () => {}
  const prompt = () => new Promise<void>(resolve => { arrived = resolve })
  const first = prompt()
  const session = await openSession(nothing, { columns: 80, rows: 24 }, nobody, {
    output: () => undefined,
    state: ({ atPrompt }) => { if (atPrompt) arrived() },
  })
  await first
  const second = prompt()
  session.input('echo\r')
  await second
  await session.close()
}
