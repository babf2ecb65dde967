/**
 * Brings up CPython: from a memory snapshot, or from nothing to make that snapshot. Emscripten's file system is never used: the
 * wasm's imports for files, descriptors and terminals are replaced before it is instantiated.
 */
import type { KernelCalls } from './call-kernel.ts'
import { createDescriptorImports } from './descriptor-imports.ts'
import type { Heap } from './heap.ts'
import { createHeap } from './heap.ts'
import { createImportResult } from './import-result.ts'
import { initializePython } from './initialize-python.ts'
import type { CreateInterpreter, ImportTable, Interpreter, PublicApi } from './interpreter.ts'
import { createNameImports } from './name-imports.ts'
import { addNativeFunctions } from './native-functions.ts'
import type { MachineModule } from './machine-module.ts'
import type { MemoryPicture } from './memory-picture.ts'
import { createPathImports } from './path-imports.ts'
import { createProcessImports, type SignalSource } from './process-imports.ts'
import type { ProcessorTime } from './processor-time.ts'
import type { ProcessFiles } from './process-files.ts'
import { reachableGlobals } from './reachable-globals.ts'
import { createReproducibleImports } from './reproducible-imports.ts'
import { createSocketAddresses } from './socket-addresses.ts'
import { createSocketImports } from './socket-imports.ts'
import { createTerminalImports } from './terminal-imports.ts'
import { keepTrampoline } from './trampoline.ts'

export interface Booted {
  interpreter: Interpreter
  python: PublicApi
  heap: Heap
}

export interface BootOptions {
  createInterpreter: CreateInterpreter
  module: WebAssembly.Module
  snapshot: MemoryPicture | undefined
  kernel: KernelCalls
  files: ProcessFiles
  /** May run Python in the restored memory, which is restored once more afterwards. Only with a snapshot. */
  rehearse?: ((interpreter: Interpreter, heap: Heap) => void) | undefined
  signals: SignalSource
  time: Pick<ProcessorTime, 'used'>
  /** What Python sees as the module `_machine`. */
  machine: MachineModule
  say(text: string): void
}

/** Must be the one that pyodide.asm.mjs was built with: the loader of the same package says it (BUILD_ID). */
const BUILD = '990c3b51a9722d62434de2bbc9643732658d488c1b6d467f22c1b6beba80d497'
const held = (machine: MachineModule): Record<string, unknown> => ({ machine, call: machine.call })
/** The clocks of processor time, of time.h and WASI alike. */
const CLOCK_PROCESS_CPUTIME = 2
const CLOCK_THREAD_CPUTIME = 3
/** Bytes that one process may use. A program that wants more gets a MemoryError; the page around it lives on. */
const MOST_MEMORY = 1 << 30

