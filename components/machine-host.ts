import { createHost } from '../engine/host/create-host.ts'
import type { MachineHost } from '../engine/host/session.ts'
import { connectFrame } from './connect-frame.ts'

let host: MachineHost | undefined

/** The page's one host: all terminals' machines live in its one frame. It starts with the first terminal that asks. */
export function machineHost(): MachineHost {
  if (host) return host
  const started = createHost(() => connectFrame(import.meta.env.BASE_URL))
  host = started
  // A deck in the background keeps its machines, not its spare interpreters.
  document.addEventListener('visibilitychange', () => { if (document.hidden) started.idle() })
  return started
}
