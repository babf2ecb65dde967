/** ioctl(2), as far as programs on terminals use it (ioctl_tty(2), Linux numbers). */
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { Heap } from './heap.ts'
import type { ImportResult } from './import-result.ts'
import type { ImportTable } from './interpreter.ts'

const TCGETS = 0x5401
const setAttributes: Record<number, 'now' | 'drain' | 'flush'> = { 0x5402: 'now', 0x5403: 'drain', 0x5404: 'flush' }
const TCSBRK = 0x5409
const TCXONC = 0x540a
const TCFLSH = 0x540b
const TIOCGPGRP = 0x540f
const TIOCSPGRP = 0x5410
const TIOCGWINSZ = 0x5413
const TIOCSWINSZ = 0x5414
const FIONREAD = 0x541b
const FIONBIO = 0x5421
const FIONCLEX = 0x5450
const FIOCLEX = 0x5451
const O_NONBLOCK = 0o4000

export function createTerminalImports(heap: Heap, kernel: KernelCalls, { syscall }: ImportResult): ImportTable {
  function control(fd: number, request: number, argument: number) {
    const view = heap.view()
    const when = setAttributes[request]
    if (when) return kernel.tcsetattr(fd, when, heap.termios(argument))
    switch (request) {
      case TCGETS: return heap.putTermios(kernel.tcgetattr(fd), argument)
      case TIOCGWINSZ: return heap.putWindowSize(kernel.getWindowSize(fd), argument)
      case TIOCSWINSZ:
        return kernel.setWindowSize(fd, { rows: view.getUint16(argument, true), columns: view.getUint16(argument + 2, true) })
      case TIOCGPGRP: return view.setInt32(argument, kernel.tcgetpgrp(fd), true)
      case TIOCSPGRP: return kernel.tcsetpgrp(fd, view.getInt32(argument, true))
      case FIONREAD: return view.setInt32(argument, kernel.available(fd), true)
      case FIONCLEX: return kernel.setFlags(fd, { closeOnExec: false })
      case FIOCLEX: return kernel.setFlags(fd, { closeOnExec: true })
      case FIONBIO: {
        const { status } = kernel.getFlags(fd)
        return kernel.setFlags(fd, { status: view.getInt32(argument, true) ? status | O_NONBLOCK : status & ~O_NONBLOCK })
      }
      case TCSBRK: case TCXONC: case TCFLSH:
        if (kernel.isatty(fd)) return
        throw new SystemError('ENOTTY')
    }
    throw new SystemError(kernel.isatty(fd) ? 'EINVAL' : 'ENOTTY')
  }

  return {
    __syscall_ioctl: (fd: number, request: number, varargs: number) => syscall(() =>
      control(fd, request, varargs ? heap.view().getUint32(varargs >>> 0, true) : 0)),
  }
}
