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

/**
 * Runs a line, typing into another terminal of the page all the while; `answered`: so many of those lines were begun and done in each of the
 * stages that the first terminal told. `interrupt`: Ctrl-C is pressed when one was in this stage.
 */
const beside = (line: string, interrupt?: RegExp) => machine.tab.evaluate(async ([session, line, interrupt]) => {
  const other = await page.open()
  let [running, stage] = [true, '']
  const answered: Record<string, number> = {}
  const decoder = new TextDecoder()
  const unsubscribe = session.onOutput(bytes => {
    for (const [, told = ''] of decoder.decode(bytes).matchAll(/\r\x1b\[K([^\r\x1b]+)/g)) stage = told
  })
  const typing = (async () => {
    let pressed = false
    while (running) {
      const before = stage
      await page.run(other, 'echo')
      if (!running || before !== stage) continue
      answered[stage] = (answered[stage] ?? 0) + 1
      if (pressed || interrupt?.test(stage) !== true) continue
      pressed = true
      session.input('\x03')
    }
  })()
  const { status, output } = await page.run(session, line)
  running = false
  await typing
  unsubscribe()
  other.close()
  return { status, output, answered }
}, [machine.session, line, interrupt] as const)

test('another terminal answers meanwhile, and an interrupt leaves no half-written file', async () => {
  const whole = await beside(line)
  expect({ status: whole.status, output: whole.output }).toEqual({ status: 0, output: expect.stringMatching(/big\.pex\r\n/) })
  // Where the large files are worked on in the kernel's thread it is three, and one.
  const [installing, saving] = ['Installing 1 distribution', 'Saving PEX file to big.pex']
  expect(whole.answered[installing]).toBeGreaterThan(20)
  expect(whole.answered[saving]).toBeGreaterThan(20)
  const { output: listing } = await machine.run('ls -A; unzip -v big.pex .deps/big-1.0-py3-none-any.whl/big/*')
  expect(listing.match(/Defl:N/g)?.length).toBe(2)

  await machine.run('mv big.pex whole.pex; ls -A > listed')
  const cut = await beside(line, /^Saving/)
  expect(cut.status).toBe(130)
  // It does not go on with the file that it was at.
  expect(cut.answered[saving]).toBeLessThan(whole.answered[saving]! / 2)
  expect((await machine.run('ls -A | diff listed -')).status).toBe(0)
  const again = await machine.run(`${line} && cmp big.pex whole.pex`)
  expect(again.status).toBe(0)
}, 120_000)
