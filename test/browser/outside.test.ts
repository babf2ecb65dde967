/** The way out of a real browser's sandbox: the machine's programs get wheels from the deck's own index, and nothing from anywhere else. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openMachineTab, type MachineTab } from '../support/machine-tab.ts'

let machine: MachineTab
beforeAll(async () => { machine = await openMachineTab(inject('browser')) })
afterAll(() => machine.close())

const run = (line: string) => machine.run(line)

test('a PEX is built from the wheels of the index that the page serves', async () => {
  expect((await run('pipx install pex')).status).toBe(0)
  const built = await run('pex requests -o demo.pex')
  expect(built).toMatchObject({ status: 0 })
  expect((await run('head -c 2 demo.pex; unzip -l demo.pex | grep -c "requests-.*dist-info/METADATA"')).output).toBe('#!1\r\n')
  expect(machine.requests).toContain('simple/requests/index.json')
})

test('a program in Python reads the index over https, by stock urllib; another host is refused with the reason', async () => {
  const read = (url: string) => run(`python3 -c "import urllib.request; print(urllib.request.urlopen('${url}').read()[:20])" 2>&1 | tail -n 1`)
  expect((await read('https://index.talk/simple/')).output).toMatch(/^b'\{/)
  expect((await read('https://a.example/')).output).toContain('[Errno 111] the outside is switched off: a.example is not asked')
  expect(machine.requests.filter(url => url.includes('example'))).toEqual([])
})

test('other indexes are not asked while the outside is off', async () => {
  machine.requests.length = 0
  const { output, status } = await run('PIP_INDEX_URL=https://index.example/simple pex requests -o other.pex')
  expect(status).not.toBe(0)
  expect(output).toContain('https://index.example/simple/requests/ is not asked: the outside is switched off: index.example is not asked')
  expect(machine.requests.filter(url => url.includes('example'))).toEqual([])
})
