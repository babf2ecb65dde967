import { afterEach, expect, test, vi } from 'vitest'
import { connectFrame } from './connect-frame.ts'

afterEach(() => vi.unstubAllGlobals())

// An unhandled rejection fails the run: what is fetched beside the frame's script must not leave one.
test('a server without the machines is named once', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }))
  await expect(connectFrame('/deck/')).rejects.toThrow('/deck/machine/frame.js: the server answered 404; run `npm run setup`')
  await new Promise(resolve => setTimeout(resolve))
})

test('a network that is down is named with what was asked for', async () => {
  vi.stubGlobal('fetch', async () => { throw new TypeError('Failed to fetch') })
  await expect(connectFrame('/deck/')).rejects.toThrow('/deck/machine/frame.js: Failed to fetch')
  await new Promise(resolve => setTimeout(resolve))
})

test('a browser without WebAssembly is told before anything is fetched', async () => {
  vi.stubGlobal('fetch', () => expect.unreachable())
  const { WebAssembly } = globalThis
  Reflect.deleteProperty(globalThis, 'WebAssembly')
  try {
    await expect(connectFrame('/deck/')).rejects.toThrow('no WebAssembly')
  } finally {
    Object.assign(globalThis, { WebAssembly })
  }
})
