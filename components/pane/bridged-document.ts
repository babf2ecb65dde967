/** A rewritten document's text, with the bridge before all of its scripts. */
import type { PagePlace } from './messages.ts'

export interface Rewritten {
  html: string
  title: string
}

/** Addresses that need no server. */
export const here = /^(?:data|blob|about):/i
/** Answered by other means, or stopped by the pane's policy and then only noise. */
export const dropped = 'base, meta[http-equiv="Content-Security-Policy" i], meta[http-equiv="refresh" i], link:not([rel~="stylesheet" i])'

export function bridgedDocument(document: Document, base: string, bridge: string, place: PagePlace, imports: Record<string, string> = {}): Rewritten {
  const first = document.createElement('base')
  first.href = base
  const script = document.createElement('script')
  script.textContent = bridgeFor(bridge, place)
  document.head.prepend(first, script)
  if (Object.keys(imports).length > 0) {
    const map = document.createElement('script')
    map.type = 'importmap'
    map.textContent = JSON.stringify({ imports })
    script.after(map)
  }
  return { html: `<!doctype html>${document.documentElement.outerHTML}`, title: document.title }
}

/** The bridge takes its place from a name that is there for it alone. */
const bridgeFor = (bridge: string, place: PagePlace) => `{const PLACE=${JSON.stringify(place).replaceAll('<', '\\u003c')};${bridge}}`
