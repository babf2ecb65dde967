/**
 * The first script of the page, in its head (see setup/early-machines.ts): the machines' frame comes up while the browser still fetches the
 * deck, which has to do nothing but wait then. Paper needs no machines, nor can they be on a page that is not isolated.
 */
import type { Connection } from '../engine/host/create-host.ts'
import { connectFrame } from './connect-frame.ts'
import type { FrameScript } from './frame-script.ts'
import { terminalShown } from './terminal-shown.ts'

declare global {
  /** The way to the machines that this script has opened, for machine-host.ts to take. */
  var earlyMachines: Promise<Connection> | undefined
}
/** Filled in by the build: where the deck is served, and what a request would only bring later. */
declare const ASSETS: string
declare const FRAME_SCRIPT: FrameScript
declare const MODULES: string[]

if (crossOriginIsolated && !new URLSearchParams(location.search).has('print')) {
  globalThis.earlyMachines = connectFrame(ASSETS, { beforePython: terminalShown(), frameScript: FRAME_SCRIPT })
  // Its taker hears of it.
  globalThis.earlyMachines.catch(() => undefined)
  // What a terminal is made of is asked for now, not when its slide is made.
  for (const module of MODULES) {
    const link = { rel: 'modulepreload', crossOrigin: '', href: ASSETS + module }
    document.head.append(Object.assign(document.createElement('link'), link))
  }
}
