/** The scripts of the machine and of the browser pane, each classic and self-contained: null-origin frames can import nothing. */
import { bundleKernel } from './bundle-kernel.ts'
import { bundleScript } from './bundle-script.ts'
import { bundleWorker } from './bundle-worker.ts'

export async function bundleMachine(): Promise<[name: string, text: string][]> {
  const { kernel, late } = await bundleKernel()
  return [
    ['frame.js', await bundleScript('engine/host/frame.ts')],
    ['kernel.js', kernel],
    ['kernel-late.js', late],
    ['python.js', await bundleWorker()],
    ['pane.js', await bundleScript('components/pane/wrapper.ts')],
    ['pane-bridge.js', await bundleScript('components/pane/bridge.ts')],
  ]
}
