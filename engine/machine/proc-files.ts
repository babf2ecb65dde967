/** /proc (proc(5)), as far as programs here look into it: processes, their descriptors, and a few numbers of the machine. */
import { machineLimit } from './descriptor-table.ts'
import type { HeldLock } from './file-locks.ts'
import type { Kernel } from './kernel.ts'
import type { OpenFile } from './open-file.ts'
import { mostCapacity } from './pipe.ts'
import type { Task } from './task.ts'
import { uname } from './uname.ts'

export type ProcNode =
  | { type: 'directory'; names: () => string[]; child: (name: string) => ProcNode | undefined }
  | { type: 'file'; mode: number; text: () => string }
  /** `file`: opening the link opens this, whatever its text says. */
  | { type: 'link'; target: () => string; file?: OpenFile }

type Found = { kind: 'node'; node: ProcNode; names: string[] } | { kind: 'path'; path: string }

const everybody = 0o444
const owner = 0o400

/** Where the names lead: to a node, or through a link back out to a path. undefined where there is nothing. */
export function findProcNode(kernel: Kernel, task: Task, names: string[], follow: boolean): Found | undefined {
  let node: ProcNode = procRoot(kernel, task)
  const seen: string[] = []
  for (const [i, name] of names.entries()) {
    if (name === '..') return { kind: 'path', path: ['', 'proc', ...seen.slice(0, -1), ...names.slice(i + 1)].join('/') }
    const child: ProcNode | undefined = node.type === 'directory' ? node.child(name) : undefined
    if (!child) return undefined
    const rest = names.slice(i + 1)
    if (child.type === 'link' && (follow || rest.length > 0) && !(child.file && rest.length === 0)) {
      const target = child.target()
      return { kind: 'path', path: [...(target.startsWith('/') ? [target] : ['', 'proc', ...seen, target]), ...rest].join('/') }
    }
    seen.push(name)
    node = child
  }
  return { kind: 'node', node, names: seen }
}

function procRoot(kernel: Kernel, task: Task): ProcNode {
  const files: Record<string, () => string> = {
    version: () => `${uname.sysname} version ${uname.release} ${uname.version}\n`,
    uptime: () => `${((kernel.now() - kernel.bootedAt) / 1000).toFixed(2)} 0.00\n`,
    loadavg: () => {
      const live = kernel.processes.all().filter((each) => each.state !== 'zombie')
      return `0.00 0.00 0.00 1/${live.length} ${Math.max(...live.map((each) => each.pid))}\n`
    },
    meminfo: () => {
      const { bytes, capacity } = kernel.fs.usage()
      const line = (name: string, amount: number) => `${`${name}:`.padEnd(16)}${String(Math.floor(amount / 1024)).padStart(8)} kB\n`
      return line('MemTotal', capacity) + line('MemFree', capacity - bytes) + line('MemAvailable', capacity - bytes)
    },
    locks: () => {
      const { fs, locks, recordLocks } = kernel
      const line = (type: string) => ({ ino, pid, exclusive, start, end }: HeldLock) => {
        const device = fs.stat(ino).dev.toString(16).padStart(2, '0')
        return `${type}  ADVISORY  ${exclusive ? 'WRITE' : 'READ '} ${pid} 00:${device}:${ino} ${start} ${end === Infinity ? 'EOF' : end - 1}\n`
      }
      return [...locks.held().map(line('FLOCK')), ...recordLocks.held().map(line('POSIX'))].map((each, index) => `${index + 1}: ${each}`).join('')
    },
    mounts: () => 'tree / tree rw 0 0\nproc /proc proc rw 0 0\n',
  }
  const kernelNames: Record<string, () => string> = {
    hostname: () => `${kernel.hostname}\n`,
    ostype: () => `${uname.sysname}\n`,
    osrelease: () => `${uname.release}\n`,
    version: () => `${uname.version}\n`,
  }
  const limits: Record<string, () => string> = {
    'file-max': () => `${machineLimit}\n`,
    'file-nr': () => `${kernel.descriptors.files}\t0\t${machineLimit}\n`,
    'pipe-max-size': () => `${mostCapacity}\n`,
  }
  const entries: Record<string, ProcNode> = {
    self: { type: 'link', target: () => String(task.pid) },
    sys: directory({ kernel: directory(asFiles(kernelNames)), fs: directory(asFiles(limits)) }),
    ...asFiles(files),
  }
  return {
    type: 'directory',
    names: () => [...Object.keys(entries), ...kernel.processes.all().map((each) => String(each.pid))],
    child(name) {
      if (Object.hasOwn(entries, name)) return entries[name]
      const found = kernel.processes.all().find((each) => String(each.pid) === name)
      return found && processDirectory(found)
    },
  }
}

function processDirectory(task: Task): ProcNode {
  const name = task.path.slice(task.path.lastIndexOf('/') + 1)
  const state = { running: 'S (sleeping)', stopped: 'T (stopped)', zombie: 'Z (zombie)' }[task.state]
  const zeroEnded = (texts: readonly string[]) => texts.map((text) => `${text}\0`).join('')
  const entries: Record<string, ProcNode> = {
    cmdline: file(() => (task.state === 'zombie' ? '' : zeroEnded(task.argv))),
    comm: file(() => `${name}\n`),
    environ: file(() => zeroEnded(Object.entries(task.env).map((pair) => pair.join('='))), owner),
    status: file(() => {
      const ids = (id: number) => [id, id, id, id].join('\t')
      const { pid, parent, cred, umask } = task
      return `Name:\t${name}\nUmask:\t${umask.toString(8).padStart(4, '0')}\nState:\t${state}\nTgid:\t${pid}\nPid:\t${pid}\n` +
        `PPid:\t${parent.pid}\nUid:\t${ids(cred.uid)}\nGid:\t${ids(cred.gid)}\n`
    }),
    fd: {
      type: 'directory',
      names: () => task.descriptors.numbers().map(String),
      child(text) {
        const open = /^(0|[1-9]\d*)$/.test(text) ? task.descriptors.find(Number(text))?.file : undefined
        return open && { type: 'link', target: () => open.path, file: open }
      },
    },
  }
  if (task.state !== 'zombie') {
    entries.cwd = { type: 'link', target: () => task.cwd.path() }
    entries.exe = { type: 'link', target: () => task.path }
  }
  return directory(entries)
}

const file = (text: () => string, mode = everybody): ProcNode => ({ type: 'file', mode, text })
const asFiles = (texts: Record<string, () => string>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, file(text)]))
const directory = (entries: Record<string, ProcNode>): ProcNode => ({
  type: 'directory',
  names: () => Object.keys(entries),
  child: (name) => (Object.hasOwn(entries, name) ? entries[name] : undefined),
})
