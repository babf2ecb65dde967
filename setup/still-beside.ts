import { createScriptPlayer } from '../components/script-player.ts'
import type { Still } from '../components/terminal-block.ts'
import { treeNow } from '../components/tree-now.ts'
import { bytesAsSource } from '../engine/archive/byte-source.ts'
import { createLateProgram } from '../engine/host/late-program.ts'
import { openSession } from '../engine/host/open-session.ts'
import type { Fixture, Session, SessionState, TreeEntry } from '../engine/host/session.ts'
import { mapPex } from '../engine/pex/map-pex.ts'
import type { FenceOptions } from '../engine/transcript/fence-options.ts'
import type { Step } from '../engine/transcript/transcript.ts'
import { fetchPublic } from '../scripts/fetch-public.ts'

/**
 * What stands beside a terminal on paper, where no machine runs: the script is played while the deck is built, on a machine that has
 * everything but Python. `result[k]` is the tree, or the file, after step k. Steps that change files by Python are not to be seen in it.
 */
export async function stillBeside(fixture: Fixture, steps: Step[], beside: NonNullable<FenceOptions['beside']>): Promise<Still[]> {
  const { session, ended } = await open(fixture)
  const player = createScriptPlayer({ steps, session, print: () => undefined, clear: () => undefined, onChange: () => undefined, typing: () => false })
  try {
    await player.begin()
    const stills: Still[] = []
    for (let step = 0; step <= steps.length; step++) {
      await player.goTo(step, false)
      stills.push(await stillOf(session, fixture.directory, beside))
    }
    return stills
  } finally {
    player.close()
    await ended()
  }
}

/** A session without the seam between page and machine: both are in this process. */
async function open(fixture: Fixture): Promise<{ session: Session; ended(): Promise<void> }> {
  const python = createLateProgram()
  python.failed('Python does not run while the deck is built')
  const listeners = new Set<(bytes: Uint8Array) => void>()
  let state: SessionState = { cwd: fixture.directory, atPrompt: false, command: undefined, status: 0, waiting: false }
  const opened = await openSession(fixture, { rows: 24, columns: 80 }, { python: python.program, fetch: fetchPublic }, {
    output: bytes => { for (const listener of listeners) listener(bytes) },
    state: next => { state = next },
  })
  listeners.add(bytes => opened.taken(bytes.length))
  const session: Session = {
    ...opened,
    get state() { return state },
    onOutput: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onState: () => () => undefined,
    checkpoint: async () => opened.checkpoint(),
    readFile: async path => opened.readFile(path),
    writeFile: async (path, bytes, keep = false) => opened.writeFile(path, bytes, keep),
    close: () => void opened.close(),
  }
  return { session, ended: () => opened.close() }
}

async function stillOf(session: Session, directory: string, beside: NonNullable<FenceOptions['beside']>): Promise<Still> {
  if (!('path' in beside)) return { entries: await treeOf(session, directory) }
  const bytes = await session.readFile(`${directory}/${beside.path}`).catch(() => undefined)
  if (beside.kind === 'pex') return { map: bytes && await mapPex(bytesAsSource(bytes)) }
  return { bytes: bytes && btoa(String.fromCharCode(...bytes)) }
}

/** Times are left out: they would make two builds of one deck differ. */
async function treeOf(session: Session, directory: string): Promise<TreeEntry[]> {
  const entries = await treeNow(session, directory)
  return entries.map(entry => ({ ...entry, mtime: 0 }))
}
