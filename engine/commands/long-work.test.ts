import { expect, test } from 'vitest'
import { inMachine } from '../../test/support/machine.ts'
import { signals } from '../machine/signals.ts'
import { commands } from './programs.ts'

const scrambled = (step: number) => Array.from({ length: 6007 }, (_, at) => (at * step) % 6007).join('\n')
const files = { old: scrambled(1), fresh: scrambled(2711), huge: 'ab '.repeat(300_000), many: 'a b\n'.repeat(200_000) }

test.each([
  ['diff', 'old', 'fresh'], ['grep', '-o', 'a', 'huge'], ['tac', 'many'], ['column', '-t', 'many'], ['column', 'many'], ['sort', '-r', 'many'],
  ['sed', 's/a/b/', 'many'], ['cut', '-c1', 'many'], ['nl', 'many'], ['seq', '1e7'], ['seq', '9999999'],
])('%s %s %s lets a signal in while it works', async (...argv) => {
  const ended = await inMachine(
    commands,
    async ({ system }) => {
      const pid = await system.spawn({ path: `/usr/bin/${argv[0]}`, argv, env: {} })
      await system.sleep(5)
      await system.kill(pid, signals.SIGINT)
      return system.wait(pid)
    },
    { files },
  )
  expect(ended).toMatchObject({ kind: 'signaled', signal: signals.SIGINT })
})
