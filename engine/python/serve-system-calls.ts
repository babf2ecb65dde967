/** The kernel's end of a Python process's system calls. What comes from the worker is not trusted: a malformed message ends the process. */
import { markChanges, REPLACED } from '../machine/change-log.ts'
import { Killed } from '../machine/killed.ts'
import type { SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { checkArguments } from './check-arguments.ts'
import { joinedCalls, WithBytes } from './joined-calls.ts'
import type { CallName, TellRequest } from './protocol.ts'
import {
  ANSWERED, BYTES, FAILURE, HEADER, JSON_AND_BYTES, JSON_VALUE, KIND, LENGTH, NOTHING, REST, STATE,
} from './protocol.ts'

export interface ServedCalls {
  /** Handles one message of the worker; false where it is not a system call. Throws a TypeError that says what is wrong with it. */
  receive(message: unknown): boolean
  /** Milliseconds since the process got its last answer; 0 while it waits for one. */
  running(): number
}

/** The mailbox is laid out as protocol.ts says; `changes` is the machine's log of changes. */
export function serveSystemCalls(system: SystemCalls, mailbox: SharedArrayBuffer, changes?: Int32Array): ServedCalls {
  const words = new Int32Array(mailbox, 0, HEADER / 4)
  const room = new Uint8Array(mailbox, HEADER)
  const text = new TextEncoder()
  let rest: Uint8Array = new Uint8Array(0)
  const joined = joinedCalls(system, changes)
  let busy = false
  let answered = performance.now()

  function part(kind: number) {
    const now = rest.subarray(0, room.length)
    rest = rest.subarray(now.length)
    room.set(now)
    words[KIND] = kind
    words[LENGTH] = now.length
    words[REST] = rest.length
    busy = rest.length > 0
    answered = performance.now()
    Atomics.store(words, STATE, ANSWERED)
    Atomics.notify(words, STATE)
  }

  function answer(value: unknown) {
    if (value instanceof Uint8Array) {
      rest = value
      part(BYTES)
    } else if (value === undefined) {
      rest = new Uint8Array(0)
      part(NOTHING)
    } else if (value instanceof WithBytes) {
      const head = text.encode(JSON.stringify(value.head))
      rest = new Uint8Array(4 + head.length + value.bytes.length)
      new DataView(rest.buffer).setUint32(0, head.length, true)
      rest.set(head, 4)
      rest.set(value.bytes, 4 + head.length)
      part(JSON_AND_BYTES)
    } else {
      rest = text.encode(JSON.stringify(value))
      part(JSON_VALUE)
    }
  }

  function fail(error: unknown) {
    if (error instanceof Killed) return
    if (!(error instanceof SystemError)) throw error
    rest = text.encode(JSON.stringify([error.code, error.path, error.dest]))
    part(FAILURE)
  }

  async function call(name: CallName, args: unknown[]) {
    try {
      const calls: object = Object.hasOwn(joined, name) ? joined : system
      const result = (Reflect.get(calls, name) as (...args: unknown[]) => unknown)(...args)
      answer(result instanceof Promise ? await result : result)
    } catch (error) {
      fail(error)
    }
  }

  /** A file that could not be made after all was taken away by another process as it came: all is to be asked for again. */
  async function tell(name: TellRequest['name'], args: unknown[]) {
    try {
      if (name === 'makeFile') await joined.makeFile(...args as Parameters<typeof joined.makeFile>)
      else await system.close(args[0] as number)
    } catch (error) {
      if (!(error instanceof SystemError || error instanceof Killed)) throw error
      if (name === 'makeFile' && changes) markChanges(changes, [REPLACED])
    }
  }

  return {
    running: () => busy ? 0 : performance.now() - answered,
    receive(message) {
      if (typeof message !== 'object' || message === null || !('op' in message)) throw new TypeError('a message without a kind')
      if (message.op === 'more') {
        if (rest.length === 0) throw new TypeError('a request for more where there is nothing')
        part(BYTES)
        return true
      }
      if (message.op !== 'call' && message.op !== 'tell') return false
      const { name, args } = checkArguments(message)
      if (message.op === 'tell') {
        if (name !== 'close' && name !== 'makeFile') throw new TypeError(`${name} is no call that nobody waits for`)
        void tell(name, args)
        return true
      }
      if (busy) throw new TypeError(`${name} while another call is being answered`)
      busy = true
      void call(name, args)
      return true
    },
  }
}
