import { absolutePath } from './paths.ts'
import type { PexHome } from './pex-home.ts'

/** Whether what is at a path is to be written to but not replaced: a device, a pipe, or a link of /dev that may lead to a file (`/dev/stdout`). */
export const isSystemFile = async (path: string, { files, directory }: Pick<PexHome, 'files' | 'directory'>): Promise<boolean> => {
  const kind = await files.kind(path)
  return kind === 'other' || (kind !== undefined && /^\/dev\/[^/]+$/.test(absolutePath(path, directory)))
}
