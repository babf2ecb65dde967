/** A bare page with the machines in it and no deck: what the browser tests and the benchmarks of the machine talk to. */
import { connectFrame } from '../../components/connect-frame.ts'
import { connectPane } from '../../components/pane/connect-pane.ts'
import type { PaneState } from '../../components/pane/messages.ts'
import { createHost } from '../../engine/host/create-host.ts'
import { createOutsideFetch } from '../../engine/host/create-outside-fetch.ts'
import type { Fixture, Session } from '../../engine/host/session.ts'

const host = createHost(() => connectFrame('/'), createOutsideFetch({ assets: new URL('/', location.href).href, isOpen: () => false, fetch }))

const page = {
  host,
  now: () => performance.now(),
  open: (fixture: Partial<Fixture> = {}) =>
    host.open({ name: 'test', directory: '/home/user/demo', files: [], ...fixture }, { rows: 24, columns: 80 }),
  /** A pane without its bars: what would be in them. */
  pane: async (session: Session) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    // `began`: so many visits, each told by `loading`.
    const seen = { state: undefined as PaneState | undefined, began: 0, stuck: false, downloads: [] as [name: string, text: string][] }
    const pane = await connectPane(frame, session, '/', {
      state: state => {
        if (state.loading) seen.began++
        seen.state = state
      },
      download: (name, content) => void content.text().then(text => seen.downloads.push([name, text])),
      leave: () => undefined,
      stuck: is => { seen.stuck = is },
    })
    return { ...pane, seen }
  },
  python: () => new Promise<string>(resolve => {
    if (host.python !== 'loading') resolve(host.python)
    else host.onPython(resolve)
  }),
  /** Types a line and gathers what is printed until the prompt is back; `firstByte` is the time from Enter (`began`) to the first byte after
   *  the echoed line, in ms. */
  run: (session: Session, line: string) => new Promise<{ output: string; status: number; firstByte: number; began: number; total: number }>(resolve => {
    const decoder = new TextDecoder()
    let text = ''
    let began = 0
    let firstByte = -1
    const stop = session.onOutput(bytes => {
      text += decoder.decode(bytes, { stream: true })
      const start = text.indexOf('\x1b]133;C\x07')
      if (start < 0) return
      const after = text.slice(start + 8)
      if (firstByte < 0 && after.replace(/\x1b\][^\x07]*\x07?/g, '')) firstByte = performance.now() - began
      const end = /\x1b\]133;D;(\d+)\x07[^]*\x1b\]133;B\x07/.exec(after)
      if (!end) return
      stop()
      resolve({ output: after.slice(0, end.index), status: Number(end[1]), firstByte, began, total: performance.now() - began })
    })
    began = performance.now()
    session.input(`${line}\r`)
  }),
}
export type MachinePage = typeof page
Object.assign(globalThis, { page })
