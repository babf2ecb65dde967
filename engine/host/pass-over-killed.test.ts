import { expect, test } from 'vitest'
import { inMachine } from '../../test/support/machine.ts'
import { signals } from '../machine/signals.ts'
import type { SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { passOverKilled } from './pass-over-killed.ts'

const isPassedOver = (reason: unknown) => {
  let prevented = false
  passOverKilled({ reason, preventDefault: () => void (prevented = true) })
  return prevented
}

test('what a killed program left behind is passed over, failures are not', async () => {
  let calls: SystemCalls | undefined
  await inMachine(
    {
      sleeper: async (_args, process) => {
        calls = process.system
        await process.system.sleep(1e9)
        return 0
      },
    },
    async ({ system }) => {
      const pid = await system.spawn({ path: '/usr/bin/sleeper', argv: ['sleeper'], env: {} })
      await system.sleep(1)
      await system.kill(pid, signals.SIGKILL)
      await system.wait(pid)
    },
  )
  expect(isPassedOver(await new Promise((resolve) => resolve(calls?.getpid())).catch((error: unknown) => error))).toBe(true)
  expect(isPassedOver(new SystemError('EIO'))).toBe(false)
  expect(isPassedOver(new TypeError('a defect'))).toBe(false)
  expect(isPassedOver(undefined)).toBe(false)
})
