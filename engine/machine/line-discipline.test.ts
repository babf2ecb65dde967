import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { again } from './block.ts'
import { O_RDWR, type Termios } from './system-calls.ts'
import type { Task } from './task.ts'
import { cc, iflag, lflag, oflag } from './termios.ts'
import { createTty } from './tty.ts'

interface Case {
  name: string
  off: string[]
  on: string[]
  steps: (string | { off?: string[]; on?: string[] })[]
  length: number
  shown: string
  reads: string[]
}

/** What Linux's terminal did: scripts/record-terminal.py. */
const cases = JSON.parse(readFileSync(new URL('../../test/recorded/terminal.json', import.meta.url), 'utf8')) as Case[]
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const reader = {} as Task

const makeTty = () =>
  createTty({
    path: '/dev/pts/0',
    size: { rows: 24, columns: 80 },
    stat: () => {
      throw new Error('not asked for')
    },
    signalGroup: () => {},
    holdInBackground: () => false,
  })

const switched = (modes: Termios, off: string[] = [], on: string[] = []) => {
  const next = { ...modes }
  for (const [field, bits] of [['iflag', iflag], ['oflag', oflag], ['lflag', lflag]] as const) {
    for (const [name, bit] of Object.entries(bits)) {
      if (off.includes(name)) next[field] &= ~bit
      if (on.includes(name)) next[field] |= bit
    }
  }
  return next
}

describe('typed bytes become what Linux makes of them', () => {
  test.each(cases)('$name', async ({ off, on, steps, length, shown, reads }) => {
    const tty = makeTty()
    const file = tty.open(tty.path, O_RDWR)
    const output: Uint8Array[] = []
    tty.output.onOutput = (bytes) => void output.push(bytes)
    tty.setTermios(switched(tty.termios, off, on))
    for (const step of steps) {
      if (typeof step === 'string') tty.receive(new TextEncoder().encode(step))
      else tty.setTermios(switched(tty.termios, step.off, step.on))
      await Promise.resolve()
    }
    const got: string[] = []
    for (let bytes = file.read!(length, reader); bytes !== again && got.length < 40; bytes = file.read!(length, reader)) got.push(hex(bytes))
    expect({ shown: Buffer.concat(output).toString('latin1'), reads: got }).toEqual({
      shown: Buffer.from(shown, 'hex').toString('latin1'),
      reads,
    })
  })
})

test('VMIN bytes must come before a raw read answers', () => {
  const tty = makeTty()
  const file = tty.open(tty.path, O_RDWR)
  const modes = switched(tty.termios, ['ICANON', 'ECHO', 'ISIG'])
  modes.cc[cc.VMIN] = 3
  tty.setTermios(modes)
  tty.receive(Uint8Array.of(1, 2))
  expect(file.read!(10, reader)).toBe(again)
  tty.receive(Uint8Array.of(3, 4))
  expect(file.read!(10, reader)).toEqual(Uint8Array.of(1, 2, 3, 4))
  modes.cc[cc.VMIN] = 0
  tty.setTermios(modes)
  expect(file.read!(10, reader)).toEqual(new Uint8Array())
})
