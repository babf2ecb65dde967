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

interface StubPort {
  onmessage?: (event: { data: unknown }) => void
  postMessage(data: unknown): void
  close(): void
}
const port = (other: () => StubPort): StubPort => ({ postMessage: data => other().onmessage?.({ data }), close: () => undefined })

/** A frame of which only the messages are there: `toFrame` has what it was told. */
function stubFrame() {
  const hearing = new Set<(event: unknown) => void>()
  const contentWindow = {
    postMessage: (message: { op: string }, _origin: string, ports: StubPort[] = []) => {
      toFrame.push({ ...message, ports })
      if (message.op === 'alive' && frame.answers) says('up')
    },
  }
  const frame = { answers: false }
  const toFrame: { op: string; ports: StubPort[] }[] = []
  vi.stubGlobal('addEventListener', (_kind: string, listener: (event: unknown) => void) => hearing.add(listener))
  vi.stubGlobal('removeEventListener', (_kind: string, listener: (event: unknown) => void) => hearing.delete(listener))
  vi.stubGlobal('navigator', {})
  // Node's own ports take a turn or more, which nobody could wait for.
  vi.stubGlobal('MessageChannel', class {
    port1 = port(() => this.port2)
    port2 = port(() => this.port1)
  })
  vi.stubGlobal('document', {
    createElement: () => ({ setAttribute: () => undefined, remove: () => undefined, contentWindow }),
    documentElement: { append: () => setTimeout(says, 0, 'up') },
  })
  vi.stubGlobal('fetch', async () => new Response(''))
  const says = (op: string) => { for (const listener of hearing) listener({ source: contentWindow, data: { op } }) }
  return { toFrame, frame }
}

test('machines whose commands cannot be brought have ended, and say why', async () => {
  stubFrame()
  vi.stubGlobal('fetch', async (url: string) => new Response('', { status: url.includes('late') ? 404 : 200 }))
  const { lost } = await connectFrame('/')
  expect(await lost).toBe('/machine/kernel-late.js: the server answered 404; run `npm run setup`')
})

test('a frame whose thread is held is not lost while its kernel answers, or the other way round', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const { toFrame, frame } = stubFrame()
    const connection = await connectFrame('/')
    const pulse = toFrame.find(({ op }) => op === 'kernel')?.ports[1] ?? expect.fail('the kernel has no pulse')
    let lost: string | undefined
    void connection.lost.then(reason => { lost = reason })
    let answers = true
    pulse.onmessage = () => { if (answers) pulse.postMessage('alive') }
    const minute = () => vi.advanceTimersByTimeAsync(60_000)
    await minute()
    expect(lost).toBeUndefined()
    answers = false
    frame.answers = true
    await minute()
    expect(lost).toBeUndefined()
    frame.answers = false
    await minute()
    expect(lost).toMatch(/^the machines have ended without a word/)
  } finally {
    vi.useRealTimers()
  }
})
