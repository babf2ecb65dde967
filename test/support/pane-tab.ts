/** A browser tab with a browser pane in it, and what tests do with it: one for each test file. */
import type { Frame, JSHandle, Page } from 'playwright-chromium'
import { expect, vi } from 'vitest'
import type { Session } from '../../engine/host/session.ts'
import type { MachinePage } from '../browser/machine-page.ts'
import { launch } from './launch.ts'
import { serveMachineSite } from './machine-site.ts'

declare const page: MachinePage
type PaneOfPage = Awaited<ReturnType<MachinePage['pane']>>

export let tab: Page
export let session: JSHandle<Session>
export let pane: JSHandle<PaneOfPage>

/** A machine with these files, in which `line` serves at port 8080, and the pane on it. Answers how to end it all. */
export async function openPane(browserPath: string, files: { path: string; text: string }[], line: string): Promise<() => Promise<void>> {
  const site = await serveMachineSite()
  const browser = await launch(browserPath)
  tab = await browser.newPage()
  tab.setDefaultTimeout(60_000)
  await tab.goto(site.url)
  session = await openSession(files)
  await serve(session, line, 8080)
  pane = await tab.evaluateHandle(session => page.pane(session), session)
  return async () => {
    await browser.close()
    await site.close()
  }
}

/** Another machine of the tab. */
export const openSession = (files: { path: string; text: string }[]) => tab.evaluateHandle(
  files => page.open({ files: files.map(({ path, text }) => ({ path, bytes: new TextEncoder().encode(text) })) }), files)

/** Files of this machine, by their names there. */
export async function bringFiles(session: JSHandle<Session>, files: Record<string, string>): Promise<void> {
  await tab.route('**/brought/*', route => route.fulfill({ path: files[new URL(route.request().url()).pathname.split('/').at(-1)!] }))
  await session.evaluate(async (session, names) => {
    for (const name of names) await session.writeFile(`/home/user/demo/${name}`, new Uint8Array(await (await fetch(`/brought/${name}`)).arrayBuffer()))
  }, Object.keys(files))
  await tab.unroute('**/brought/*')
}

/** Types the line, and waits until something listens at the port. */
export const serve = (session: JSHandle<Session>, line: string, port: number) => session.evaluate((session, [line, port]) => new Promise<void>(resolve => {
  session.watchPort(Number(port), listening => { if (listening) resolve() })
  session.input(`${line}\r`)
}), [line, port] as const)

/** From here on the pane is another one, on another machine. */
export async function openPaneOn(session: JSHandle<Session>): Promise<void> {
  pane = await tab.evaluateHandle(session => page.pane(session), session)
}

export const state = () => pane.evaluate(({ seen }) => seen.state)
export const at = (path: string) => `http://localhost:8080/${path}`
export const settled = async (path: string | RegExp) => {
  const url = typeof path === 'string' ? at(path) : expect.stringMatching(path) as string
  await expect.poll(state).toMatchObject({ url, loading: false })
}
export const began = () => pane.evaluate(({ seen }) => seen.began)
/** Where a visit ends may be where it began: a state that was there before `begin` does not count. */
export async function visited(begin: () => Promise<unknown>, end: string | RegExp) {
  const before = await began()
  await begin()
  await expect.poll(began).toBeGreaterThan(before)
  await settled(end)
}
export const go = (path: string, end: string | RegExp = path) => visited(() => pane.evaluate((pane, url) => pane.go(url), at(path)), end)
/** The page's own document: the deepest frame of the pane. */
export const shown = () => tab.frames().filter(frame => frame.parentFrame()?.parentFrame() === tab.mainFrame()).at(-1) as Frame
/** Polls: what a page shows comes some time after the word that it is there, and its frame may be another one meanwhile. */
export const inPage = <T>(selector: string, look: (element: HTMLElement) => T, page = shown) =>
  expect.poll(() => page().locator(selector).evaluate(look, undefined, { timeout: 2000 }).catch(() => undefined))
export const text = (selector: string, page = shown) => inPage(selector, element => element.textContent, page)
/** The first frame within the page. */
export const inner = () => shown().childFrames()[0] as Frame
/** A click may take its own frame away before it is done: it has been heard if a visit began. */
export async function click(selector: string) {
  const before = await began()
  await vi.waitFor(async () => {
    try {
      await shown().locator(selector).click({ timeout: 5000 })
    } catch (error) {
      if (await began() === before) throw error
    }
  }, { timeout: 60_000 })
}
