/** The kernel worker's main: all machines of a page live here; Python's workers are made by the frame on request. */
import type { ForeignProgram } from '../machine/machine.ts'
import { createPython, type Python, type PythonWorker } from '../python/create-python.ts'
import type { FromKernel, ToKernel } from './frame-messages.ts'
import { createLateProgram } from './late-program.ts'
import type { FromMachines, Port, ToMachines } from './messages.ts'
import { passOverKilled } from './pass-over-killed.ts'
import { serveSessions, type Spares } from './serve-sessions.ts'

const frame = self as unknown as Port<FromKernel, ToKernel>
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
    case 'page': {
      page = data.port
      const program: ForeignProgram & Spares = { start: late.program.start, idle: () => python?.idle(), wake: () => python?.wake() }
      return serveSessions(page as unknown as Port<FromMachines, ToMachines>, program)
    }
    case 'python':
      python = createPython({ ...data, createWorker })
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
  }
}

function pythonFailed(reason: string) {
  late.failed(reason)
  tellPage({ op: 'python', state: 'failed', reason })
}

function createWorker(onLost: (reason: string) => void): Promise<PythonWorker> {
  const worker = ++count
  losing.set(worker, onLost)
  frame.postMessage({ op: 'make', worker })
  return new Promise(resolve => making.set(worker, port => resolve({
    port,
    terminate() {
      losing.delete(worker)
      frame.postMessage({ op: 'terminate', worker })
    },
  })))
}

frame.postMessage({ op: 'up' })
