/** Whether `cred` has all of `mask` (4 read, 2 write, 1 execute or search): POSIX.1-2024 4.7, with the privileges Linux gives root. */
import { isDirectory, type Credentials } from './stat.ts'

export const permits = (file: { mode: number; uid: number; gid: number }, mask: number, cred: Credentials): boolean => {
  if (cred.uid === 0) return (mask & 1) === 0 || isDirectory(file.mode) || (file.mode & 0o111) !== 0
  const shift = file.uid === cred.uid ? 6 : file.gid === cred.gid ? 3 : 0
  return ((file.mode >> shift) & mask) === mask
}
