import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-chromium'

/**
 * Memory of all of a browser's processes, in bytes: the proportional set size of each (Linux's /proc/PID/smaps_rollup), in which memory
 * that several share counts once. Undefined where the system does not say.
 */
export async function browserMemory(browser: Browser): Promise<number | undefined> {
  const devtools = await browser.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  await devtools.detach()
  const sizes = processInfo.map(async ({ id }) => {
    const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024
  })
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  return total > 0 ? total : undefined
}
