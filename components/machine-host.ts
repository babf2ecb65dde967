import { createHost } from '../engine/host/create-host.ts'
import { createOutside } from '../engine/host/create-outside.ts'
import type { MachineHost } from '../engine/host/session.ts'
import { connectFrame } from './connect-frame.ts'

/** Milliseconds without a key, a click or a command after which the deck counts as idle. */
const IDLE = 5 * 60_000

let host: MachineHost | undefined
let timer: ReturnType<typeof setTimeout> | undefined

/** The page's one host: all terminals' machines live in its one frame. It starts with the deck (setup/main.ts), or with the first terminal that asks. */
export function machineHost(): MachineHost {
  if (host) return host
  const started = createHost(() => connectFrame(import.meta.env.BASE_URL), outside())
  host = started
  // A deck in the background keeps its machines, not its spare interpreters.
  document.addEventListener('visibilitychange', () => { if (document.hidden) started.idle() })
  for (const kind of ['keydown', 'pointerdown', 'pointermove']) addEventListener(kind, keepWarm, { passive: true })
  keepWarm()
  return started
}

/** Programs reach the deck's own package index; the rest of the world only where the deck's address says `?outside`. */
function outside(): typeof fetch {
  const isOpen = new URLSearchParams(location.search).has('outside')
  return createOutside({ assets: new URL(import.meta.env.BASE_URL, location.href).href, isOpen: () => isOpen, fetch })
}

/** The deck is in use: spare interpreters stay for some minutes more. */
export function keepWarm() {
  clearTimeout(timer)
  timer = host && setTimeout(host.idle, IDLE)
}
