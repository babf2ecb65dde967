/** Interpreters that wait, restored and ready to become a process. */
import type { FromWorker, Prepare, ToWorker } from './protocol.ts'

/** The part of MessagePort that is used; Node's and the browser's both have it. */
export interface WorkerPort {
  postMessage(message: ToWorker): void
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null
}

export interface PythonWorker {
  port: WorkerPort
  terminate(): void
}

/** `onLost` is called where the worker ends by itself (out of memory, a script that does not load). Rejects where none can be made. */
export type CreateWorker = (onLost: (reason: string) => void) => Promise<PythonWorker>

export interface Interpreter {
  readonly port: WorkerPort
  /** Who hears of its end by itself: set it when the interpreter becomes a process. */
  onLost: (reason: string) => void
  terminate(): void
}

export interface Pool {
  /** A ready interpreter: a spare one where there is one. Rejects with one line where none can be made. */
  take(): Promise<Interpreter>
  /** Ends the spares; the next process brings them back, or `wake`. */
  idle(): void
  wake(): void
  /** Settles when the first spare is ready (at once where none are kept). */
  readonly ready: Promise<void>
}

/** `spares`: how many are kept ready. One is made at a time: making two at once makes both late on a small device. */
export function createPool(createWorker: CreateWorker, prepare: Omit<Prepare, 'rehearsed'>, spares: number): Pool {
  const waiting: Promise<Interpreter>[] = []
  let last: Promise<unknown> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function make(rehearsed: boolean): Promise<Interpreter> {
    let fail: (reason: string) => void = () => undefined
    const lost = new Promise<never>((_resolve, reject) => {
      fail = reason => reject(new Error(reason))
    })
    const worker = await createWorker(reason => interpreter.onLost(reason))
    const interpreter: Interpreter = { port: worker.port, onLost: reason => fail(reason), terminate: () => worker.terminate() }
    const prepared = new Promise<void>((resolve, reject) => {
      worker.port.onmessage = ({ data }) => {
        if (data.op === 'prepared') resolve()
        else reject(new Error(data.op === 'crash' ? data.reason : `an interpreter said ${data.op} before it was one`))
      }
    })
    worker.port.postMessage({ ...prepare, rehearsed })
    await Promise.race([prepared, lost])
    return interpreter
  }

  function add(rehearsed: boolean): Promise<Interpreter> {
    const made = last.then(() => make(rehearsed))
    last = made.catch(() => undefined)
    return made
  }

  /** One after the other, and a pause before each: what a process or the page has to do at once comes first. */
  function fill(rehearsed = true) {
    if (waiting.length >= spares) return
    const spare = add(rehearsed)
    waiting.push(spare)
    spare.then(() => {
      if (waiting.includes(spare)) fillLater()
    }, () => {
      const index = waiting.indexOf(spare)
      if (index >= 0) waiting.splice(index, 1)
    })
  }

  function fillLater() {
    clearTimeout(timer)
    timer = setTimeout(() => fill(), waiting.length > 0 ? ANOTHER_AFTER : FIRST_AFTER)
  }

  // The page's first Python process waits for this one.
  fill(false)
  const [first] = waiting
  return {
    ready: (first ?? Promise.resolve()).then(() => undefined),
    take() {
      const spare = waiting.shift() ?? add(false)
      fillLater()
      return spare
    },
    idle() {
      clearTimeout(timer)
      for (const spare of waiting.splice(0)) spare.then(interpreter => interpreter.terminate(), () => undefined)
    },
    wake: () => fill(),
  }
}

/** Milliseconds: less than it takes to type the next command, more than a small program's start takes. */
const FIRST_AFTER = 50
/** Where a spare is left, making another would only take the processor from what runs. */
const ANOTHER_AFTER = 1000
