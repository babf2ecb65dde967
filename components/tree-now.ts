import type { Session, TreeEntry } from '../engine/host/session.ts'

/** The directory's tree as it is now. */
export async function treeNow(session: Session, directory: string): Promise<TreeEntry[]> {
  let stop: (() => void) | undefined
  const entries = await new Promise<TreeEntry[]>(resolve => { stop = session.watch(directory, resolve) })
  stop?.()
  return entries
}
