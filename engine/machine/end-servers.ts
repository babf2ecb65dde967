/** Ends what serves on a machine: whoever listens for connections. */
import type { Kernel } from './kernel.ts'
import { listSockets } from './list-sockets.ts'
import { sendSignal } from './send-signal.ts'
import { signals } from './signals.ts'
import type { Task } from './task.ts'

/** Milliseconds that a server has to end by itself. */
const PATIENCE = 1000
const SOON = 20

/** SIGTERM, and SIGKILL for who still listens then. Answers with their command lines, oldest first, when they are gone. */
export async function endServers(kernel: Kernel): Promise<string[]> {
  const found = servers(kernel)
  for (const task of found) {
    sendSignal(kernel, task, signals.SIGTERM)
    // One that is stopped would only remember it.
    sendSignal(kernel, task, signals.SIGCONT)
  }
  for (let waited = 0; waited < PATIENCE && servers(kernel).length > 0; waited += SOON) await new Promise((resolve) => setTimeout(resolve, SOON))
  for (const task of servers(kernel)) sendSignal(kernel, task, signals.SIGKILL)
  // A worker that shares its server's socket is no second server.
  return found.filter(({ parent }) => !found.includes(parent)).map(({ argv }) => argv.join(' '))
}

function servers(kernel: Kernel): Task[] {
  const pids = new Set(listSockets(kernel).filter(({ state }) => state === 'LISTEN').flatMap(({ users }) => users.map(({ pid }) => pid)))
  return kernel.processes.all().filter(({ pid, state }) => pids.has(pid) && state !== 'zombie')
}