export async function bootInterpreter(options: BootOptions): Promise<Booted> {
  const { createInterpreter, module, snapshot, kernel, signals, rehearse, time, machine, say } = options
  const config = {
    jsglobals: reachableGlobals(), BUILD_ID: BUILD, packages: [], env: {}, args: [], enableRunUntilComplete: false, _makeSnapshot: !snapshot,
  }
  let instance: WebAssembly.Instance | undefined
  const settings: Record<string, unknown> = {
    noImageDecoding: true,
    noAudioDecoding: true,
    noInitialRun: true,
    print: say,
    printErr: say,
    thisProgram: '/opt/bin/python3',
    arguments: [],
    API: { config, runtimeEnv: { IN_BROWSER: true, IN_BROWSER_WEB_WORKER: true } },
    locateFile: (name: string) => name,
    // Where the browser can switch stacks (JSPI), Pyodide adds to this list; Emscripten itself would make it later.
    preRun: [],
    ...(snapshot ? { INITIAL_MEMORY: snapshot.length } : {}),
    instantiateWasm(imports: Record<string, ImportTable>, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) {
      const table = replaceImports(imports)
      void WebAssembly.instantiate(module, table).then(made => {
        instance = made
        done(made, module)
      })
      return {}
    },
  }
  const heap = createHeap(settings as unknown as Interpreter)
  let grow: ((size: number) => number) | undefined

  /** Emscripten's settings object becomes the module itself, so the imports may close over it before it is complete. */
  function replaceImports(imports: Record<string, ImportTable>): WebAssembly.Imports {
    const interpreter = settings as unknown as Interpreter
    const result = createImportResult(interpreter, () => signals.deliver(interpreter))
    const addresses = createSocketAddresses(heap)
    const ours: ImportTable = {
      ...createPathImports(heap, options.files, kernel, result),
      ...createDescriptorImports(heap, options.files, kernel, result),
      ...createTerminalImports(heap, kernel, result),
      ...createSocketImports(heap, kernel, addresses, result),
      ...createNameImports(interpreter, heap, options.files, kernel, addresses),
      ...createProcessImports(interpreter, heap, options.files, kernel, signals, result),
      ...(snapshot ? {} : createReproducibleImports(heap)),
    }
    grow = imports.env?.emscripten_resize_heap as typeof grow
    ours.emscripten_resize_heap = (size: number) => (size >>> 0) <= MOST_MEMORY && grow ? grow(size) : 0
    const clock = imports.wasi_snapshot_preview1?.clock_time_get as (id: number, precision: bigint, to: number) => number
    ours.clock_time_get = (id: number, precision: bigint, to: number) => {
      if (id !== CLOCK_PROCESS_CPUTIME && id !== CLOCK_THREAD_CPUTIME) return clock(id, precision, to)
      heap.view().setBigInt64(to >>> 0, BigInt(Math.round(time.used() * 1e6)), true)
      return 0
    }
    const failed = Symbol('a JavaScript call failed')
    const errorMark = { Jsv_GetError_import: () => failed, JsvError_Check: (value: unknown) => value === failed }
    const missing = Object.keys(ours).filter(name => !(name in (imports.env ?? {})))
    if (missing.length > 0) throw new Error(`this Pyodide has no imports ${missing.join(', ')}`)
    const env = { ...imports.env, ...errorMark, ...ours }
    const wasi = { ...imports.wasi_snapshot_preview1, ...ours }
    return { ...imports, env, wasi_snapshot_preview1: wasi } as WebAssembly.Imports
  }

  const interpreter = await createInterpreter(settings)
  const restoreTrampoline = keepTrampoline(interpreter, heap)
  const native = addNativeFunctions(interpreter, heap, options.files)
  const state = snapshot && interpreter.API.restoreSnapshot(snapshot.description)
  if (snapshot) {
    // The memory that the snapshot was taken of had grown: INITIAL_MEMORY is no more than what the wasm itself says.
    if (interpreter.HEAPU8.length < snapshot.length) grow?.(snapshot.length)
    snapshot.restore(interpreter.HEAPU8)
    restoreTrampoline()
    if (rehearse) {
      rehearse(interpreter, heap)
      native.forget()
      snapshot.clear(interpreter.HEAPU8)
      snapshot.restore(interpreter.HEAPU8)
      restoreTrampoline()
    }
  }
  if (!snapshot) {
    initializePython(interpreter, heap, instance as WebAssembly.Instance)
    // Before anything is imported: the library asks for it once, when a module is executed.
    interpreter.API.rawRun("import sys; sys.platform = 'linux'")
  }
  const python = interpreter.API.finalizeBootstrap(state, name => held(machine)[name as string])
  if (!snapshot) {
    python.registerJsModule('_machine', machine)
    native.offerToPython()
    native.translateErrors()
  }
  return { interpreter, python, heap }
}

/** The memory of an interpreter brought up without a snapshot. Of JavaScript's objects Python may hold `machine` and Pyodide's own. */
export function takeSnapshot({ interpreter }: Booted, machine: MachineModule): Uint8Array {
  return interpreter.API.makeSnapshot(value => {
    const name = Object.entries(held(machine)).find(([, each]) => each === value)?.[0]
    if (!name) throw new Error(`the snapshot would hold ${Object.prototype.toString.call(value)}`)
    return name
  })
}
