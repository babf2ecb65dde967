import { expect, test } from 'vitest'
import { runCommand } from '../../test/support/machine.ts'
import { commands } from '../commands/programs.ts'
import { createShell } from './create-shell.ts'

const bash = async (line: string) => (await runCommand({ ...commands, bash: createShell() }, ['bash', '-c', line])).stdout

test('a word may become more fields than a call may have arguments', async () => {
  expect(await bash('for i in $(seq 150000); do :; done; echo $i')).toBe('150000\n')
  expect(await bash('echo {1..150000} | wc -w')).toBe('150000\n')
})

test('read takes lines from a pipe that is full', async () => {
  expect(await bash('seq 20000 | { while read x; do y=$x; done; echo $y; }')).toBe('20000\n')
})

test('xargs makes as many command lines as it takes', async () => {
  const [first = '', ...more] = (await bash('seq 60000 | xargs | sed "s/ .*//"')).split('\n')
  expect(first).toBe('1')
  expect(more.length).toBeGreaterThan(1)
  expect(await bash('seq 60000 | xargs | tr " " "\n" | tail -n 1')).toBe('60000\n')
})
