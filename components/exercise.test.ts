import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Session, SessionState } from '../engine/host/session.ts'
import { parseTranscript } from '../engine/transcript/parse-transcript.ts'
import { createExercise } from './exercise.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A person in front of a terminal; what the programs print is said by the test. `reason` is what the machine lacks. */
function sit(source: string) {
  const { steps } = parseTranscript(source)
  const listeners = new Set<(bytes: Uint8Array) => void>()
  const state: SessionState = { cwd: '/', atPrompt: true, command: undefined, status: 0, waiting: false }
  const session = { get state() { return state }, onOutput: (listener: (bytes: Uint8Array) => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  } } as unknown as Session
  const seen = { position: 0, missed: undefined as string | undefined, reason: undefined as string | undefined, asked: [] as number[] }
  const print = async (text: string) => {
    for (const listener of listeners) listener(new TextEncoder().encode(text))
    await vi.advanceTimersByTimeAsync(1000)
  }
  const exercise = createExercise({
    steps,
    session,
    position: () => seen.position,
    difference: count => {
      seen.asked.push(count)
      return Promise.resolve(seen.reason)
    },
    onDone: count => { seen.position = count },
    onMissed: reason => { seen.missed = reason },
  })
  return {
    seen,
    state,
    exercise,
    print,
    /** A command from the shell's prompt to its next one. */
    run: (command: string, output: string) => print(`${command}\r\n\x1b]133;C\x07${output}\x1b]133;D;0\x07\x1b]133;A\x07$ \x1b]133;B\x07`),
  }
}

test('a step is done when its output has come and the machine is as the script\'s', async () => {
  const { seen, run } = sit('$ make\n$ show # what there is\nit\n$ show')
  seen.reason = 'a.txt is missing'
  await run('ls', '')
  expect(seen).toMatchObject({ position: 0, missed: 'a.txt is missing', asked: [1] })
  seen.reason = undefined
  await run('another way to make it', '')
  expect(seen).toMatchObject({ position: 1, missed: undefined })
  await run('look', 'nothing\r\n')
  expect(seen).toMatchObject({ position: 1, missed: undefined, asked: [1, 1] })
  await run('show', 'that\r\n')
  expect(seen).toMatchObject({ position: 1, missed: 'it printed something else' })
  await run('show', 'it\r\n')
  expect(seen).toMatchObject({ position: 2, missed: undefined })
})

test('the state that comes after its bytes is waited for', async () => {
  const { seen, state, run, print } = sit('$ make')
  state.atPrompt = false
  await run('make', '')
  expect(seen.asked).toEqual([])
  state.atPrompt = true
  await print('')
  expect(seen).toMatchObject({ position: 1, asked: [1] })
})

test('a program that goes on, what is typed for it, and the key that ends it', async () => {
  const { seen, print, run } = sit('$ python\nPython ...\n>>> 1 + 1\n2\n>>> exit()\n% start\n$ serve # for all\nServing ...\n^C\nended')
  await run('ls', 'a  b\r\n')
  await print('python\r\n\x1b]133;C\x07')
  expect(seen.position).toBe(0)
  await print('Python 3\r\n\r\n>>> ')
  expect(seen.position).toBe(1)
  await print('1 + 2\r\n3\r\n>>> ')
  expect(seen.position).toBe(1)
  await print('1 + 1\r\n2\r\n>>> ')
  expect(seen.position).toBe(2)
  await print('exit()\r\n\x1b]133;D;0\x07\x1b]133;A\x07$ \x1b]133;B\x07')
  expect(seen.position).toBe(3)
  await print('serve\r\n\x1b]133;C\x07')
  expect(seen.position).toBe(3)
  await print('Serving on 8080\r\n')
  expect(seen.position).toBe(4)
  await print('^C\r\nended\r\n\x1b]133;D;0\x07\x1b]133;A\x07$ \x1b]133;B\x07')
  expect(seen.position).toBe(5)
})

test('nothing is judged once it is closed', async () => {
  const { seen, exercise, run } = sit('$ make')
  exercise.close()
  await run('make', '')
  expect(seen).toMatchObject({ position: 0, asked: [] })
})
