import { defineAppSetup } from '@slidev/types'
import { machineHost } from '../components/machine-host.ts'
import { registerServiceWorker } from '../components/register-service-worker.ts'

export default defineAppSetup(() => {
  // The dev server sends the isolation headers itself.
  if (import.meta.env.PROD) registerServiceWorker(import.meta.env.BASE_URL)
  // The machines come up while the slides are still being made; paper needs none.
  if (crossOriginIsolated && !new URLSearchParams(location.search).has('print')) machineHost()
})
