/** The deck's end of a pane: its frame, and the way from it to the machine. The deck reads nothing of what is shown but the state of its bars. */
import type { ByteStream, Session } from '../../engine/host/session.ts'
import { watchPulse } from '../watch-pulse.ts'
import { keepFocus } from './keep-focus.ts'
import type { Ask, FromWrapper, PaneState, StartPane, ToWrapper } from './messages.ts'

export interface Pane {
  go(url: string): void
  back(): void
  forward(): void
  reload(): void
  stop(): void
  /** Answers a `realm` of its state. */
  signIn(name: string, password: string): void
  close(): void
}

export interface PaneEvents {
  state(state: PaneState): void
  download(name: string, content: Blob): void
  /** The page gives the keyboard back. */
  leave(): void
  /** It does not answer: it may loop for ever. Or it answers again. */
  stuck(is: boolean): void
}

/** Milliseconds between two questions whether the page answers, and how many it may be too busy for. */
const PULSE = 1000
const PATIENCE = 4

/**
 * The shown page inherits it: scripts and styles come in the document, in data: or blob: addresses; nothing is loaded from anywhere, no form
 * is sent, no frame navigated. 'unsafe-inline' and 'unsafe-eval' are the page's own business: its origin is its own.
 */
const policy = [
  'default-src \'none\'',
  'script-src \'unsafe-inline\' \'unsafe-eval\' data: blob:',
  'style-src \'unsafe-inline\' data: blob:',
  ...['img', 'font', 'media', 'connect'].map(kind => `${kind}-src data: blob:`),
  'worker-src \'none\'',
  'frame-src \'none\'',
  'form-action \'none\'',
].join('; ')

/** What a page could ask the person for, or take: nothing of it is for what stands in a slide. */
const permissions = [
  'autoplay', 'bluetooth', 'camera', 'clipboard-read', 'clipboard-write', 'deferred-fetch', 'deferred-fetch-minimal', 'display-capture', 'fullscreen', 'gamepad',
  'geolocation', 'hid', 'microphone', 'midi', 'payment', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb', 'web-share', 'window-management', 'xr-spatial-tracking',
].map(name => `${name} 'none'`).join('; ')

/** `assets`: where `machine/` is served, with its last slash. Rejects with one line. */
export async function connectPane(frame: HTMLIFrameElement, session: Pick<Session, 'connect'>, assets: string, events: PaneEvents): Promise<Pane> {
  const text = async (name: string) => {
    const response = await fetch(`${assets}machine/${name}`)
    if (!response.ok) throw new Error(`${assets}machine/${name}: the server answered ${response.status}; run \`npm run setup\``)
    return response.text()
  }
  const [wrapper, bridge] = await Promise.all([text('pane.js'), text('pane-bridge.js')])
  const connections = new Map<number, ByteStream>()
  const { port1, port2 } = new MessageChannel()
  const tell = (message: ToWrapper, transfer: Transferable[] = []) => port1.postMessage(message, transfer)

  async function answer(ask: Ask): Promise<unknown> {
    if (ask.op === 'connect') {
      connections.set(ask.connection, await session.connect(ask.port))
      return undefined
    }
    const connection = connections.get(ask.connection)
    if (!connection) throw new Error('the connection is closed')
    if (ask.op === 'receive') return connection.receive()
    if (ask.op === 'send') return connection.send(ask.bytes)
    connections.delete(ask.connection)
    return connection.close()
  }

  port1.onmessage = ({ data }: MessageEvent<FromWrapper>) => {
    switch (data.op) {
      case 'alive': return pulse.heard()
      case 'pressed': return pressed.shift()?.(data.is)
      case 'state': return events.state(data.state)
      case 'download': return events.download(data.name, data.content)
      case 'leave': return events.leave()
      default:
        return void answer(data).then(
          value => tell({ op: 'answer', id: data.id, value }),
          (error: unknown) => tell({ op: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) }),
        )
    }
  }

  const pulse = watchPulse({
    ask: () => tell({ op: 'alive' }), every: PULSE, patience: PATIENCE, onSilence: () => events.stuck(true), onReturn: () => events.stuck(false),
  })
  const pressed: ((is: boolean) => void)[] = []
  const leaveFocus = keepFocus(frame, () => new Promise(resolve => {
    pressed.push(resolve)
    tell({ op: 'pressed' })
  }))
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve, { once: true }))
  frame.setAttribute('sandbox', 'allow-scripts allow-forms')
  frame.setAttribute('allow', permissions)
  frame.srcdoc = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="color-scheme" content="light dark">`
    + `<style>html, body, iframe { width: 100%; height: 100%; margin: 0; border: 0; display: block; overflow: hidden }</style><body><script>${wrapper}</script>`
  await loaded
  frame.contentWindow?.postMessage({ op: 'start', bridge } satisfies StartPane, '*', [port2])

  return {
    go: url => tell({ op: 'go', url }),
    back: () => tell({ op: 'back' }),
    forward: () => tell({ op: 'forward' }),
    reload: () => tell({ op: 'reload' }),
    stop: () => tell({ op: 'stop' }),
    signIn: (name, password) => tell({ op: 'sign-in', name, password }),
    close() {
      pulse.stop()
      leaveFocus()
      port1.close()
      // Another pane may wait for the answer.
      for (const resolve of pressed.splice(0)) resolve(false)
      for (const connection of connections.values()) connection.close().catch(() => undefined)
      connections.clear()
    },
  }
}
