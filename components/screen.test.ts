import { expect, test } from 'vitest'
import { createPromptColours } from './colour-prompt.ts'
import { createScreenLog } from './screen-log.ts'
import { decodeBlock, encodeBlock, rowsOf, type TerminalBlock } from './terminal-block.ts'
import { typingDelay } from './typing-delay.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const A = '\x1b]133;A\x07'
const B = '\x1b]133;B\x07'
const C = '\x1b]133;C\x07'

test('a screen log splits at the last prompt', () => {
  const log = createScreenLog()
  log.append(bytes(`${A}$ ${B}ls\r\n${C}file\r\n`))
  log.append(bytes(`${A}$ `))
  expect(text(log.beforePrompt())).toBe(`${A}$ ${B}ls\r\n${C}file\r\n`)
  expect(text(log.sincePrompt())).toBe(`${A}$ `)
  log.replace(bytes('no prompt'))
  expect(text(log.beforePrompt())).toBe('no prompt')
  expect(log.sincePrompt()).toHaveLength(0)
})

test('a screen log of a program that prints without end stays bounded and keeps the newest', () => {
  const log = createScreenLog()
  for (let count = 0; count < 40; count++) log.append(new Uint8Array(100_000).fill(count))
  const kept = log.beforePrompt()
  expect(kept.length).toBeLessThanOrEqual(1 << 20)
  expect(kept.at(-1)).toBe(39)
})

test('prompts and commands get their look, wherever the chunks are cut', () => {
  const plain = `${A}$ ${B}héllo\r\n${C}out \x1b[31mred\x1b[0m \x1b]0;title\x07\r\n`
  const expected = `${A}\x1b[0;32m$ ${B}\x1b[0;1mhéllo\r\n${C}\x1b[0mout \x1b[31mred\x1b[0m \x1b]0;title\x07\r\n`
  const whole = bytes(plain)
  for (let cut = 0; cut <= whole.length; cut++) {
    const colour = createPromptColours()
    const parts = [colour(whole.slice(0, cut)), colour(whole.slice(cut))]
    expect(text(Uint8Array.from(parts.flatMap(part => [...part])))).toBe(expected)
  }
})

test('rows of a text count its wrapped lines and the prompt under it', () => {
  expect(rowsOf('a\n\nb', 80)).toBe(4)
  expect(rowsOf('x'.repeat(161), 80)).toBe(4)
})

test('a block survives being an attribute', () => {
  const block: TerminalBlock = {
    options: { static: false, bare: false },
    transcript: { text: '$ echo "<é>{{ x }}"', steps: [] },
    lines: ['<span>&lt;'],
    columns: 80,
    rows: 2,
    directory: '/home/user/demo',
    stills: [{ bytes: 'UEs=' }],
  }
  expect(encodeBlock(block)).toMatch(/^[A-Za-z0-9+/=]+$/)
  expect(decodeBlock(encodeBlock(block))).toEqual(block)
})

test('typing is uneven, repeatable, and about twenty characters a second', () => {
  const delays = Array.from({ length: 400 }, (_, index) => typingDelay(index % 7, index))
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length
  expect(mean).toBeGreaterThan(45)
  expect(mean).toBeLessThan(55)
  expect(new Set(delays).size).toBeGreaterThan(300)
  expect(typingDelay(3, 5)).toBe(typingDelay(3, 5))
})
