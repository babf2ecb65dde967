import type { FileSystem } from './file-system.ts'

/** The same file system; `changed` is called with its generation after every call that changed it. */
export function observeFileSystem(fs: FileSystem, changed: (generation: number) => void): FileSystem {
  let seen = fs.generation
  const watch = <A extends unknown[], R>(call: (...args: A) => R) => (...args: A): R => {
    try {
      return call(...args)
    } finally {
      if (fs.generation !== seen) {
        seen = fs.generation
        changed(seen)
      }
    }
  }
  return {
    ...fs,
    get generation() {
      return fs.generation
    },
    write: watch(fs.write),
    truncate: watch(fs.truncate),
    create: watch(fs.create),
    link: watch(fs.link),
    unlink: watch(fs.unlink),
    rmdir: watch(fs.rmdir),
    rename: watch(fs.rename),
    chmod: watch(fs.chmod),
    chown: watch(fs.chown),
    utimes: watch(fs.utimes),
    restore: watch(fs.restore),
  }
}
