import {
  S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK,
} from '../machine/stat.ts'

const kinds: Readonly<Record<number, { letter: string; name: string; suffix: string }>> = {
  [S_IFREG]: { letter: '-', name: 'regular file', suffix: '' },
  [S_IFDIR]: { letter: 'd', name: 'directory', suffix: '/' },
  [S_IFLNK]: { letter: 'l', name: 'symbolic link', suffix: '@' },
  [S_IFCHR]: { letter: 'c', name: 'character special file', suffix: '' },
  [S_IFBLK]: { letter: 'b', name: 'block special file', suffix: '' },
  [S_IFIFO]: { letter: 'p', name: 'fifo', suffix: '|' },
  [S_IFSOCK]: { letter: 's', name: 'socket', suffix: '=' },
}
const unknown = { letter: '?', name: 'weird file', suffix: '' }

export const fileKind = (mode: number) => kinds[mode & S_IFMT] ?? unknown

/** What `stat` and `rm` call a file: an empty regular file is called so. */
export const fileKindName = (mode: number, size: number) =>
  fileKind(mode).name === 'regular file' && size === 0 ? 'regular empty file' : fileKind(mode).name

/** `ls -F`'s mark after a name. */
export const fileSuffix = (mode: number) => fileKind(mode).suffix || ((mode & S_IFMT) === S_IFREG && mode & 0o111 ? '*' : '')

/** The ten characters of `ls -l`: `drwxr-xr-t`. */
export const modeText = (mode: number) => fileKind(mode).letter + permissionText(mode)

/** The nine characters of the permissions, with set-id and sticky bits. */
export function permissionText(mode: number): string {
  const triple = (shift: number, special: number, letter: string) => {
    const bits = (mode >> shift) & 7
    const execute = mode & special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-'
    return (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-') + execute
  }
  return triple(6, 0o4000, 's') + triple(3, 0o2000, 's') + triple(0, 0o1000, 't')
}

/** `0644`: the permission bits as chmod's messages and `stat` write them. */
export const octalMode = (mode: number) => (mode & 0o7777).toString(8).padStart(4, '0')

/** `644`, `4755`: as short as `stat -c %a` and `find -printf %m` write it. */
export const permissionOctal = (mode: number) => (mode & 0o7777).toString(8)
