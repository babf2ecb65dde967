/** CPython as a program of the machine: each process is a fresh interpreter in a worker of its own. */
import type { ForeignProcess, ForeignProgram, ForeignStart } from '../machine/machine.ts'
import { signals } from '../machine/signals.ts'
import { COMPILED_CODE } from './compiled-code.ts'
import { createPool, type CreateWorker, type Interpreter } from './pool.ts'
import { USED } from './processor-time.ts'
import { MAILBOX, PENDING, SIGNALS } from './protocol.ts'
import { ignoredByPython } from './joined-calls.ts'
import { serveSystemCalls } from './serve-system-calls.ts'

export interface PythonOptions {
  /** pyodide.asm.wasm, compiled. */
  module: WebAssembly.Module
  /** What scripts/pack-stdlib.ts and scripts/make-snapshot.ts made. */
  stdlib: ArrayBufferLike
  snapshot: ArrayBufferLike
  createWorker: CreateWorker
  /** Interpreters kept ready: each holds about 40 MB. */
  spares: number
}

export interface Python extends ForeignProgram {
  /** Rejects with one line where no interpreter can be made here. */
  readonly ready: Promise<void>
  /** Gives the spares' memory back; they return with the next process, or `wake`. */
  idle(): void
  wake(): void
}

export function createPython({ module, stdlib, snapshot, createWorker, spares }: PythonOptions): Python {
  const pool = createPool(createWorker, { op: 'prepare', module, stdlib, snapshot, codes: new SharedArrayBuffer(COMPILED_CODE) }, spares)
  return {
    ready: pool.ready,
    idle: () => pool.idle(),
    wake: () => pool.wake(),
    start: start => startPython(start, pool.take()),
  }
}

function startPython(start: ForeignStart, taken: Promise<Interpreter>): ForeignProcess {
  const memory = new SharedArrayBuffer(SIGNALS)
  const pending = new Int32Array(memory)
  let interpreter: Interpreter | undefined
  const told = new Float64Array(memory)
  let over = false
  /** What it has not told of yet: a program that runs on tells nothing. */
  let untold = () => 0

  function end(left = untold()) {
    over = true
    untold = () => left
    interpreter?.terminate()
  }

  function crash(reason: string, signal: number = signals.SIGABRT) {
    if (over) return
    end()
    start.crash(signal, `python3: ${reason}`)
  }

  async function begin() {
    const ignored = await dispositions(start)
    const made = await taken
    if (over) return made.terminate()
    interpreter = made
    const mailbox = new SharedArrayBuffer(MAILBOX)
    const served = serveSystemCalls(start.system, mailbox, start.changes)
    untold = served.running
    made.onLost = reason => crash(reason)
    made.port.onmessage = ({ data }) => {
      if (over) return
      try {
        if (served.receive(data)) return
        if (data.op === 'crash') crash(String(data.reason), data.signal === signals.SIGSEGV ? signals.SIGSEGV : signals.SIGABRT)
        else if (data.op === 'exit' && Number.isInteger(data.status)) {
          end(0)
          start.exit(data.status & 0xff)
        } else throw new TypeError(`a message of kind ${data.op}`)
      } catch (error) {
        if (!(error instanceof TypeError)) throw error
        crash(`protocol: ${error.message}`)
      }
    }
    const { pid, argv, env, changes } = start
    made.port.postMessage({ op: 'start', pid, argv, env, ignored, mailbox, signals: memory, changes })
  }

  begin().catch((error: unknown) => crash(error instanceof Error ? error.message : String(error)))
  return {
    signal: signal => void Atomics.or(pending, PENDING, 1 << signal),
    get signalled() { return Atomics.load(pending, PENDING) !== 0 },
    used: () => (told[USED] ?? 0) + untold(),
    terminate: () => end(),
  }
}

/** CPython's own at its start: SIGINT is handled unless it was ignored, SIGPIPE is ignored. Returns what stays ignored. */
async function dispositions({ system }: ForeignStart): Promise<number[]> {
  for (const signal of ignoredByPython) await system.sigaction(signal, 'ignore')
  if (await system.sigaction(signals.SIGINT, 'handle') !== 'ignore') return []
  await system.sigaction(signals.SIGINT, 'ignore')
  return [signals.SIGINT]
}
