/** The built deck in a browser, as a reader sees it: what stands on a terminal's screen, and clicks. */
import type { Page } from 'playwright-chromium'
import { expect } from 'vitest'
import { matchOutput } from '../../engine/transcript/match-output.ts'
import type { Transcript } from '../../engine/transcript/transcript.ts'
import { expectedScreen } from './expected-screen.ts'

/** More than any slide of the deck has. */
const MOST_CLICKS = 20

export interface DeckPage {
  page: Page
  /** Hosts that were asked for anything. */
  hosts: Set<string>
  goto(slide: number, clicks?: number): Promise<void>
  next(): Promise<void>
  back(): Promise<void>
  /** The live terminal's rows, joined; undefined while it is not live. */
  screen(): Promise<string | undefined>
  /** Waits until the live screen is what `transcript` says after its first `steps` steps. */
  expectStep(transcript: Transcript, steps: number): Promise<void>
  /** From the slide's start to its end by clicks, one after the other: every step's screen is compared. */
  replay(slide: number, transcript: Transcript): Promise<void>
  tree(): Promise<string[]>
}

/** Blank lines of the source are for the eye and are not printed. */
const withoutBlankLines = (text: string) => text.split('\n').map(line => line.trimEnd()).filter(line => line !== '').join('\n')

/** Rows that the terminal's edge has broken, put together again where a line of `expected` says so. */
function joinRows(shown: string, expected: string): string {
  const lines = expected.split('\n')
  return shown.split('\n').reduce<string[]>((joined, row) => {
    const last = joined.at(-1) ?? ''
    const broken = last.length > 40 && lines.some(line => line !== last && line.startsWith(last + row))
    return broken ? [...joined.slice(0, -1), last + row] : [...joined, row]
  }, []).join('\n')
}

/** Undefined where the screen is what the transcript says after so many steps. */
function difference(transcript: Transcript, steps: number, shown: string): string | undefined {
  const expected = withoutBlankLines(expectedScreen(transcript, steps))
  return matchOutput(expected, joinRows(withoutBlankLines(shown), expected))
}

export function deckPage(page: Page, url: string): DeckPage {
  page.setDefaultTimeout(60_000)
  const hosts = new Set<string>()
  page.on('request', request => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http')) hosts.add(host)
  })
  let current = 1
  const slide = () => page.locator(`.slidev-page-${current}`).first()

  async function screen() {
    const terminal = slide().locator('.transcript-terminal').filter({ has: page.locator('.terminal-kind[data-kind="live"]') }).first()
    if (!(await terminal.count())) return undefined
    // xterm writes blanks as no-break spaces.
    return terminal.locator('.xterm-rows > div').evaluateAll(rows => rows.map(row => (row.textContent ?? '').replaceAll('\xa0', ' ').trimEnd()).join('\n').trimEnd())
  }

  /** Waits until the slide is at a click and the script rests. */
  async function played(clicks: number) {
    await expect.poll(() => page.url()).toMatch(new RegExp(`[?]clicks=${clicks}$`))
    // What a click changes is there in the next frame.
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await expect.poll(() => slide().locator('[aria-busy="true"]').count()).toBe(0)
  }

  const deck: DeckPage = {
    page,
    hosts,
    async goto(number, clicks) {
      current = number
      await page.goto(`${url}#/${number}${clicks === undefined ? '' : `?clicks=${clicks}`}`)
      await page.locator(`.slidev-page-${number}`).first().waitFor({ state: 'visible' })
    },
    next: () => page.keyboard.press('ArrowRight'),
    back: () => page.keyboard.press('ArrowLeft'),
    screen,
    async expectStep(transcript, steps) {
      let shown: string | undefined
      const notYet = async () => {
        shown = await screen()
        return shown === undefined ? 'not live' : difference(transcript, steps, shown) ?? ''
      }
      await expect.poll(notYet).toBe('')
    },
    async replay(number, transcript) {
      await deck.goto(number, 0)
      await deck.expectStep(transcript, 0)
      let step = 0
      for (let click = 0; step < transcript.steps.length && click < MOST_CLICKS; click++) {
        await deck.next()
        await played(click + 1)
        // A click may show a bullet only.
        step = Number(await slide().locator('.terminal-panel').first().getAttribute('data-step'))
        await deck.expectStep(transcript, step)
      }
      expect(step).toBe(transcript.steps.length)
    },
    tree: () => slide().locator('.file-tree').first().innerText().then(text => text.split('\n').map(line => line.trim()).filter(Boolean)),
  }
  return deck
}
