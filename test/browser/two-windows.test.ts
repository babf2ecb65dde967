/** The presenter's window and the audience's, of the built deck in one browser. */
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-chromium'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { root } from '../../scripts/root.ts'
import { serveStatic } from '../../scripts/serve-static.ts'
import { readDeck } from '../support/deck-blocks.ts'
import { launch } from '../support/launch.ts'

const { blocks } = await readDeck()
const { slide } = blocks.find(block => !block.options.static) ?? expect.fail('the deck has no live block')
let browser: Browser
let context: BrowserContext
let site: Awaited<ReturnType<typeof serveStatic>>

beforeAll(async () => {
  browser = await launch(inject('browser'))
  site = await serveStatic(join(root, 'dist'), { isolate: true })
})
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
})
afterEach(() => context.close())
afterAll(async () => {
  await browser.close()
  await site.close()
})

const open = async (address: string) => {
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${site.url}#/${address}`)
  await page.locator(`.slidev-page-${slide}`).first().waitFor()
  return page
}
const place = (page: Page) => /#\/(?:presenter\/)?(\d+)(?:\?clicks=(\d+))?/.exec(page.url())?.slice(1).map(number => Number(number ?? 0))

test('fast clicks in one window bring the other, slower one, to the same click', async () => {
  const presenter = await open(`presenter/${slide}`)
  const audience = await open(String(slide))
  await (await context.newCDPSession(audience)).send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await presenter.bringToFront()
  // A press while a command is typed completes it, and goes nowhere.
  await expect.poll(async () => {
    await presenter.keyboard.press('ArrowRight')
    return place(presenter)?.[1]
  }, { interval: 40 }).toBeGreaterThanOrEqual(3)
  // The last press may still have to show in the presenter's address.
  await expect.poll(() => [place(presenter), place(audience)]).toSatisfy(([presented, seen]) => String(presented) === String(seen))
})
