/** What the page, the frame's own script, and the kernel's worker say to each other while the machines come up. */

/** Page to frame, first: the kernel's script, and two MessagePorts (transferred) that go on to the kernel: `page`'s, below. */
export interface StartKernel {
  op: 'kernel'
  script: Blob
  /** Interpreters kept warm, once Python is there. */
  spares: number
}
/** Page to frame, right after: the script that the kernel asks for when a command is run. */
export interface LateScript {
  op: 'late'
  script: Blob
}
/** Page to frame, each as soon as it is there: the files that Python is made of. Terminals work before. */
export interface PythonPart {
  op: 'part'
  part: 'script' | 'wasm' | 'stdlib' | 'snapshot'
  file: Blob
}
/** Page to frame: Python's files could not be had; `reason` is one line. */
export interface NoPython {
  op: 'no-python'
  reason: string
}
/** `alive` asks whether the frame is still there: it says `up` again. */
export type ToFrame = StartKernel | LateScript | PythonPart | NoPython | { op: 'alive' }
/** Frame to page: its script runs; or machines cannot be here, or have ended, for one line of a reason. */
export type FromFrame = { op: 'up' } | { op: 'failed'; reason: string }

/**
 * Frame to kernel. `page`: the way to the page, and another on which the kernel answers whatever comes, which says that it lives. `late` is
 * where the rest of its script is. `made` carries the port to a new worker; `lost` says that a worker died by itself, or could not be made.
 */
export type ToKernel =
  | { op: 'page'; port: MessagePort; pulse: MessagePort }
  | { op: 'late'; url: string }
  | { op: 'python'; module: WebAssembly.Module; stdlib: SharedArrayBuffer; snapshot: SharedArrayBuffer; spares: number }
  | { op: 'no-python'; reason: string }
  | { op: 'made'; worker: number; port: MessagePort }
  | { op: 'lost'; worker: number; reason: string }
/** Frame to a worker that runs the kernel's script, to be no kernel but a thread for data. */
export interface BeDataThread {
  op: 'data-thread'
  port: MessagePort
  /** Where the rest of its script is. */
  late: string
}
/** Kernel to frame: `up` first thing; only the frame's main thread makes workers (nested ones fail in a null origin in some engines). */
export type FromKernel = { op: 'up' } | { op: 'make'; worker: number; kind: WorkerKind } | { op: 'terminate'; worker: number }
export type WorkerKind = 'python' | 'data'
