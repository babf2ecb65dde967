import { expect, test } from 'vitest'
import { at, click, go, pane, session, settled, shown, state, tab, text } from '../support/pane-tab.ts'
import type { MachinePage } from './machine-page.ts'

declare const page: MachinePage

/** Pages that take their time, and one that never comes back. */
export function slowPages(): void {
  /** The server goes on with an answer that waits for somebody to ask this port. */
  const goOn = () => tab.evaluate(session => session.connect(8081).then(connection => connection.close()), session)
  const askedOnce = async (path: string) => {
    await go(`asked?/${path}`)
    await text('pre').toBe('1')
  }

  test('a page that comes in pieces: what has come is seen, a script runs once it is whole, and nothing is asked for twice', async () => {
    await pane.evaluate((pane, url) => pane.go(url), at('growing'))
    await text('#first').toBe('first')
    await expect.poll(state).toMatchObject({ url: at('growing'), title: 'Growing', loading: true, status: '' })
    expect(await shown().locator('#middle').count()).toBe(0)
    await goOn()
    await text('#middle').toBe('middle')
    await goOn()
    await text('#last').toBe('last')
    await settled('growing')
    await text('#first').toBe('first ran')
    await askedOnce('growing')
    await askedOnce('picture.svg?growing')
    await pane.evaluate(pane => pane.back())
    await settled('asked?/growing')
  })

  test('a page that never ends is stopped, stays as far as it came, and its links work', async () => {
    await pane.evaluate((pane, url) => pane.go(url), at('growing'))
    await text('#first').toBe('first')
    await pane.evaluate(pane => pane.stop())
    await expect.poll(state).toMatchObject({ url: at('growing'), loading: false, status: 'stopped' })
    // The server waits still, for nobody.
    await goOn()
    await goOn()
    await click('#second')
    await settled('second')
    await pane.evaluate(pane => pane.back())
    await expect.poll(state).toMatchObject({ url: at('growing'), loading: true })
    await goOn()
    await goOn()
    await settled('growing')
  })

  test('a page does not wait for a picture that is slow', async () => {
    await go('slow')
    await text('#whole').toBe('whole')
    await goOn()
    await text('#whole').toBe('whole 30')
    await askedOnce('late.svg')
  })

  test('a page that loops is noticed; the machines go on', async () => {
    await go('loops')
    const stuck = () => pane.evaluate(({ seen }) => seen.stuck)
    await expect.poll(stuck).toBe(false)
    // Of the frame around the page: one process has both.
    const devtools = await tab.context().newCDPSession(shown().parentFrame()!)
    void shown().locator('#loop').click({ noWaitAfter: true, timeout: 60_000 }).catch(() => undefined)
    await expect.poll(stuck).toBe(true)
    const printed = await tab.evaluate(async () => {
      const other = await page.open()
      return (await page.run(other, 'echo still here')).output
    })
    expect(printed).toContain('still here')
    expect(await stuck()).toBe(true)
    await devtools.send('Runtime.terminateExecution')
    await expect.poll(stuck).toBe(false)
    expect(await tab.evaluate(() => page.host.lost)).toBeUndefined()
  })
}
