/**
 * The kernel worker's main: all machines of a page live here; other workers are made by the frame on request. The same script is the thread for large
 * data: the frame has no other for it, and would have to be brought one.
 */
import { useDataThread } from '../archive/data-thread.ts'
import type { ForeignProgram } from '../machine/machine.ts'
import { createPython, type Python } from '../python/create-python.ts'
import { createDataThread, type MadeWorker } from './create-data-thread.ts'
import type { BeDataThread, FromKernel, ToKernel, WorkerKind } from './frame-messages.ts'
import { createLateProgram } from './late-program.ts'
import type { FromMachines, Port, ToMachines } from './messages.ts'
import { passOverKilled } from './pass-over-killed.ts'
import { serveSessions, type Spares } from './serve-sessions.ts'

declare global {
  /** The URL of the rest of this script, which what scripts/bundle-kernel.ts puts around it runs when a module of it is imported. */
  var lateScript: Promise<string>
}
let lateCame = (_url: string) => {}
globalThis.lateScript = new Promise(resolve => { lateCame = resolve })

const frame = self as unknown as Port<FromKernel, ToKernel | BeDataThread>
const late = createLateProgram()
const making = new Map<number, (port: MessagePort) => void>()
const losing = new Map<number, (reason: string) => void>()
let page: MessagePort | undefined
let python: Python | undefined
let count = 0

const tellPage = (message: FromMachines) => page?.postMessage(message)

self.addEventListener('unhandledrejection', passOverKilled)
frame.onmessage = ({ data }) => {
  switch (data.op) {
    case 'data-thread':
      lateCame(data.late)
      return void import('./serve-data-tasks.ts').then(({ serveDataTasks }) => serveDataTasks(data.port))
    case 'page': {
      page = data.port
      useDataThread(createDataThread(onLost => createWorker('data', onLost)))
      const { pulse } = data
      pulse.onmessage = () => pulse.postMessage('alive')
      const program: ForeignProgram & Spares = { start: late.program.start, idle: () => python?.idle(), wake: () => python?.wake() }
      return serveSessions(page as unknown as Port<FromMachines, ToMachines>, program)
    }
    case 'late':
      return lateCame(data.url)
    case 'python':
      // The first answer has been given: what commands are made of is read before one is run.
      void import('../commands/true.ts').catch(() => undefined)
      python = createPython({ ...data, createWorker: onLost => createWorker('python', onLost) })
      return void python.ready.then(
        () => {
          late.arrived(python as Python)
          tellPage({ op: 'python', state: 'ready' })
        },
        (error: unknown) => pythonFailed(error instanceof Error ? error.message : String(error)),
      )
    case 'no-python':
      return pythonFailed(data.reason)
    case 'made':
      making.get(data.worker)?.(data.port)
      making.delete(data.worker)
      return
    case 'lost':
      losing.get(data.worker)?.(data.reason)
      losing.delete(data.worker)
      making.delete(data.worker)
  }
}

function pythonFailed(reason: string) {
  late.failed(reason)
  tellPage({ op: 'python', state: 'failed', reason })
}

/** Rejects where none can be made. */
function createWorker(kind: WorkerKind, onLost: (reason: string) => void): Promise<MadeWorker> {
  const worker = ++count
  frame.postMessage({ op: 'make', worker, kind })
  return new Promise((resolve, reject) => {
    losing.set(worker, reason => reject(new Error(reason)))
    making.set(worker, port => {
      losing.set(worker, onLost)
      resolve({
        port,
        terminate() {
          losing.delete(worker)
          frame.postMessage({ op: 'terminate', worker })
        },
      })
    })
  })
}

frame.postMessage({ op: 'up' })
