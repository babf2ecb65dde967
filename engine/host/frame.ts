/**
 * The script of the null-origin frame. It owns no state of a machine: it makes the workers (the kernel's, and others when the
 * kernel asks), because only its main thread can in every engine, and hands bytes on. It has no network: everything comes from the page.
 */
import type { BeDataThread, FromFrame, FromKernel, PythonPart, ToFrame, ToKernel, WorkerKind } from './frame-messages.ts'

/** What the page says right after it asked for the kernel waits for it. */
let kernel: Promise<Worker> | undefined
let pythonScript: string | undefined
let kernelScript: string | undefined
let lateScript: string | undefined
let dataUrls = false
const workers = new Map<number, Worker>()
/** Resolved by the part's arrival. */
const arrivals = new Map<PythonPart['part'], (file: Blob) => void>()
const arrival = (part: PythonPart['part']) => new Promise<Blob>(resolve => arrivals.set(part, resolve))
/** Made before the kernel asks for it: its script is read while the wasm is compiled. */
let early: Worker | undefined

const tellPage = (message: FromFrame) => parent.postMessage(message, '*')
const tellKernel = (message: ToKernel, transfer: Transferable[] = []) => void kernel?.then(worker => worker.postMessage(message, transfer), () => undefined)

/** Python's processes cannot be without their kernel. */
function fail(reason: string) {
  early?.terminate()
  for (const number of workers.keys()) endWorker(number)
  tellPage({ op: 'failed', reason })
}

addEventListener('message', event => {
  if (event.source !== parent) return
  const message = event.data as ToFrame
  if (message.op === 'kernel') {
    kernel = startKernel(message.script, event.ports[0] as MessagePort, event.ports[1] as MessagePort)
    kernel.catch((error: unknown) => fail(`the machine's kernel cannot start: ${error instanceof Error ? error.message : String(error)}`))
    gatherPython(kernel, message.spares).catch((error: unknown) => tellKernel({ op: 'no-python', reason: String(error) }))
  } else if (message.op === 'late') bringLate(message.script).catch(() => undefined)
  else if (message.op === 'part') arrivals.get(message.part)?.(message.file)
  else if (message.op === 'no-python') tellKernel(message)
  else tellPage({ op: 'up' })
})

/** Settles when the kernel runs. A worker of a null origin cannot be made from a blob URL in every engine (WebKit): then from a data URL. */
async function startKernel(script: Blob, port: MessagePort, pulse: MessagePort): Promise<Worker> {
  kernelScript = urlOf(script)
  const worker = await running(kernelScript).catch(async () => {
    dataUrls = true
    kernelScript = await dataUrlOf(script)
    return running(kernelScript)
  })
  worker.onmessage = ({ data }: { data: FromKernel }) => {
    if (data.op === 'make') makeWorker(data.worker, data.kind)
    else if (data.op === 'terminate') endWorker(data.worker)
  }
  // What it has half done then, nobody knows.
  worker.onerror = event => {
    worker.terminate()
    fail(`the machine's kernel failed: ${event.message}`)
  }
  const page: ToKernel = { op: 'page', port, pulse }
  worker.postMessage(page, [port, pulse])
  return worker
}

/** Whether it is to be a data URL shows when the kernel runs. Rejects where it cannot, which has been said then. */
async function bringLate(script: Blob) {
  await kernel
  lateScript = dataUrls ? await dataUrlOf(script) : urlOf(script)
  tellKernel({ op: 'late', url: lateScript })
}

/** The kernel says `up` first thing. */
function running(url: string): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url)
    worker.onmessage = () => resolve(worker)
    worker.onerror = event => {
      event.preventDefault()
      reject(new Error(event.message || 'its worker failed'))
    }
  })
}

/** Each part is made ready while the others are on their way. */
async function gatherPython(running: Promise<Worker>, spares: number) {
  const [module, stdlib, snapshot] = await Promise.all([
    arrival('wasm').then(file => file.arrayBuffer()).then(bytes => WebAssembly.compile(bytes)),
    arrival('stdlib').then(shared),
    arrival('snapshot').then(shared),
    Promise.all([arrival('script'), running]).then(async ([script]) => {
      pythonScript = dataUrls ? await dataUrlOf(script) : urlOf(script)
      early = new Worker(pythonScript)
      // Then the kernel's own request fails, and says why.
      early.onerror = () => { early = undefined }
    }),
  ])
  tellKernel({ op: 'python', module, stdlib, snapshot, spares })
}

function newPython(): Worker {
  const worker = early ?? new Worker(pythonScript as string)
  early = undefined
  return worker
}

function makeWorker(number: number, kind: WorkerKind) {
  const lose = (reason: string) => tellKernel({ op: 'lost', worker: number, reason })
  let worker: Worker
  try {
    worker = kind === 'python' ? newPython() : new Worker(kernelScript as string)
  } catch (error) {
    return lose(String(error))
  }
  const { port1, port2 } = new MessageChannel()
  workers.set(number, worker)
  worker.onerror = event => {
    event.preventDefault()
    lose(event.message || 'its worker failed')
    endWorker(number)
  }
  const first: BeDataThread | { port: MessagePort } = kind === 'python' ? { port: port1 } : { op: 'data-thread', port: port1, late: lateScript as string }
  worker.postMessage(first, [port1])
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

const urlOf = (script: Blob) => URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
const dataUrlOf = async (script: Blob) => `data:text/javascript;charset=utf-8,${encodeURIComponent(await script.text())}`

if (crossOriginIsolated) tellPage({ op: 'up' })
else tellPage({ op: 'failed', reason: 'this page is not cross-origin isolated: serve it with COOP same-origin and COEP require-corp' })
