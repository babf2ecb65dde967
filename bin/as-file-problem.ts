import { getSystemErrorMap } from 'node:util'
import { FileProblem } from '../engine/pex-command/file-problem.ts'

/** What strerror(3) says, where Node's own words are others. */
const reasons: Record<string, string> = {
  ENOENT: 'No such file or directory', EACCES: 'Permission denied', EPERM: 'Operation not permitted', EISDIR: 'Is a directory', ENOTDIR: 'Not a directory',
  EEXIST: 'File exists', ENOSPC: 'No space left on device', EROFS: 'Read-only file system', ENAMETOOLONG: 'File name too long', ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files', EDQUOT: 'Disk quota exceeded', EFBIG: 'File too large', EBUSY: 'Device or resource busy', EIO: 'Input/output error',
}

/** What the system refused of a path as a FileProblem; another error as it is. */
export const asFileProblem = (error: unknown, path: string): unknown => {
  const { code, errno } = error as NodeJS.ErrnoException
  if (code === undefined || errno === undefined) return error
  return new FileProblem(code, Math.abs(errno), reasons[code] ?? getSystemErrorMap().get(errno)?.[1] ?? code, path)
}
