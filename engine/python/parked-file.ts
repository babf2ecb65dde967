/**
 * A file that was only read, kept open after it is closed, for who opens it next: zipimport opens its archive anew for every module, and each
 * time would wait for the kernel. Nothing shows it but time: before any call to which an open descriptor could matter it is closed.
 */
export interface ParkedFile<File> {
  /** The kernel has opened it, to be read. */
  opened(fd: number, path: string, flags: number): void
  /** It is closed now: true where the kernel is not to be told. `file` is absent where it could not be used as it is. */
  closed(fd: number, file: File | undefined): boolean
  /** What opening would give, where it is the parked file, which then is parked no longer; else the kernel may be asked. */
  take(path: string, flags: number): { fd: number; file: File } | undefined
  /** A system call is about to be made. */
  calling(name: string): void
}

/** They neither make nor change descriptors, nor show them to anybody. */
const HARMLESS = new Set([
  'openWhole', 'close', 'lookUp', 'listWhole', 'readModules', 'readlink', 'access', 'fstat', 'pread', 'lseek', 'isatty', 'getuid', 'getcwd', 'statfs',
])

/** `close` tells the kernel. */
export function createParkedFile<File>(close: (fd: number) => void): ParkedFile<File> {
  const open = new Map<number, string>()
  let parked: { fd: number; key: string; file: File } | undefined
  let locks = false

  const keyOf = (path: string, flags: number) => `${flags} ${path}`

  function leave() {
    if (parked) close(parked.fd)
    parked = undefined
  }

  return {
    opened: (fd, path, flags) => void open.set(fd, keyOf(path, flags)),
    closed(fd, file) {
      const key = open.get(fd)
      open.delete(fd)
      // The lowest free number is the next that is given out: one below the parked file's must not wait behind it.
      if (parked && fd < parked.fd) leave()
      if (key === undefined || file === undefined || parked || locks) return false
      parked = { fd, key, file }
      return true
    },
    take(path, flags) {
      const found = parked
      if (found?.key !== keyOf(path, flags)) return void leave()
      parked = undefined
      open.set(found.fd, found.key)
      return found
    },
    calling(name) {
      if (HARMLESS.has(name)) return
      leave()
      open.clear()
      // Closing any descriptor of a file gives up the process's locks on it (fcntl(2)).
      locks ||= name === 'setLock'
    },
  }
}
