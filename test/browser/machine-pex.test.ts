/** `pex` of a large wheel in a real browser: the kernel's thread is free meanwhile, and an interrupt ends it at once. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { MachinePage } from './machine-page.ts'
import { openMachineTab, type MachineTab } from '../support/machine-tab.ts'

declare const page: MachinePage

let machine: MachineTab
beforeAll(async () => {
  machine = await openMachineTab(inject('browser'))
  await machine.run('pipx install pex')
  await machine.run('mkdir -p big big-1.0.dist-info; seq 2000000 > big/numbers; cp big/numbers big/stored.bin')
  await machine.run(`printf 'Metadata-Version: 2.1\\nName: big\\nVersion: 1.0\\n' > big-1.0.dist-info/METADATA`)
  await machine.run(`printf 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n' > big-1.0.dist-info/WHEEL`)
  await machine.run(`printf 'big/numbers,,\\nbig/stored.bin,,\\n' > big-1.0.dist-info/RECORD`)
  // The one is to be inflated, the other deflated.
  await machine.run('zip -q -r -n .bin big-1.0-py3-none-any.whl big big-1.0.dist-info')
})
afterAll(() => machine.close())

const line = 'pex --no-pypi -f . big -o big.pex'

/** Runs a line, typing into another terminal of the page all the while; `interrupt` presses Ctrl-C so many ms after its start. */
const beside = (line: string, interrupt?: number) => machine.tab.evaluate(async ([session, line, interrupt]) => {
  const other = await page.open()
  let running = true
  let longest = 0
  let answered = 0
  const typing = (async () => {
    while (running) {
      const { total, output } = await page.run(other, 'echo $((6*7))')
      if (running && output.includes('42')) answered++
      if (running) longest = Math.max(longest, total)
    }
  })()
  let pressed = 0
  if (interrupt !== undefined) {
    setTimeout(() => {
      pressed = page.now()
      session.input('\x03')
    }, interrupt)
  }
  const { total, status, output } = await page.run(session, line)
  const after = page.now() - pressed
  running = false
  await typing
  other.close()
  return { total, status, output, longest, answered, after }
}, [machine.session, line, interrupt] as const)

test('another terminal answers meanwhile, and an interrupt leaves no half-written file', async () => {
  const whole = await beside(line)
  expect({ status: whole.status, output: whole.output }).toEqual({ status: 0, output: expect.stringMatching(/big\.pex\r\n/) })
  expect(whole.answered).toBeGreaterThan(5)
  // What is done to one large file would be most of it.
  expect(whole.longest).toBeLessThan(whole.total / 2)
  const { output: listing } = await machine.run('ls -A; unzip -v big.pex .deps/big-1.0-py3-none-any.whl/big/*')
  expect(listing.match(/Defl:N/g)?.length).toBe(2)

  await machine.run('mv big.pex whole.pex; ls -A > listed')
  const cut = await beside(line, whole.total / 2)
  expect(cut.status).toBe(130)
  expect(cut.after).toBeLessThan(whole.total / 3)
  expect((await machine.run('ls -A | diff listed -')).status).toBe(0)
  const again = await machine.run(`${line} && cmp big.pex whole.pex`)
  expect(again.status).toBe(0)
}, 120_000)
