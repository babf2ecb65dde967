/**
 * The machine that a rehearsal (rehearse.ts) plays on: one directory of modules, compiled ones too, and an archive. It answers at once,
 * through a mailbox like the kernel's, so that all of this end of the system calls is used.
 */
import { CHANGE_LOG } from '../machine/change-log.ts'
import { S_IFDIR, S_IFREG, type Stat } from '../machine/stat.ts'
import { callKernel, type KernelCalls } from './call-kernel.ts'
import { createProcessorTime } from './processor-time.ts'
import { createProcessFiles, type ProcessFiles } from './process-files.ts'
import type { CallRequest, Listing } from './protocol.ts'
import { ANSWERED, FAILURE, HEADER, JSON_AND_BYTES, JSON_VALUE, KIND, LENGTH, NOTHING, REST, STATE } from './protocol.ts'
import type { Stdlib } from './stdlib-files.ts'

export interface Stage {
  kernel: KernelCalls
  files: ProcessFiles
  directory: string
  /** Names in the directory, and of the compiled ones in its `__pycache__`. */
  sources: string[]
  compiled: string[]
  archive: string
}

/** Bytes of each file. */
export const STAGE_FILE = 300
const MODULES = 16

export function createStage(stdlib: Stdlib): Stage {
  const directory = '/rehearsal'
  const [root, ...inodes] = Array.from({ length: 1 + 2 * MODULES }, (_, index) => index + 1) as [number, ...number[]]
  const sources = inodes.slice(0, MODULES).map((ino): [name: string, stat: Stat] => [`module${ino}.py`, statOf(ino, S_IFREG | 0o644)])
  const compiled = inodes.slice(MODULES).map((ino, index): [name: string, stat: Stat] =>
    [`${sources[index]?.[0]}c`, statOf(ino, S_IFREG | 0o644)])
  const archive: [name: string, stat: Stat] = ['archive.zip', statOf(root + inodes.length + 1, S_IFREG | 0o644)]
  const listed = [...sources, archive]
  const listing: Listing = {
    ino: root, entries: listed.map(([name, { ino, mode }]) => ({ name, ino, mode })), stats: listed.map(([, stat]) => stat),
  }

  const mailbox = new SharedArrayBuffer(HEADER + 65536)
  const words = new Int32Array(mailbox, 0, HEADER / 4)
  const room = new Uint8Array(mailbox, HEADER)

  function put(kind: number, value?: unknown, bytes = new Uint8Array(0)) {
    const head = new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value))
    const start = kind === JSON_AND_BYTES ? 4 : 0
    if (start) new DataView(mailbox, HEADER).setUint32(0, head.length, true)
    room.set(head, start)
    room.set(bytes, start + head.length)
    words[KIND] = kind
    words[LENGTH] = start + head.length + bytes.length
    words[REST] = 0
    Atomics.store(words, STATE, ANSWERED)
  }

  function answer({ name, args }: CallRequest) {
    switch (name) {
      case 'lookUp': return args[0] === directory ? put(JSON_VALUE, statOf(root, S_IFDIR | 0o755)) : put(NOTHING)
      case 'listWhole': return put(JSON_VALUE, listing)
      case 'openWhole':
        if (args[0] === directory) return put(JSON_VALUE, { fd: 3, stat: statOf(root, S_IFDIR | 0o755), listing })
        return put(JSON_AND_BYTES, { fd: 4, stat: archive[1] }, new Uint8Array(STAGE_FILE))
      case 'readModules':
        return put(JSON_AND_BYTES, { files: compiled, entries: compiled.map(([name]) => name) }, new Uint8Array(MODULES * STAGE_FILE))
      case 'write': return put(JSON_VALUE, (args[1] as Uint8Array).length)
      default: return put(FAILURE, ['ENOENT'])
    }
  }

  const kernel = callKernel(message => { if (message.op === 'call') answer(message) }, mailbox, createProcessorTime())
  const log = { view: new Int32Array(new SharedArrayBuffer(CHANGE_LOG)) }
  const names = (files: [string, Stat][]) => files.map(([name]) => name)
  const files = createProcessFiles(kernel, stdlib, log)
  return { kernel, files, directory, sources: names(sources), compiled: names(compiled), archive: `${directory}/${archive[0]}` }
}

function statOf(ino: number, mode: number): Stat {
  return { dev: 1, ino, mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size: STAGE_FILE, blocks: 1, atime: 0, mtime: 0, ctime: 0 }
}
