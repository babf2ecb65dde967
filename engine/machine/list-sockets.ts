/** All sockets of a machine and who holds them: what ss and /proc/net show. */
import type { Kernel } from './kernel.ts'
import { internet } from './socket-address.ts'
import { AF_INET, SOCK_STREAM } from './socket-numbers.ts'
import type { SocketInfo } from './system-calls.ts'
import type { OpenFile } from './open-file.ts'

export function listSockets(kernel: Kernel): SocketInfo[] {
  const found = new Map<OpenFile, SocketInfo>()
  for (const task of kernel.processes.all()) {
    for (const fd of task.descriptors.numbers()) {
      const { file } = task.descriptors.get(fd)
      const { socket } = file
      if (!socket) continue
      const { family, type, state, local, peer, queued } = socket
      const row = found.get(file) ?? { family, type, state, local, peer, ...queued, ino: file.stat().ino, users: [] }
      row.users.push({ pid: task.pid, fd, name: lastPart(task.argv[0] ?? task.path) })
      found.set(file, row)
    }
  }
  const over = kernel.network.tcp.lingering().map(({ host, port, ends }): SocketInfo => ({
    family: AF_INET, type: SOCK_STREAM, state: 'TIME-WAIT', local: ends?.local ?? internet(host, port), peer: ends?.peer, received: 0, sent: 0,
    ino: 0, users: [],
  }))
  return [...found.values(), ...over]
}

/** A link's own name, not what it leads to. */
const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1)
