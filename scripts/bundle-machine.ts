/** The machine's three scripts, each classic and self-contained: the null-origin frame can import nothing. */
import { bundleScript } from './bundle-script.ts'
import { bundleWorker } from './bundle-worker.ts'

export async function bundleMachine(): Promise<[name: string, text: string][]> {
  return [
    ['frame.js', await bundleScript('engine/host/frame.ts')],
    ['kernel.js', await bundleScript('engine/host/kernel-worker.ts')],
    ['python.js', await bundleWorker()],
  ]
}
