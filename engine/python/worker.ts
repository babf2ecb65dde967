/** The main of a Python process's worker. The bundler puts `createPyodideModule` in front: the script imports nothing. */
import { signals as machineSignals } from '../machine/signals.ts'
import { bootInterpreter, type Booted } from './boot-interpreter.ts'
import { callKernel, type KernelCalls } from './call-kernel.ts'
import type { CreateInterpreter } from './interpreter.ts'
import { openCompiledCode } from './compiled-code.ts'
import { createMachineModule } from './machine-module.ts'
import { openMemory } from './memory-picture.ts'
import { createProcessorTime } from './processor-time.ts'
import { createProcessFiles } from './process-files.ts'
import type { FromWorker, Prepare, Start, ToWorker } from './protocol.ts'
import { rehearse } from './rehearse.ts'
import { createStage } from './stage.ts'
import { startProcess } from './start-process.ts'
import { openStdlib } from './stdlib-files.ts'
import { unconnectedCalls } from './unconnected-calls.ts'
import { createWorkerSignals } from './worker-signals.ts'

declare const createPyodideModule: CreateInterpreter

interface Port {
  postMessage(message: FromWorker): void
  onmessage: ((event: { data: ToWorker }) => void) | null
}

let port: Port
let prepared: { booted: Booted; connect(start: Start): KernelCalls } | undefined
const signals = createWorkerSignals()
const time = createProcessorTime()

self.onmessage = ({ data }: MessageEvent<{ port: Port }>) => {
  port = data.port
  port.onmessage = ({ data: message }) => {
    const done = message.op === 'prepare' ? prepare(message) : run(message)
    done.catch((error: unknown) => port.postMessage({ op: 'crash', ...crashOf(error) }))
  }
}

async function prepare({ module, stdlib, snapshot, codes, rehearsed }: Prepare) {
  let said = ''
  let target = unconnectedCalls(text => { said += text })
  const kernel = new Proxy({} as KernelCalls, { get: (_target, name) => Reflect.get(target, name) as unknown })
  const log = { view: undefined as Int32Array | undefined }
  const library = openStdlib(stdlib)
  const files = createProcessFiles(kernel, library, log)
  const booted = await bootInterpreter({
    createInterpreter: createPyodideModule,
    module,
    snapshot: snapshot && openMemory(snapshot),
    kernel,
    files,
    rehearse: rehearsed ? (interpreter, heap) => {
      const stage = createStage(library)
      const unconnected = target
      target = stage.kernel
      log.view = stage.changes
      rehearse(interpreter, heap, stage)
      target = unconnected
      log.view = undefined
      files.forget()
    } : undefined,
    signals,
    machine: createMachineModule(kernel, files, openCompiledCode(codes), () => signals.deliver(booted.interpreter)),
    time,
    say: text => { said += `${text}\n` },
  })
  if (said) throw new Error(said.trim())
  prepared = {
    booted,
    connect(start) {
      target = callKernel(message => port.postMessage(message), start.mailbox, time, name => files.calling(name))
      log.view = start.changes
      signals.connect(start.signals, booted.interpreter)
      return target
    },
  }
  port.postMessage({ op: 'prepared' })
}

async function run(start: Start) {
  if (!prepared) throw new Error('a process cannot start in an interpreter that is not there')
  const kernel = prepared.connect(start)
  time.begin(start.signals)
  const status = startProcess(prepared.booted, start, text => void kernel.write(2, new TextEncoder().encode(text)))
  if (signals.ending) {
    kernel.sigaction(status - 128, 'default')
    kernel.kill(start.pid, status - 128)
  }
  time.pause()
  port.postMessage({ op: 'exit', status })
}

function crashOf(error: unknown): { signal: number; reason: string } {
  if (error instanceof RangeError) return { signal: machineSignals.SIGSEGV, reason: 'the stack is too deep' }
  if (error instanceof WebAssembly.RuntimeError) return { signal: machineSignals.SIGSEGV, reason: error.message }
  return { signal: machineSignals.SIGABRT, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}
