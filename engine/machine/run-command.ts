/** A command's life: started in a turn of its own, its output flushed, its end reported. */
import { createGate, createSystemCalls } from './create-system-calls.ts'
import { endTask } from './end-task.ts'
import { createImage, type Image } from './image.ts'
import type { Kernel } from './kernel.ts'
import type { Command, Process, Writer } from './process.ts'
import { createReader, createWriter } from './stdio.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import { turnIsOver } from './turn.ts'

/** EX_SOFTWARE of sysexits.h: the command itself is broken. */
const softwareError = 70
/** What `breathe` answers where nothing else has to run: one promise for all. */
const breath = Promise.resolve()

export function runCommand(kernel: Kernel, task: Task, run: Command): void {
  const ended = new AbortController()
  const handlers = new Map<number, () => void>()
  const writers: Writer[] = []
  const image: Image = createImage(
    (signal) => {
      try {
        handlers.get(signal)?.()
      } catch (error) {
        // It must not reach whoever sent the signal.
        void fail(error).then(exit)
      }
    },
    () => ended.abort(),
  )
  task.image = image
  const gate = createGate(task, image, 'command')
  const system = createSystemCalls(kernel, task, image, 'command')
  const writer = (fd: number, unbuffered = false) => {
    const made = createWriter(system, fd, unbuffered)
    writers.push(made)
    return made
  }
  const env = { ...task.env }
  task.env = env
  const process: Process = {
    pid: task.pid,
    argv: task.argv,
    env,
    system,
    stdin: createReader(system, 0),
    stdout: writer(1),
    stderr: writer(2, true),
    reader: (fd) => createReader(system, fd),
    writer: (fd) => writer(fd),
    now: () => kernel.now(),
    onSignal(signal, handler) {
      if (image.dead) return
      task.actions.set(signal, 'handle')
      handlers.set(signal, handler)
    },
    breathe: () => (image.dead || image.stopped || turnIsOver() ? waitForTurn() : breath),
    async fetch(input, init) {
      await process.breathe()
      const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined)
      return kernel.fetch(input, { ...init, signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal })
    },
  }

  const waitForTurn = async () => gate(() => undefined)
  const exit = (status: number) => {
    if (!image.dead) endTask(kernel, task, { pid: task.pid, kind: 'exited', status: status & 0xff })
  }
  const flushAll = async () => {
    for (const each of writers) await each.flush()
  }
  /** The one place where a command's errors end: one line on stderr, and its exit status. */
  const fail = async (error: unknown): Promise<number> => {
    const [line, status] = describe(task.argv[0] ?? '', error)
    for (const last of [flushAll, () => process.stderr.write(line)]) {
      try {
        await last()
      } catch (second) {
        // Nowhere left to say it: the status tells.
        if (!(second instanceof SystemError)) return status
      }
    }
    return status
  }

  const live = async (): Promise<number> => {
    try {
      await process.breathe()
      const status = await run(task.argv.slice(1), process)
      await flushAll()
      await process.breathe()
      return status
    } catch (error) {
      // A program that is gone has nothing more to say: this is its unwinding.
      return image.dead ? 0 : fail(error)
    }
  }
  void live().then(exit)
}

function describe(argv0: string, error: unknown): [line: string, status: number] {
  const name = argv0.slice(argv0.lastIndexOf('/') + 1)
  if (error instanceof SystemError) return [`${[name, ...(error.path === undefined ? [] : [error.path]), error.message].join(': ')}\n`, 1]
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return [`${name}: ${text.replace(/\s+/g, ' ')}\n`, softwareError]
}
