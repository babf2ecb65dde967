import { createHost } from '../engine/host/create-host.ts'
import { createOutsideFetch } from '../engine/host/create-outside-fetch.ts'
import type { Fixture, MachineHost, Session } from '../engine/host/session.ts'
import { connectFrame } from './connect-frame.ts'
import type {} from './early-machines.ts'
import { outsideOpen } from './outside-switch.ts'
import type { TerminalBlock } from './terminal-block.ts'
import { terminalShown } from './terminal-shown.ts'

/** Milliseconds without a key, a click or a command after which the deck counts as idle. */
const IDLE = 5 * 60_000

let host: MachineHost | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let listening = false
let idle = false
/** The host's machines could not be brought up. */
let failed = false

/** The page's one host: all terminals' machines live in its one frame. The page's head has started it, or the first terminal that asks does. */
export function machineHost(): MachineHost {
  if (host) return host
  const early = globalThis.earlyMachines
  globalThis.earlyMachines = undefined
  host = createHost(() => early ?? connectFrame(import.meta.env.BASE_URL, { beforePython: terminalShown() }), outside())
  failed = false
  const started = host
  started.ready.catch(() => { failed = host === started })
  if (!listening) listen()
  keepWarm()
  return host
}

/** A machine of its own that starts from `fixture`, with the block's terminal. */
export function openOn(fixture: Fixture, { columns, rows, options: { cwd } }: TerminalBlock): Promise<Session> {
  return machineHost().open({ ...fixture, directory: cwd ?? fixture.directory }, { columns, rows })
}

/** Programs reach the deck's own package index; the rest of the world only while the deck's switch says so. */
function outside(): typeof fetch {
  return createOutsideFetch({ assets: new URL(import.meta.env.BASE_URL, location.href).href, isOpen: () => outsideOpen.value, fetch })
}

/** Machines that could not start, have ended, or are without Python are left: the next terminal that asks brings up new ones. */
export function forgetFailedMachines() {
  if (failed || host?.lost !== undefined || host?.python === 'failed') endMachines()
}

/** Ends all machines of the page: the next terminal that asks brings up new ones. */
export function endMachines() {
  host?.end()
  host = undefined
}

/** The deck is in use: spare interpreters stay for some minutes more, and come back if they were gone. */
export function keepWarm() {
  clearTimeout(timer)
  if (!host) return
  if (idle) host.wake()
  idle = false
  timer = setTimeout(rest, IDLE)
}

function rest() {
  idle = true
  host?.idle()
}

function listen() {
  listening = true
  // A deck in the background keeps its machines, not its spare interpreters.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return keepWarm()
    clearTimeout(timer)
    rest()
  })
  for (const kind of ['keydown', 'pointerdown', 'pointermove']) addEventListener(kind, keepWarm, { passive: true })
}
