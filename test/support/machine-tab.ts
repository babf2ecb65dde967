/** The bare page of `machine-page.ts` in a browser, with one session of a machine on it. */
import type { JSHandle, Page } from 'playwright-chromium'
import type { Session } from '../../engine/host/session.ts'
import type { MachinePage } from '../browser/machine-page.ts'
import { launch } from './launch.ts'
import { serveMachineSite } from './machine-site.ts'

declare const page: MachinePage

export interface MachineTab {
  tab: Page
  session: JSHandle<Session>
  /** What the page asked for, by address; the frame's own workers are blobs and left out. */
  requests: string[]
  /** Types a line and waits for the prompt after it. */
  run(line: string): ReturnType<MachinePage['run']>
  close(): Promise<void>
}

export async function openMachineTab(executablePath: string): Promise<MachineTab> {
  const site = await serveMachineSite()
  const browser = await launch(executablePath)
  const tab = await browser.newPage()
  tab.setDefaultTimeout(60_000)
  const requests: string[] = []
  tab.on('request', request => { if (!request.url().startsWith('blob:')) requests.push(request.url().replace(site.url, '')) })
  await tab.goto(site.url)
  const session = await tab.evaluateHandle(() => page.open())
  return {
    tab,
    session,
    requests,
    run: line => tab.evaluate(([session, line]) => page.run(session, line), [session, line] as const),
    async close() {
      await browser.close()
      await site.close()
    },
  }
}
