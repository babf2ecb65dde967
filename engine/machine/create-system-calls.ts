/** One program's system calls: all of them, behind the gate that holds back programs that are stopped or gone. */
import { again, block } from './block.ts'
import { descriptorCalls } from './descriptor-calls.ts'
import type { Image } from './image.ts'
import { Killed } from './killed.ts'
import type { Kernel } from './kernel.ts'
import { lockCalls } from './lock-calls.ts'
import { pathCalls } from './path-calls.ts'
import { processCalls } from './process-calls.ts'
import type { Result, SystemCalls } from './system-calls.ts'
import type { Task } from './task.ts'
import { socketCalls } from './socket-calls.ts'
import { terminalCalls } from './terminal-calls.ts'
import { nextTurn, turnIsOver } from './turn.ts'
import { waitingCalls } from './waiting-calls.ts'

/** A program that goes on calling after so many refusals does not want to unwind: its calls never return. */
const refusals = 1000

/** Runs a call when its program may go on; the same gate is behind every call and behind `breathe`. */
export type Gate = <T>(call: () => Result<T>) => Result<T>

/** Commands share the kernel's thread and give up their turn here now and then; foreign programs have threads of their own. */
export function createGate(task: Task, image: Image, kind: 'command' | 'foreign'): Gate {
  let refused = 0
  const pass: Gate = (call) => {
    if (image.dead) {
      if (++refused > refusals) return new Promise(() => {})
      throw new Killed()
    }
    if (image.stopped) return whenContinued().then(() => pass(call))
    if (kind === 'command' && turnIsOver()) return nextTurn().then(() => pass(call))
    const result = call()
    if (image.dead && !(result instanceof Promise)) throw new Killed()
    return image.stopped && !(result instanceof Promise) ? whenContinued().then(() => result) : result
  }
  const whenContinued = async () => block<void>(image, () => (image.stopped ? again : undefined), { queues: [] })
  return pass
}

export function createSystemCalls(kernel: Kernel, task: Task, image: Image, kind: 'command' | 'foreign'): SystemCalls {
  const pass = createGate(task, image, kind)
  const groups = [
    descriptorCalls(kernel, task, image), pathCalls(kernel, task), processCalls(kernel, task, image), waitingCalls(kernel, task, image),
    terminalCalls(kernel, task, image), socketCalls(kernel, task, image), lockCalls(kernel, task, image),
  ] as const
  // One property after the other: spreading and Object.fromEntries made this five times as slow, and every process pays it.
  const gated: Record<string, AnyCall> = {}
  for (const group of groups) {
    for (const [name, call] of Object.entries(group) as [string, AnyCall][]) gated[name] = (...args) => pass(() => call(...args))
  }
  return gated as unknown as Together<(typeof groups)[number]>
}

type AnyCall = (...args: never[]) => Result<unknown>
/** All of a union's members at once: it doesn't compile where a system call is missing. */
type Together<Part> = (Part extends unknown ? (part: Part) => void : never) extends (all: infer All) => void ? All : never
