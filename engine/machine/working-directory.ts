import type { FileSystem, Ino } from './file-system.ts'
import { SystemError } from './system-error.ts'

/** A process's current directory: an inode, so that it stays right when the directory or one above it is renamed. */
export interface WorkingDirectory {
  readonly ino: Ino
  /** Its absolute path now. Throws ENOENT where it was removed. */
  path(): string
  set(ino: Ino, path: string): void
  release(): void
}

export function createWorkingDirectory(fs: FileSystem, ino: Ino, path: string): WorkingDirectory {
  let seen = fs.generation
  fs.retain(ino)
  return {
    get ino() {
      return ino
    },
    path() {
      if (seen === fs.generation) return path
      if (!leadsTo(fs, path, ino)) path = climb(fs, ino)
      seen = fs.generation
      return path
    },
    set(nextIno, nextPath) {
      fs.retain(nextIno)
      fs.release(ino)
      ino = nextIno
      path = nextPath
      seen = fs.generation
    },
    release: () => fs.release(ino),
  }
}

function leadsTo(fs: FileSystem, path: string, ino: Ino): boolean {
  try {
    return fs.resolve(path, { follow: false }).ino === ino
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

function climb(fs: FileSystem, ino: Ino): string {
  const names: string[] = []
  for (let at = ino; at !== fs.root; ) {
    if (fs.stat(at).nlink === 0) throw new SystemError('ENOENT')
    const parent = fs.parentOf(at)
    const entry = fs.readdir(parent).find((candidate) => candidate.ino === at)
    if (!entry) throw new SystemError('ENOENT')
    names.unshift(entry.name)
    at = parent
  }
  return `/${names.join('/')}`
}
