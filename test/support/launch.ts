import { chromium, type Browser } from 'playwright-chromium'

/** Chromium as the tests and benchmarks use it: quiet towards the network; root cannot have its sandbox. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  })
}
