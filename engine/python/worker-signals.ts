/** Signals as they reach the interpreter: bits in shared memory that the kernel sets and this side takes. */
import type { Interpreter } from './interpreter.ts'
import type { SignalSource } from './process-imports.ts'
import { PENDING } from './protocol.ts'

export interface WorkerSignals extends SignalSource {
  /** From now on the interpreter asks for signals every few instructions. */
  connect(memory: SharedArrayBuffer, interpreter: Interpreter): void
  /** True once C has said that it is about to end the process by a signal of its own. */
  readonly ending: boolean
}

export function createWorkerSignals(): WorkerSignals {
  let words: Int32Array = new Int32Array(1)
  let ending = false

  const source: WorkerSignals = {
    connect(memory, interpreter) {
      words = new Int32Array(memory)
      interpreter.HEAPU8[interpreter._Py_EMSCRIPTEN_SIGNAL_HANDLING] = 1
    },
    take() {
      const bits = Atomics.load(words, PENDING)
      if (bits === 0) return 0
      const signal = 31 - Math.clz32(bits & -bits)
      Atomics.and(words, PENDING, ~(1 << signal))
      return signal
    },
    deliver(interpreter: Interpreter) {
      for (let signal = source.take(); signal !== 0; signal = source.take()) interpreter._PyErr_SetInterruptEx(signal)
    },
    endingBySignal() {
      ending = true
    },
    get ending() { return ending },
  }
  return source
}
