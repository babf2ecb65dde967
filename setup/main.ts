import { defineAppSetup } from '@slidev/types'
import { registerServiceWorker } from '../components/register-service-worker.ts'

export default defineAppSetup(() => {
  // The dev server sends the isolation headers itself.
  if (import.meta.env.PROD) registerServiceWorker(import.meta.env.BASE_URL)
})
