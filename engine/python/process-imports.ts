/** The interpreter's imports about the process itself: its signals, its memory maps, its end, the numbers it is known by. */
import { signals as machineSignals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { Heap } from './heap.ts'
import type { ImportResult } from './import-result.ts'
import type { ImportTable, Interpreter } from './interpreter.ts'
import type { ProcessFiles } from './process-files.ts'

export interface SignalSource {
  /** The lowest pending signal, taken; 0 where there is none. */
  take(): number
  /** Tells CPython of every pending signal, as a C signal handler would. */
  deliver(interpreter: Interpreter): void
  /** C is about to end the process as by a signal it sent itself: the status that follows is 128 and the signal. */
  endingBySignal(): void
}

const MAP_PRIVATE = 2
const PAGE = 65536

export function createProcessImports(
  interpreter: Interpreter, heap: Heap, files: ProcessFiles, kernel: KernelCalls, signals: SignalSource, { syscall }: ImportResult,
): ImportTable {
  /** mmap of a file: its bytes in fresh memory. Writes reach a shared map's file when it is synchronised or unmapped. */
  function map(length: number, fd: number, offset: number, allocated: number, address: number) {
    if (files.fstat(fd).size === 0 && length > 0) throw new SystemError('EINVAL')
    const size = Math.ceil(length / PAGE) * PAGE
    const pointer = interpreter._malloc(size)
    if (pointer === 0) throw new SystemError('ENOMEM')
    heap.bytes().fill(0, pointer, pointer + size)
    heap.bytes().set(files.pread(fd, length, offset), pointer)
    heap.view().setInt32(allocated, 1, true)
    heap.view().setUint32(address, pointer, true)
    return 0
  }

  const writeBack = (address: number, length: number, flags: number, fd: number, offset: number) => {
    if (!(flags & MAP_PRIVATE)) kernel.pwrite(fd, heap.bytes().slice(address, address + length), offset)
  }

  return {
    _mmap_js: (length: number, _protection: number, _flags: number, fd: number, offset: bigint, allocated: number, address: number) =>
      syscall(() => map(length >>> 0, fd, Number(offset), allocated >>> 0, address >>> 0)),
    _msync_js: (address: number, length: number, _protection: number, flags: number, fd: number, offset: bigint) =>
      syscall(() => writeBack(address >>> 0, length >>> 0, flags, fd, Number(offset))),
    _munmap_js: (address: number, length: number, protection: number, flags: number, fd: number, offset: bigint) =>
      syscall(() => {
        if (protection & 2) writeBack(address >>> 0, length >>> 0, flags, fd, Number(offset))
      }),
    __syscall_umask_js: (mask: number) => kernel.umask(mask),
    __syscall_getuid32_js: () => kernel.getuid().uid,
    _Py_CheckEmscriptenSignals_Helper: () => signals.take(),
    _emscripten_runtime_keepalive_clear: () => signals.endingBySignal(),
    _abort_js() {
      signals.endingBySignal()
      throw new interpreter.ExitStatus(128 + machineSignals.SIGABRT)
    },
    proc_exit(status: number) {
      throw new interpreter.ExitStatus(status)
    },
    exit(status: number) {
      throw new interpreter.ExitStatus(status)
    },
  }
}
