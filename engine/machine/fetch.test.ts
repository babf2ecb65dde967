import { describe, expect, test } from 'vitest'
import { inMachine } from '../../test/support/machine.ts'
import type { Command } from './process.ts'
import { signals } from './signals.ts'

const ask: Command = async (_args, process) => {
  const response = await process.fetch('https://a.example/')
  await process.stdout.write(await response.text())
  return response.status === 200 ? 0 : 1
}

describe('the way out', () => {
  test('is what the machine is given', async () => {
    const fetch = async (input: RequestInfo | URL) => new Response(`asked ${String(input)}`)
    const text = await inMachine({}, async process => (await process.fetch('https://a.example/')).text(), { machine: { fetch } })
    expect(text).toBe('asked https://a.example/')
  })

  test('is closed in a machine that is given none', async () => {
    await expect(inMachine({}, process => process.fetch('https://a.example/'))).rejects.toMatchObject({ name: 'NotAllowedError' })
  })

  test('a process that is killed asks no further', async () => {
    const stopped = new Promise<void>((resolve, reject) => {
      const fetch: typeof globalThis.fetch = (_input, init) => new Promise((_, fail) => {
        init?.signal?.addEventListener('abort', () => {
          resolve()
          fail(init.signal?.reason)
        })
      })
      inMachine({ ask }, async ({ system, env }) => {
        const pid = await system.spawn({ path: '/usr/bin/ask', argv: ['ask'], env })
        await system.sleep(20)
        await system.kill(pid, signals.SIGKILL)
        await system.wait(pid)
      }, { machine: { fetch } }).catch(reject)
    })
    await stopped
  })
})
