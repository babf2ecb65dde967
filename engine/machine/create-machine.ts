/** A machine: the kernel's parts put together around one file system. */
import { markChanges } from './change-log.ts'
import { connectFromOutside } from './connect-from-outside.ts'
import { createTask } from './create-task.ts'
import { ptsDevice } from './devices.ts'
import { endServers } from './end-servers.ts'
import { createFileLocks } from './file-locks.ts'
import { holdInBackground, takeTerminal } from './job-control.ts'
import type { Kernel } from './kernel.ts'
import type { Machine, MachineOptions, TerminalPort } from './machine.ts'
import { createNetwork } from './network.ts'
import { createOutside } from './outside.ts'
import { openPath } from './open-path.ts'
import type { OpenFile } from './open-file.ts'
import { populate } from './populate.ts'
import { createProcessTable, initPid } from './process-table.ts'
import { createRecordLocks } from './record-locks.ts'
import { sendSignal, signalGroup } from './send-signal.ts'
import { signals } from './signals.ts'
import { spawn } from './spawn.ts'
import { S_IFCHR } from './stat.ts'
import { O_RDWR, type WaitStatus } from './system-calls.ts'
import { createTerminalPort } from './terminal-port.ts'
import { createTree } from './tree.ts'
import { createTty, type Tty } from './tty.ts'
import { nextTurn } from './turn.ts'
import { user } from './users.ts'
import { watchPort } from './watch-port.ts'

const standardDescriptors = [0, 1, 2]
/** Group `tty`, as Linux's devpts has it. */
const terminalGroup = 5
const terminalMode = S_IFCHR | 0o620

const noWayOut: typeof fetch = () => Promise.reject(new DOMException('this machine has no way to the outside', 'NotAllowedError'))

/** Throws where the machine cannot be made: two programs at one path, no room. */
export function createMachine({ programs, hostname = 'talk', now = Date.now, capacity, changes, fetch = noWayOut, outside }: MachineOptions): Machine {
  const fs = createTree({ now, capacity, changes: changes && (marks => markChanges(changes, marks)) })
  populate(fs, programs, hostname)
  const kernel: Kernel = {
    fs,
    hostname,
    now,
    bootedAt: now(),
    processes: createProcessTable(),
    terminals: new Map(),
    programs: new Map(Object.entries(programs).map(([name, { program }]) => [name, program])),
    fifos: new Map(),
    locks: createFileLocks(),
    recordLocks: createRecordLocks(),
    network: createNetwork(now),
    descriptors: { open: 0, files: 0 },
    changes,
    fetch,
    outside: undefined,
  }
  const init = createTask(kernel, undefined, user)
  init.argv = ['init']
  init.path = '/sbin/init'
  if (outside) kernel.outside = createOutside(kernel, init, outside)
  const ports = new WeakMap<TerminalPort, Tty>()

  const makeTerminalNode = (index: number) => {
    const place = fs.resolve(`/dev/pts/${index}`)
    if (place.ino !== undefined) return
    fs.create(place.parent, place.name, { mode: terminalMode, uid: user.uid, gid: terminalGroup, rdev: ptsDevice(index) })
  }
  const removeTerminal = (index: number) => {
    kernel.terminals.delete(index)
    const place = fs.resolve(`/dev/pts/${index}`)
    if (place.ino !== undefined) fs.unlink(place.parent, place.name)
  }
  const living = () => kernel.processes.all().filter((task) => task.pid !== initPid && task.state !== 'zombie')

  return {
    fs,
    openTerminal(size) {
      let index = 0
      while (kernel.terminals.has(index)) index++
      const path = `/dev/pts/${index}`
      makeTerminalNode(index)
      const tty = createTty({
        path,
        size,
        stat: () => fs.stat(fs.resolve(path).ino ?? fs.root),
        signalGroup: (pgid, signal) => signalGroup(kernel, pgid, signal),
        holdInBackground: (task, held, signal) => holdInBackground(kernel, task, held, signal),
      })
      kernel.terminals.set(index, tty)
      const port = createTerminalPort(kernel, tty, () => removeTerminal(index))
      ports.set(port, tty)
      return port
    },
    start({ terminal, ...request }) {
      const tty = terminal && ports.get(terminal)
      if (terminal && !tty) throw new Error('start: the terminal belongs to another machine')
      let ended!: (status: WaitStatus) => void
      const promise = new Promise<WaitStatus>((resolve) => {
        ended = resolve
      })
      const task = spawn(kernel, init, { ...request, newSession: true, fds: {} }, (child) => {
        child.ended = ended
        if (tty) takeTerminal(child, tty)
        const file = tty ? tty.open(tty.path, O_RDWR) : (openPath(kernel, child, child.image, '/dev/null', O_RDWR, 0) as OpenFile)
        for (const fd of standardDescriptors) child.descriptors.set(fd, file, false)
      })
      return { pid: task.pid, ended: promise }
    },
    connect: (port) => connectFromOutside(kernel, init, port),
    watchPort: (port, listener) => watchPort(kernel.network, port, listener),
    get running() {
      return living().length
    },
    endServers: () => endServers(kernel),
    async killAll() {
      // A process may be born while others die.
      for (let tasks = living(); tasks.length > 0; tasks = living()) {
        for (const task of tasks) sendSignal(kernel, task, signals.SIGKILL)
        await nextTurn()
      }
    },
    checkpoint: () => fs.checkpoint(),
    restore(checkpoint) {
      const [task] = living()
      if (task) throw new Error(`restore: process ${task.pid} (${task.argv.join(' ')}) is still running; killAll ends all processes first`)
      fs.restore(checkpoint)
      for (const index of kernel.terminals.keys()) makeTerminalNode(index)
    },
  }
}
