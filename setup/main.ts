import { defineAppSetup } from '@slidev/types'
import { firstPaint } from '../components/first-paint.ts'
import { machineHost } from '../components/machine-host.ts'
import { registerServiceWorker } from '../components/register-service-worker.ts'

export default defineAppSetup(() => {
  // The dev server sends the isolation headers itself.
  if (import.meta.env.PROD) registerServiceWorker(import.meta.env.BASE_URL)
  // The machines come up when the page has painted itself, before the first terminal is there to ask; paper needs none.
  if (crossOriginIsolated && !new URLSearchParams(location.search).has('print')) void firstPaint().then(machineHost)
})
