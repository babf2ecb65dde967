/** The way out of a real browser's sandbox: the machine's programs get wheels from the deck's own index, and nothing from anywhere else. */
import type { JSHandle, Page } from 'playwright-chromium'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Session } from '../../engine/host/session.ts'
import { launch } from '../support/launch.ts'
import { serveMachineSite } from '../support/machine-site.ts'
import type { MachinePage } from './machine-page.ts'

declare const page: MachinePage

let tab: Page
let session: JSHandle<Session>
const endings: (() => Promise<void>)[] = []
const requests: string[] = []

const run = (line: string) => tab.evaluate(([session, line]) => page.run(session, line), [session, line] as const)

beforeAll(async () => {
  const site = await serveMachineSite()
  endings.push(site.close)
  const browser = await launch(inject('browser'))
  endings.push(() => browser.close())
  tab = await browser.newPage()
  tab.on('request', request => { if (!request.url().startsWith('blob:')) requests.push(request.url().replace(site.url, '')) })
  await tab.goto(site.url)
  session = await tab.evaluateHandle(() => page.open())
})
afterAll(async () => {
  for (const end of endings.reverse()) await end()
})

test('a PEX is built from the wheels of the index that the page serves', async () => {
  expect((await run('pipx install pex')).status).toBe(0)
  const built = await run('pex requests -o demo.pex')
  expect(built).toMatchObject({ status: 0 })
  expect((await run('head -c 2 demo.pex; unzip -l demo.pex | grep -c "requests-.*dist-info/METADATA"')).output).toBe('#!1\r\n')
  expect(requests).toContain('simple/requests/index.json')
})

test('other indexes are not asked while the outside is off', async () => {
  requests.length = 0
  const { output, status } = await run('PIP_INDEX_URL=https://index.example/simple pex requests -o other.pex')
  expect(status).not.toBe(0)
  expect(output).toContain('https://index.example/simple/requests/ is not asked: the outside is switched off: index.example is not asked')
  expect(requests.filter(url => url.includes('example'))).toEqual([])
})
