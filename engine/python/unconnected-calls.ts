/** The calls of an interpreter that is not yet a process: a machine that is empty, with terminals' places taken by nothing. */
import { S_IFCHR } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'

/** What the interpreter writes before it is a process (only a failure to start) goes to `say`. */
export function unconnectedCalls(say: (text: string) => void): KernelCalls {
  const nothing = {
    dev: 0, ino: 0, mode: S_IFCHR | 0o666, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blocks: 0, atime: 0, mtime: 0, ctime: 0,
  }
  const answers: Partial<KernelCalls> = {
    getcwd: () => '/',
    fstat(fd) {
      if (fd > 2) throw new SystemError('EBADF')
      return nothing
    },
    write(_fd, bytes) {
      say(new TextDecoder().decode(bytes))
      return bytes.length
    },
    read: () => new Uint8Array(0),
    isatty: () => false,
    poll: () => [],
    dup: fd => fd + 10,
    close: () => undefined,
    closeSoon: () => undefined,
    makeFileSoon: () => undefined,
    getFlags: () => ({ status: 2, closeOnExec: false }),
    setFlags: () => undefined,
    umask: () => 0o022,
    lseek: () => { throw new SystemError('ESPIPE') },
    tcgetattr: () => { throw new SystemError('ENOTTY') },
    getWindowSize: () => { throw new SystemError('ENOTTY') },
  }
  return new Proxy(answers as KernelCalls, {
    get: (target, name) => Reflect.get(target, name) ?? (() => { throw new SystemError('ENOENT') }),
  })
}
