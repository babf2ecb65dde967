import { runInContext, createContext, type Context } from 'node:vm'
import { crc32 } from 'node:zlib'
import { beforeAll, expect, test, vi } from 'vitest'
import { bundleKernel } from '../scripts/bundle-kernel.ts'

let scripts: { kernel: string; late: string }
beforeAll(async () => { scripts = await bundleKernel() })

/** A worker's global scope, as far as the kernel asks for it. */
function worker() {
  const ran: string[] = []
  const said: unknown[] = []
  const scope: Context = createContext({
    postMessage: (message: unknown) => said.push(message),
    addEventListener: () => undefined,
    importScripts(url: string) {
      ran.push(url)
      runInContext(scripts.late, scope)
    },
    TextEncoder, TextDecoder, URL, performance, setTimeout, clearTimeout,
  })
  scope.self = scope
  runInContext(scripts.kernel, scope)
  return { ran, said, tell: (data: unknown) => (scope.onmessage as (event: { data: unknown }) => void)({ data }) }
}

test('the kernel comes up on the first part of its script, which is the smaller one', () => {
  const { ran, said } = worker()
  expect(said).toEqual([{ op: 'up' }])
  expect(ran).toEqual([])
  expect(scripts.kernel.length).toBeLessThan(scripts.late.length)
})

test('the rest is run once, where the kernel is told that it is, when something of it is wanted', async () => {
  const { ran, tell } = worker()
  const answers: unknown[] = []
  const portOf = () => ({ onmessage: undefined as ((event: { data: unknown }) => void) | undefined, postMessage: (answer: unknown) => answers.push(answer) })
  const [port, other] = [portOf(), portOf()]
  for (const asked of [port, other]) tell({ op: 'data-thread', port: asked, late: 'blob:the-rest' })
  await vi.waitFor(() => expect(other.onmessage).toBeDefined())
  const bytes = new TextEncoder().encode('stored')
  port.onmessage?.({ data: { id: 1, task: 'unpack', args: [bytes, { name: 'a', method: 0, crc: crc32(bytes), size: bytes.length }] } })
  expect(answers).toMatchObject([{ id: 1, result: { bytes } }])
  expect(ran).toEqual(['blob:the-rest'])
})

test('both parts are ASCII: for one wider character a browser would hold all of a script in two bytes each', () => {
  for (const script of Object.values(scripts)) expect(script).toMatch(/^[\x00-\x7f]*$/)
})
