/** Brings up the machines' sandboxed frame in a page and answers with the way to them. */
import type { Connection } from '../engine/host/create-host.ts'
import type { FromFrame, PythonPart, StartKernel, ToFrame } from '../engine/host/frame-messages.ts'
import type { FromMachines, Port, ToMachines } from '../engine/host/messages.ts'
import type { FrameScript } from './frame-script.ts'
import { watchPulse, type Pulse } from './watch-pulse.ts'

/**
 * A null origin without network: code in it, Python's `js` module included, reaches no server, no storage and no page.
 * Workers, and what the kernel's runs later, need blob: (data: in WebKit); WebAssembly needs 'wasm-unsafe-eval'; the frame's one script is
 * allowed by its hash.
 */
const policy = (hash: string) => `default-src 'none'; script-src 'sha256-${hash}' 'wasm-unsafe-eval' blob: data:; worker-src blob: data:`

/** In the order in which they are wanted: the wasm takes longest to make ready. */
const pythonFiles: Record<PythonPart['part'], string> = {
  wasm: 'pyodide/pyodide.asm.wasm',
  script: 'machine/python.js',
  snapshot: 'pyodide/snapshot.bin',
  stdlib: 'pyodide/stdlib.bin',
}

/** Milliseconds between two questions whether the machines live, and how many may stay unanswered. */
const HEARTBEAT = 3000
const PATIENCE = 2

export interface FrameOptions {
  /** Python's forty megabytes are asked for when this has resolved: the page may have something that is to come before. */
  beforePython?: Promise<unknown>
  /** Where the page brings it itself, the frame need not wait for it. */
  frameScript?: FrameScript
}

/** `assets` is the URL under which `machine/` and `pyodide/` are served, with its last slash. */
export async function connectFrame(assets: string, { beforePython, frameScript }: FrameOptions = {}): Promise<Connection> {
  if (!('WebAssembly' in globalThis)) throw new Error('this browser runs no WebAssembly, which Python is made of')
  const get = async (path: string) => {
    const response = await fetch(assets + path).catch((error: unknown) => { throw new Error(`${assets}${path}: ${reasonOf(error)}`) })
    if (!response.ok) throw new Error(`${assets}${path}: the server answered ${response.status}; run \`npm run setup\``)
    return response
  }
  const kernelScript = get('machine/kernel.js').then(response => response.blob())
  const python = Object.entries(pythonFiles).map(async ([part, path]): Promise<ToFrame> => {
    await beforePython
    return { op: 'part', part: part as PythonPart['part'], file: await get(path).then(response => response.blob()) }
  })
  // They are waited for only when the frame is up: their failing before must not count as nobody's.
  for (const file of [kernelScript, ...python]) file.catch(() => undefined)
  const { text, sha256 }: FrameScript = frameScript ?? await hashed(await (await get('machine/frame.js')).text())

  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.allow = 'cross-origin-isolated'
  frame.hidden = true
  frame.title = 'The machine behind the terminals'
  frame.srcdoc = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy(sha256)}"><script>${text}</script>`

  const { port1, port2 } = new MessageChannel()
  const kernel = new MessageChannel()
  const tell = (message: ToFrame, transfer: Transferable[] = []) => frame.contentWindow?.postMessage(message, '*', transfer)
  let up = () => {}
  let end = (_reason: string) => {}
  const lost = new Promise<string>(resolve => {
    let pulse: Pulse | undefined
    end = reason => {
      pulse?.stop()
      kernel.port1.close()
      removeEventListener('message', hear)
      frame.remove()
      resolve(reason)
    }
    // Where the browser ends the frame's process (as it does when memory runs out) no script in it can say so. Its main thread does next to
    // nothing, but a page of the browser pane that loops may hold it: then the kernel, in a thread of its own, answers. While that one is busy,
    // the frame does.
    const ask = () => {
      tell({ op: 'alive' })
      kernel.port1.postMessage('alive')
    }
    const hear = (event: MessageEvent) => {
      if (event.source !== frame.contentWindow) return
      const message = event.data as FromFrame
      if (message.op === 'failed') return end(message.reason)
      pulse ??= watchPulse({
        ask, every: HEARTBEAT, patience: PATIENCE, onSilence: () => end('the machines have ended without a word: they may have run out of memory'),
      })
      pulse.heard()
      up()
    }
    kernel.port1.onmessage = () => pulse?.heard()
    addEventListener('message', hear)
    kernelScript.catch((error: unknown) => end(reasonOf(error)))
  })
  // The page may still be without a body.
  document.documentElement.append(frame)
  await new Promise<void>((resolve, reject) => {
    up = resolve
    void lost.then(reason => reject(new Error(reason)))
  })

  const start: StartKernel = { op: 'kernel', script: await kernelScript, spares: spareInterpreters() }
  tell(start, [port2, kernel.port2])
  get('machine/kernel-late.js').then(response => response.blob()).then(script => tell({ op: 'late', script }), (error: unknown) => end(reasonOf(error)))
  for (const part of python) part.then(message => tell(message), (error: unknown) => tell({ op: 'no-python', reason: reasonOf(error) }))
  return { port: port1 as unknown as Port<ToMachines, FromMachines>, lost, end: () => end('the machines were ended') }
}

async function hashed(text: string): Promise<FrameScript> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return { text, sha256: btoa(String.fromCharCode(...new Uint8Array(hash))) }
}

const reasonOf = (error: unknown) => error instanceof Error ? error.message : String(error)

/** Each spare is about 40 MB: one on a small device; elsewhere two, because a PEX that runs becomes another process soon. */
function spareInterpreters(): number {
  const memory = (navigator as { deviceMemory?: number }).deviceMemory ?? 4
  return memory <= 4 ? 1 : 2
}
