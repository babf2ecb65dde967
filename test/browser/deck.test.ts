/** The built deck, as it is deployed: every transcript is played and compared with what it promises. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-chromium'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { root } from '../../scripts/root.ts'
import { serveStatic } from '../../scripts/serve-static.ts'
import { readDeck, type DeckBlock } from '../support/deck-blocks.ts'
import { deckPage, type DeckPage } from '../support/deck-page.ts'
import { launch } from '../support/launch.ts'

const dist = join(root, 'dist')
const { slides, blocks } = await readDeck()
const live = blocks.filter(block => !block.options.static)
const at = (slide: number) => live.find(block => block.slide === slide) as DeckBlock
let browser: Browser

beforeAll(async () => {
  browser = await launch(inject('browser'))
})
afterAll(() => browser.close())

test('the deck has live transcripts, and every fence is read', () => {
  expect(live.length).toBeGreaterThanOrEqual(2)
  const fences = slides.flatMap(slide => slide.content.match(/^```terminal/gm) ?? [])
  expect(blocks.length).toBe(fences.length)
})

test('every slide of the talk is there, with speaker notes', () => {
  expect(slides.length).toBe(25)
  expect(slides.filter(slide => !slide.note).map(slide => slide.number)).toEqual([])
})

describe('on a host that isolates', () => {
  let site: Awaited<ReturnType<typeof serveStatic>>
  let context: BrowserContext
  let deck: DeckPage
  const errors: string[] = []

  beforeAll(async () => {
    site = await serveStatic(dist, { isolate: true })
    context = await browser.newContext({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
    const page = await context.newPage()
    page.on('pageerror', error => errors.push(error.message))
    deck = deckPage(page, site.url)
  })
  // What a test that failed has left on the slide is not the next one's.
  beforeEach(({ onTestFailed }) => onTestFailed(async () => void await deck.page.goto('about:blank')))
  afterAll(async () => {
    await context.close()
    await site.close()
  })

  test.each(live.map(block => [block.slide, block] as const))('slide %i prints what it promises', async (slide, { transcript }) => {
    await deck.replay(slide, transcript)
  })

  test('going back restores the state before, and forward plays it again', async () => {
    const { slide, transcript } = at(7)
    await deck.goto(slide, 3)
    await deck.expectStep(transcript, 3)
    await expect.poll(() => deck.tree()).toContainEqual(expect.stringContaining('__main__.py'))
    await deck.back()
    await deck.back()
    await deck.expectStep(transcript, 1)
    await expect.poll(async () => (await deck.tree()).join(' ')).not.toMatch(/__main__\.py(?!.*gone)/)
    await deck.next()
    await deck.expectStep(transcript, 2)
    await deck.next()
    await deck.expectStep(transcript, 3)
  })

  test('a deep link shows its step, with real output', async () => {
    const fresh = deckPage(await context.newPage(), site.url)
    await fresh.goto(7, 3)
    await fresh.expectStep(at(7).transcript, 3)
    await fresh.page.close()
  })

  test('leaving a slide and coming back keeps its state', async () => {
    const { transcript } = at(7)
    await deck.goto(7, 2)
    await deck.expectStep(transcript, 2)
    await deck.goto(10)
    await deck.goto(7, 2)
    await deck.expectStep(transcript, 2)
  })

  test('a second click while a command is typed completes it', async () => {
    const { transcript } = at(7)
    await deck.goto(7, 1)
    await deck.expectStep(transcript, 1)
    await deck.next()
    await deck.page.locator('.slidev-page-7 [aria-busy="true"]').first().waitFor()
    await deck.next()
    await deck.expectStep(transcript, 2)
    expect(deck.page.url()).toMatch(/clicks=2$/)
  })

  test('a person takes over, types, and gives it back: the next click goes on with the script', async () => {
    const { transcript } = at(7)
    const { page } = deck
    await deck.goto(7, 1)
    await deck.expectStep(transcript, 1)
    const panel = page.locator('.slidev-page-7 .terminal-panel').first()
    await panel.getByRole('button', { name: 'take over' }).click()
    await page.keyboard.type('echo "mine: $((6*7))" > mine.txt; cat mine.txt\n')
    await expect.poll(() => deck.screen()).toContain('mine: 42')
    await expect.poll(() => deck.tree()).toContainEqual(expect.stringContaining('mine.txt'))
    await panel.getByRole('button', { name: 'give back' }).click()
    await deck.next()
    await deck.expectStep(transcript, 2)
    await expect.poll(async () => (await deck.tree()).join(' ')).not.toMatch(/mine\.txt(?!.*gone)/)
  })

  test('a clicker works in a terminal that was taken over, while its shell waits', async () => {
    const { page } = deck
    const { transcript } = at(7)
    await deck.goto(7, 1)
    await deck.expectStep(transcript, 1)
    await page.locator('.slidev-page-7 .terminal-panel').first().getByRole('button', { name: 'take over' }).click()
    await page.keyboard.type('cat\n')
    await page.locator('.slidev-page-7 .terminal-doing', { hasText: '▸ cat' }).waitFor()
    await page.keyboard.press('PageDown')
    expect(page.url()).toMatch(/clicks=1$/)
    await page.keyboard.press('Control+c')
    await page.keyboard.type('echo waits-$((6*7))\n')
    await expect.poll(() => deck.screen()).toContain('waits-42')
    await page.locator('.slidev-page-7 .terminal-doing', { hasText: 'exit 0' }).waitFor()
    await page.keyboard.press('PageDown')
    await deck.expectStep(transcript, 2)
  })

  test('a person does the steps: what leads to the same state goes a click on, what does not is told', async () => {
    const { page } = deck
    const { steps } = at(7).transcript
    await deck.goto(7, 0)
    await deck.expectStep(at(7).transcript, 0)
    const panel = page.locator('.slidev-page-7 .terminal-panel').first()
    const task = () => expect.poll(() => panel.locator('.terminal-task').innerText())
    const here = () => expect.poll(() => page.url())
    await panel.getByRole('button', { name: 'take over' }).click()
    await task().toBe(`your turn${steps[0]!.command}`)
    await page.keyboard.type('ls\npython .\n')
    await here().toMatch(/clicks=1$/)
    await page.keyboard.type('echo "print(42)" > __main__.py\n')
    await task().toBe(`not yet: __main__.py has other content${steps[1]!.command}`)
    await page.keyboard.type(`printf "%s\\n" "print('Welcome to PyConf Mini!')" > __main__.py\n`)
    await here().toMatch(/clicks=2$/)
    await page.keyboard.type('python .\n')
    await here().toMatch(/clicks=3$/)
    await task().toBe(`your turn${steps[3]!.command}`)
    await page.keyboard.press('F6')
    await deck.back()
    await deck.expectStep(at(7).transcript, 2)
    await expect.poll(() => panel.locator('.terminal-task').count()).toBe(0)
  })

  test('a dropped file arrives, its name is typed, and the tree gives it back; the window asks before it closes', async () => {
    const { page } = deck
    await deck.goto(7, 1)
    await deck.expectStep(at(7).transcript, 1)
    const panel = page.locator('.slidev-page-7 .terminal-panel').first()
    await panel.getByRole('button', { name: 'take over' }).click()
    await page.keyboard.type('python ')
    await expect.poll(() => deck.screen()).toMatch(/\$ python$/)
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['print(6 * 7)'], 'my script.py'))
      return transfer
    })
    await panel.dispatchEvent('drop', { dataTransfer: dropped })
    await expect.poll(() => deck.screen()).toContain('$ python \'my script.py\'')
    await page.keyboard.press('Enter')
    await expect.poll(() => deck.screen()).toMatch(/\n42\n\$$/)

    const asked = page.waitForEvent('dialog')
    void page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()

    const saved = page.waitForEvent('download')
    await page.locator('.slidev-page-7 .file-tree').getByRole('button', { name: 'my script.py' }).click()
    const download = await saved
    expect(download.suggestedFilename()).toBe('my script.py')
    expect(await readFile(await download.path(), 'utf8')).toBe('print(6 * 7)')
    // No button has the focus: the deck's keys work.
    await deck.next()
    await deck.expectStep(at(7).transcript, 2)
  })

  test('a server that is left running is ended with its slide, which says so', async () => {
    const { page } = deck
    await deck.goto(7, 1)
    await deck.expectStep(at(7).transcript, 1)
    const panel = page.locator('.slidev-page-7 .terminal-panel').first()
    await panel.getByRole('button', { name: 'take over' }).click()
    await page.keyboard.type('python -m http.server 8000\n')
    await expect.poll(() => deck.screen()).toContain('Serving HTTP on')
    await deck.goto(8)
    await deck.goto(7, 1)
    await expect.poll(() => panel.locator('.terminal-reason').innerText()).toBe('ended with its slide: python -m http.server 8000')
    await expect.poll(() => deck.screen()).toMatch(/Terminated\n\$$/)
    await panel.getByRole('button', { name: 'reset' }).click()
    await deck.expectStep(at(7).transcript, 1)
  })

  test('other sites are asked when a person switches the network on, in any window, and not before', async () => {
    // Windows of one browser agree on their place: these two are alone.
    const alone = await browser.newContext({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
    const page = await alone.newPage()
    await page.route('https://elsewhere.example/**', route => route.fulfill({ headers: { 'Access-Control-Allow-Origin': '*' }, body: 'from elsewhere\n' }))
    const audience = deckPage(page, site.url)
    await audience.goto(7, 0)
    await audience.expectStep(at(7).transcript, 0)
    const panel = page.locator('.slidev-page-7 .terminal-panel').first()
    await panel.getByRole('button', { name: 'take over' }).click()
    await page.keyboard.type('curl -sS https://elsewhere.example/\n')
    await expect.poll(audience.screen).toContain('elsewhere.example is not asked')
    const presenter = await alone.newPage()
    await presenter.goto(`${site.url}#/presenter/7`)
    const globe = presenter.getByRole('button', { name: 'Network for the terminals', pressed: false })
    await globe.click()
    await panel.getByText('network on').waitFor()
    await page.bringToFront()
    await page.locator('.slidev-page-7 .xterm-helper-textarea').first().press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect.poll(audience.screen).toContain('from elsewhere')
    await alone.close()
  })

  test('print mode shows the transcript, not a machine', async () => {
    const { page } = deck
    for (const { slide, transcript } of live) {
      await page.goto(`${site.url}?print=true#/${slide}?clicks=20`)
      const text = () => page.locator(`.slidev-page-${slide} .static-transcript`).first().innerText()
      for (const { command, output } of transcript.steps)
        for (const line of [command, ...output.split('\n')]) await expect.poll(async () => (await text()).replace(/\s+/g, '')).toContain(line.replace(/\s+/g, ''))
      expect(await page.locator('[data-kind="live"]').count()).toBe(0)
    }
  })

  test('the presenter\'s window has one live terminal, and the next slide\'s preview none', async () => {
    const { page } = deck
    await page.goto(`${site.url}#/presenter/7?clicks=1`)
    await expect.poll(() => page.locator('[data-kind="live"]').count()).toBe(1)
    await expect.poll(() => page.locator('.static-transcript').count()).toBeGreaterThanOrEqual(1)
  })

  test('nothing was asked of another host, and nothing went wrong unseen', () => {
    expect([...deck.hosts]).toEqual([new URL(site.url).host])
    expect(errors).toEqual([])
  })
})

test('on a plain host, under a sub-path, online and then offline', async () => {
  const site = await serveStatic(dist, { base: '/talks/pex/' })
  // With reduced motion commands appear whole.
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const deck = deckPage(page, site.url)
  try {
    await deck.goto(7, 0)
    await page.waitForFunction(() => crossOriginIsolated)
    for (const { slide, transcript } of live) await deck.replay(slide, transcript)
    const kept = page.evaluate(() => new Promise<void>(resolve => navigator.serviceWorker.addEventListener('message', ({ data }) => { if (data === 'kept-all') resolve() })))
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.postMessage('keep-all'))
    await kept
  } finally {
    await site.close()
  }
  await page.reload()
  // Slidev's router overrides an address that comes before it has shown the first.
  await page.locator(`.slidev-page-${live.at(-1)!.slide}`).first().waitFor({ state: 'visible' })
  for (const { slide, transcript } of live) await deck.replay(slide, transcript)
  await context.close()
})
