/** The built deck when its machines fail: it says so, keeps what it can show, and starts again when asked. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Browser, Page } from 'playwright-chromium'
import { root } from '../../scripts/root.ts'
import { serveStatic } from '../../scripts/serve-static.ts'
import { readDeck } from '../support/deck-blocks.ts'
import { deckPage } from '../support/deck-page.ts'
import { launch } from '../support/launch.ts'

const { blocks } = await readDeck()
const { slide, transcript } = blocks.find(block => !block.options.static) ?? expect.fail('the deck has no live block')
let browser: Browser
let site: Awaited<ReturnType<typeof serveStatic>>

beforeAll(async () => {
  browser = await launch(inject('browser'))
  site = await serveStatic(join(root, 'dist'), { isolate: true })
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const bar = (page: Page) => page.locator(`.slidev-page-${slide} .terminal-bar`).first()
const open = async () => deckPage(await browser.newPage({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' }), site.url)

test('machines that are gone leave the transcript and the reason, and start again', async () => {
  const deck = await open()
  await deck.goto(slide, 0)
  await deck.expectStep(transcript, 0)
  await deck.page.evaluate(() => document.querySelector('iframe')?.remove())
  await expect.poll(() => bar(deck.page).innerText()).toContain('the machines have ended')
  await expect.poll(() => bar(deck.page).locator('.terminal-kind').innerText()).toBe('transcript')
  await deck.page.locator(`.slidev-page-${slide} .static-transcript`).first().waitFor()
  await bar(deck.page).getByRole('button', { name: 'start the machine again' }).click()
  await deck.expectStep(transcript, 0)
  await deck.page.close()
})

test('a kernel that fails on its way up is told, with its own words', async () => {
  const deck = await open()
  await deck.page.route('**/machine/kernel.js', route => route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("no kernel today")' }))
  await deck.goto(slide)
  await expect.poll(() => bar(deck.page).innerText()).toContain('no kernel today')
  await deck.page.unroute('**/machine/kernel.js')
  await bar(deck.page).getByRole('button', { name: 'start the machine again' }).click()
  await deck.expectStep(transcript, 0)
  await deck.page.close()
})

test('without Python the bar says why', async () => {
  const deck = await open()
  await deck.page.route('**/pyodide/snapshot.bin', route => route.fulfill({ status: 500, body: '' }))
  await deck.goto(slide)
  await expect.poll(() => bar(deck.page).innerText()).toMatch(/no Python: .*snapshot\.bin: the server answered 500/)
  await deck.page.unroute('**/pyodide/snapshot.bin')
  await bar(deck.page).getByRole('button', { name: 'start the machine again' }).click()
  await deck.expectStep(transcript, 0)
  await expect.poll(() => deck.page.getByTitle('The machine behind the terminals').count()).toBe(1)
  await deck.page.close()
})

test('what was recorded elsewhere says so', async () => {
  const deck = await open()
  const recorded = blocks.find(block => block.options.static && !block.options.bare) ?? expect.fail('the deck has no static block')
  await deck.goto(recorded.slide)
  await expect.poll(() => deck.page.locator(`.slidev-page-${recorded.slide} .terminal-kind`).first().innerText()).toBe('recorded')
  await deck.page.close()
})
