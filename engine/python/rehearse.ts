/**
 * Each process is a fresh worker, in which V8 has compiled no JavaScript yet: where a program begins with small imports, the first runs of
 * the code that answers their system calls cost about as much as the imports themselves. (Not the wasm: its code is shared by all workers,
 * and soon optimised.) So a spare interpreter makes the calls of a hundred imports on a stage of its own, before its memory is restored: V8
 * then knows the way when a process takes it, and the process knows nothing of the rehearsal.
 */
import { O_CLOEXEC, O_DIRECTORY, O_RDONLY, SEEK_CUR, SEEK_SET } from '../machine/system-calls.ts'
import type { ImportTable, Interpreter } from './interpreter.ts'
import { STAGE_FILE, type Stage } from './stage.ts'

const AT_FDCWD = -100
/** Bytes of the interpreter's memory: a path, then what C would have on its stack. */
const PATH = 1024
const SCRATCH = 16384
/** From the second on, answers of the first are found, as most calls of a process find them; so many until V8 has optimised the way. */
const ROUNDS = 8

/** `imports` are the wasm's, over the stage's files and kernel. Throws where a call fails that should not. */
export function rehearse(interpreter: Pick<Interpreter, 'HEAPU8' | '_malloc' | '_free'>, imports: ImportTable, stage: Stage): void {
  const { directory, sources, compiled, archive } = stage
  const path = interpreter._malloc(SCRATCH)
  const to = path + PATH
  const memory = interpreter.HEAPU8
  const view = new DataView(memory.buffer)

  function attempt(name: string, ...args: (number | bigint)[]): number {
    return (imports[name] as unknown as (...args: (number | bigint)[]) => number)(...args)
  }
  /** For `__syscall_*` a failure is negative; for `fd_*` anything but zero. */
  function call(name: string, ...args: (number | bigint)[]): number {
    const result = attempt(name, ...args)
    if (name.startsWith('fd_') ? result !== 0 : result < 0) throw new Error(`the rehearsal's ${name} failed: ${result}`)
    return result
  }
  function at(name: string): number {
    const { written } = new TextEncoder().encodeInto(`${name}\0`, memory.subarray(path, to))
    if (written <= name.length) throw new Error(`no room for ${name}`)
    return path
  }
  const open = (name: string, flags = O_RDONLY) => call('__syscall_openat', AT_FDCWD, at(name), flags | O_CLOEXEC, 0)
  const stat = (name: string) => attempt('__syscall_stat64', at(name), to)

  function readAll(fd: number) {
    call('__syscall_fstat64', fd, to)
    call('fd_seek', fd, 0n, SEEK_CUR, to)
    view.setUint32(to, to + 64, true)
    view.setUint32(to + 4, STAGE_FILE + 1, true)
    // FileIO.readall asks once more, to see the end.
    call('fd_read', fd, to, 1, to + 8)
    call('fd_read', fd, to, 1, to + 8)
  }

  for (let round = 0; round < ROUNDS; round++) {
    const listing = open(directory, O_DIRECTORY)
    while (call('__syscall_getdents64', listing, to, SCRATCH - PATH) > 0);
    call('fd_close', listing)
    for (const [index, name] of sources.entries()) {
      stat(directory)
      stat(`${directory}/${name}`)
      stat(`${directory}/absent${index}`)
      const module = open(`${directory}/__pycache__/${compiled[index]}`)
      readAll(module)
      call('fd_close', module)
      const zip = open(archive)
      readAll(zip)
      call('fd_seek', zip, BigInt(index), SEEK_SET, to)
      call('fd_close', zip)
    }
  }
  memory.fill(0, path, path + SCRATCH)
  interpreter._free(path)
}
