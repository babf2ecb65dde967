import type { FileSystem, Ino } from '../../engine/machine/file-system.ts'
import { S_IFDIR, S_IFLNK, S_IFREG } from '../../engine/machine/stat.ts'

export const owner = { uid: 1000, gid: 1000 }
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A file system's calls by path, in short words: what the tests of file systems say most. */
export const byPath = (fs: FileSystem) => {
  const find = (path: string, follow = false): Ino => {
    const { ino } = fs.resolve(path, { follow })
    if (ino === undefined) throw new Error(`${path} is not there`)
    return ino
  }
  const make = (path: string, mode: number, target?: string): Ino => {
    const { parent, name } = fs.resolve(path, { follow: false })
    return fs.create(parent, name, { mode, ...owner, target })
  }
  const pair = (path: string): [Ino, string] => {
    const { parent, name } = fs.resolve(path, { follow: false })
    return [parent, name]
  }
  return {
    find,
    mkdir: (path: string, permissions = 0o755) => make(path, S_IFDIR | permissions),
    touch: (path: string, text = '') => {
      const ino = make(path, S_IFREG | 0o644)
      if (text !== '') fs.write(ino, 0, encoder.encode(text))
      return ino
    },
    symlink: (path: string, target: string) => make(path, S_IFLNK | 0o777, target),
    stat: (path: string) => fs.stat(find(path)),
    text: (at: string | Ino) => decoder.decode(fs.read(typeof at === 'string' ? find(at, true) : at, 0, 1 << 20)),
    names: (path: string) => fs.readdir(find(path)).map(({ name }) => name).sort(),
    link: (from: string, to: string) => fs.link(find(from), ...pair(to)),
    unlink: (path: string) => fs.unlink(...pair(path)),
    rmdir: (path: string) => fs.rmdir(...pair(path)),
    rename: (from: string, to: string) => fs.rename(...pair(from), ...pair(to)),
  }
}
