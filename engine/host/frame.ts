/**
 * The script of the null-origin frame. It owns no state of a machine: it makes the workers (the kernel's, and Python's when the
 * kernel asks), because only its main thread can in every engine, and hands bytes on. It has no network: everything comes from the page.
 */
import type { FromFrame, FromKernel, StartPython, ToFrame, ToKernel } from './frame-messages.ts'

/** What the page says right after it asked for the kernel waits for it. */
let kernel: Promise<Worker> | undefined
let pythonScript: string | undefined
const workers = new Map<number, Worker>()

const tellPage = (message: FromFrame) => parent.postMessage(message, '*')
const tellKernel = (message: ToKernel, transfer: Transferable[] = []) => void kernel?.then(worker => worker.postMessage(message, transfer))

addEventListener('message', event => {
  if (event.source !== parent) return
  const message = event.data as ToFrame
  if (message.op === 'kernel') kernel = startKernel(message.script, event.ports[0] as MessagePort)
  else if (message.op === 'python') startPython(message).catch((error: unknown) => tellKernel({ op: 'no-python', reason: String(error) }))
  else if (message.op === 'no-python') tellKernel(message)
})

async function startKernel(script: Blob, port: MessagePort): Promise<Worker> {
  const worker = new Worker(await workerUrl(script))
  worker.onmessage = ({ data }: { data: FromKernel }) => {
    if (data.op === 'make') makeWorker(data.worker)
    else endWorker(data.worker)
  }
  worker.onerror = event => tellPage({ op: 'failed', reason: `the machine's kernel failed: ${event.message}` })
  const page: ToKernel = { op: 'page', port }
  worker.postMessage(page, [port])
  return worker
}

async function startPython({ script, wasm, stdlib, snapshot, spares }: StartPython) {
  const compiled = wasm.arrayBuffer().then(bytes => WebAssembly.compile(bytes))
  pythonScript = await workerUrl(script)
  tellKernel({ op: 'python', module: await compiled, stdlib: await shared(stdlib), snapshot: await shared(snapshot), spares })
}

function makeWorker(number: number) {
  const worker = new Worker(pythonScript as string)
  const { port1, port2 } = new MessageChannel()
  workers.set(number, worker)
  worker.onerror = event => {
    event.preventDefault()
    tellKernel({ op: 'lost', worker: number, reason: event.message || 'its worker failed' })
    endWorker(number)
  }
  worker.postMessage({ port: port1 }, [port1])
  tellKernel({ op: 'made', worker: number, port: port2 }, [port2])
}

function endWorker(number: number) {
  workers.get(number)?.terminate()
  workers.delete(number)
}

async function shared(blob: Blob): Promise<SharedArrayBuffer> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const copy = new SharedArrayBuffer(bytes.length)
  new Uint8Array(copy).set(bytes)
  return copy
}

/** A blob URL, or a data URL where a null origin's worker cannot be made from a blob (WebKit). */
async function workerUrl(script: Blob): Promise<string> {
  const probe = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }))
  const works = await new Promise<boolean>(resolve => {
    const worker = new Worker(probe)
    worker.onmessage = () => resolve(true)
    worker.onerror = event => {
      event.preventDefault()
      resolve(false)
    }
  })
  URL.revokeObjectURL(probe)
  if (works) return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(await script.text())}`
}

if (crossOriginIsolated) tellPage({ op: 'up' })
else tellPage({ op: 'failed', reason: 'this page is not cross-origin isolated: serve it with COOP same-origin and COEP require-corp' })
