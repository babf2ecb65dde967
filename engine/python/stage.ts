/**
 * The machine that a rehearsal (rehearse.ts) plays on: one directory of modules, compiled ones too, and an archive. It answers at once,
 * through a mailbox like the kernel's, so that all of this end of the system calls is used.
 */
import { CHANGE_LOG } from '../machine/change-log.ts'
import { S_IFDIR, S_IFREG, type Stat } from '../machine/stat.ts'
import { callKernel, type KernelCalls } from './call-kernel.ts'
import { createProcessorTime } from './processor-time.ts'
import type { CallRequest, Listing } from './protocol.ts'
import { ANSWERED, FAILURE, HEADER, JSON_AND_BYTES, JSON_VALUE, KIND, LENGTH, NOTHING, REST, STATE } from './protocol.ts'
import { isStdlibFile, STDLIB, type Stdlib } from './stdlib-files.ts'

export interface Stage {
  kernel: KernelCalls
  /** The log of changes, of which there are none. */
  changes: Int32Array
  directory: string
  /** In the directory, compiled ones in its `__pycache__`. */
  modules: string[]
  archive: string
  /** All that was written to any file. */
  printed(): string
}

const MODULES = 16
/** What all modules hold: small, and it imports nothing. */
const MODULE = `${STDLIB}/__pycache__/__hello__.cpython-314.pyc`
/** With a fraction, as times of files have. */
const DATE = Date.UTC(2025, 11, 5) + 0.5

/** Throws where the library lacks the compiled module that the stage's are made of. */
export function createStage(library: Stdlib): Stage {
  const directory = '/rehearsal'
  const module = datedModule(library)
  const modules = Array.from({ length: MODULES }, (_, index) => `module${index}`)
  const sources = modules.map((name, index): [name: string, stat: Stat] => [`${name}.py`, fileOf(2 + index, module.length)])
  const compiled = modules.map((name, index): [name: string, stat: Stat] =>
    [`${name}.cpython-314.pyc`, fileOf(2 + MODULES + index, module.length)])
  const archive: [name: string, stat: Stat] = ['archive.zip', fileOf(2 + 2 * MODULES, module.length)]
  const root = statOf(1, S_IFDIR | 0o755, 4096)
  const listed = [...sources, archive]
  const listing: Listing = {
    ino: root.ino, entries: listed.map(([name, { ino, mode }]) => ({ name, ino, mode })), stats: listed.map(([, stat]) => stat),
  }

  const mailbox = new SharedArrayBuffer(HEADER + 65536)
  const words = new Int32Array(mailbox, 0, HEADER / 4)
  const room = new Uint8Array(mailbox, HEADER)
  let printed = ''

  function put(kind: number, value?: unknown, ...parts: Uint8Array[]) {
    const head = new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value))
    let end = kind === JSON_AND_BYTES ? 4 : 0
    if (end) new DataView(mailbox, HEADER).setUint32(0, head.length, true)
    for (const part of [head, ...parts]) {
      room.set(part, end)
      end += part.length
    }
    words[KIND] = kind
    words[LENGTH] = end
    words[REST] = 0
    Atomics.store(words, STATE, ANSWERED)
  }

  function answer({ name, args }: CallRequest) {
    switch (name) {
      case 'lookUp': return args[0] === directory ? put(JSON_VALUE, root) : put(NOTHING)
      case 'listWhole': return put(JSON_VALUE, listing)
      case 'openWhole':
        if (args[0] === directory) return put(JSON_VALUE, { fd: 3, stat: root, listing })
        return put(JSON_AND_BYTES, { fd: 4, stat: archive[1] }, module)
      case 'readModules':
        return put(JSON_AND_BYTES, { files: compiled, entries: compiled.map(([name]) => name) }, ...modules.map(() => module))
      case 'write':
        printed += new TextDecoder().decode(args[1] as Uint8Array)
        return put(JSON_VALUE, (args[1] as Uint8Array).length)
      case 'lseek': return put(FAILURE, ['ESPIPE'])
      default: return put(FAILURE, ['ENOENT'])
    }
  }

  return {
    kernel: callKernel(message => { if (message.op === 'call') answer(message) }, mailbox, createProcessorTime()),
    changes: new Int32Array(new SharedArrayBuffer(CHANGE_LOG)),
    directory,
    modules,
    archive: `${directory}/${archive[0]}`,
    printed: () => printed,
  }
}

/** The library's are of the kind that nothing makes stale; a program's tell their source's date and size (PEP 552). */
function datedModule(library: Stdlib): Uint8Array {
  const node = library.lookup(MODULE)
  if (!node || !isStdlibFile(node)) throw new Error(`the library has no ${MODULE}`)
  const bytes = node.bytes.slice()
  const head = new DataView(bytes.buffer)
  head.setUint32(4, 0, true)
  head.setUint32(8, Math.floor(DATE / 1000), true)
  head.setUint32(12, bytes.length, true)
  return bytes
}

const fileOf = (ino: number, size: number) => statOf(ino, S_IFREG | 0o644, size)

function statOf(ino: number, mode: number, size: number): Stat {
  return { dev: 1, ino, mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size, blocks: 1, atime: DATE, mtime: DATE, ctime: DATE }
}
