import { expect, test } from 'vitest'
import { readFile, runCommand } from '../../test/support/machine.ts'
import { commands } from './programs.ts'

test('-i keeps the bytes of lines that q left unread, whatever they are', async () => {
  const bytes = Uint8Array.of(0x61, 0x0a, 0xff, 0xfe, 0x0a, 0xc3, 0xa9)
  const { status, fs } = await runCommand(commands, ['sed', '-i', '1q', 'file'], { files: { file: bytes } })
  expect(status).toBe(0)
  expect(readFile(fs, 'file')).toEqual(bytes)
})

test('input of many reads is one stream of lines', async () => {
  const lines = Array.from({ length: 30_001 }, (_, at) => `line ${at} ${'é'.repeat(at % 40)}`)
  const files = { one: lines.slice(0, 20_000).join('\n'), empty: '', two: `${lines.slice(20_000).join('\n')}\n` }
  const sed = async (script: string) => (await runCommand(commands, ['sed', script, 'one', 'empty', 'two'], { files })).stdout
  const pairs = Array.from({ length: 15_001 }, (_, at) => lines.slice(2 * at, 2 * at + 2).join(','))
  expect((await sed('$!N;s/\\n/,/')).split('\n')).toEqual([...pairs, ''])
  expect(await sed('$!d')).toBe(`${lines.at(-1)}\n`)
  expect((await sed('10,29990d;s/line/LINE/')).split('\n')).toEqual(
    [...lines.slice(0, 9), ...lines.slice(29_990), ''].map((line) => line.replace('line', 'LINE')),
  )
})
