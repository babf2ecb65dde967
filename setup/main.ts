import { defineAppSetup } from '@slidev/types'
import { loadXterm } from '../components/load-xterm.ts'
import { machineHost } from '../components/machine-host.ts'
import { registerServiceWorker } from '../components/register-service-worker.ts'

export default defineAppSetup(() => {
  // The dev server sends the isolation headers itself.
  if (import.meta.env.PROD) registerServiceWorker(import.meta.env.BASE_URL)
  if (!globalThis.earlyMachines) return
  machineHost()
  loadXterm().catch(() => undefined)
})
