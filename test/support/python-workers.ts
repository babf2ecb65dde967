/** Python's workers in Node: the browser's own bundle in a worker thread that looks like a browser's worker. */
import { Worker } from 'node:worker_threads'
import { MessageChannel } from 'node:worker_threads'
import type { CreateWorker, WorkerPort } from '../../engine/python/pool.ts'

/** Hides Node from the script, as the frame's policy hides the network. */
const shim = `
const { parentPort } = require('node:worker_threads')
globalThis.self = globalThis
globalThis.WorkerGlobalScope = Object
parentPort.once('message', data => globalThis.onmessage({ data }))
delete globalThis.process
delete globalThis.fetch
`

export function nodeWorkers(script: string): CreateWorker {
  return onLost => {
    const worker = new Worker(`${shim}\n;(0, () => {${script}\n})()`, { eval: true, stdout: true, stderr: true })
    const { port1, port2 } = new MessageChannel()
    let ending = false
    worker.on('error', error => onLost(/memory/i.test(error.message) ? 'out of memory' : error.message))
    worker.on('exit', () => { if (!ending) onLost('its worker ended') })
    worker.postMessage({ port: port1 }, [port1])
    return Promise.resolve({
      port: port2 as unknown as WorkerPort,
      terminate() {
        ending = true
        port2.close()
        void worker.terminate()
      },
    })
  }
}
