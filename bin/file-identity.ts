import { stat } from 'node:fs/promises'

/** How long ago a file must have changed for its times to tell it from what it was, in milliseconds. */
const settled = 2000

/** What changes whenever the file at an absolute path does; undefined for one that changed just now: within one tick of the clock it could again, unseen. */
export const fileIdentity = async (path: string): Promise<string | undefined> => {
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = await stat(path, { bigint: true })
  return Number(ctimeMs) > Date.now() - settled ? undefined : JSON.stringify([path, ...[dev, ino, size, mtimeNs, ctimeNs].map(String)])
}
