/**
 * The first script of the page, in its head (see setup/early-machines.ts): the machines' frame comes up while the browser still fetches the
 * deck, which has to do nothing but wait then. Paper needs no machines, nor can they be on a page that is not isolated.
 */
import type { Connection } from '../engine/host/create-host.ts'
import { connectFrame } from './connect-frame.ts'
import { terminalShown } from './terminal-shown.ts'

declare global {
  /** The way to the machines that this script has opened, for machine-host.ts to take. */
  var earlyMachines: Promise<Connection> | undefined
}
/** Where the deck is served, filled in by the build. */
declare const ASSETS: string
/** Milliseconds that Python leaves to the deck and its first terminal: a shell that answers comes first. */
const COURTESY = 1500

if (crossOriginIsolated && !new URLSearchParams(location.search).has('print')) {
  globalThis.earlyMachines = connectFrame(ASSETS, terminalShown(COURTESY))
  // Its taker hears of it.
  globalThis.earlyMachines.catch(() => undefined)
}
