/**
 * Turns a restored interpreter into a process: CPython's own command line and environment parsing, then CPython's own main.
 */
import type { Booted } from './boot-interpreter.ts'
import type { Interpreter } from './interpreter.ts'

export interface ProcessImage {
  pid: number
  ignored: number[]
  argv: string[]
  env: Record<string, string>
}



/** Room for a PyConfig and a PyStatus (wasm32: less than 1 KiB). */
const CONFIG_SIZE = 4096
const STATUS_SIZE = 16
/** Fields of sys.flags in CPython 3.14, the last two keyword-only by position. */
const FLAGS = 18
/** PyStatus { int _type; const char *func; const char *err_msg; int exitcode; }: _type is 1 for an error, 2 for an exit. */
const STATUS_ERROR = 1
const STATUS_EXIT = 2

/** The exit status. `complain` writes to stderr. */
export function startProcess(booted: Booted, image: ProcessImage, complain: (text: string) => void): number {
  const { interpreter } = booted
  try {
    setEnvironment(booted, image.env)
    const early = configure(booted, image, complain)
    if (early !== undefined) return early
    interpreter.runtimeKeepalivePop?.()
    return interpreter._Py_RunMain()
  } catch (error) {
    if (error instanceof interpreter.ExitStatus) return error.status
    throw error
  }
}

function setEnvironment({ interpreter, heap }: Booted, env: Record<string, string>) {
  interpreter._clearenv()
  for (const [name, value] of Object.entries(env)) {
    const pointers = [heap.newString(name), heap.newString(value)] as const
    interpreter._setenv(...pointers, 1)
    pointers.forEach(pointer => interpreter._free(pointer))
  }
}

/** An exit status where parsing already ended the process (-V, -h, a bad option). */
function configure(booted: Booted, { pid, ignored, argv, env }: ProcessImage, complain: (text: string) => void): number | undefined {
  const { interpreter, heap, python } = booted
  const config = interpreter._malloc(CONFIG_SIZE + STATUS_SIZE)
  const status = config + CONFIG_SIZE
  const pointers = argv.map(arg => heap.newString(arg))
  const list = interpreter._malloc(4 * argv.length)
  pointers.forEach((pointer, index) => heap.view().setUint32(list + 4 * index, pointer, true))

  interpreter._PyConfig_InitPythonConfig(config)
  interpreter._PyConfig_SetBytesArgv(status, config, argv.length, list)
  interpreter._PyConfig_Read(status, config)
  const type = heap.view().getInt32(status, true)
  if (type === STATUS_EXIT) return flushed(interpreter, heap.view().getInt32(status + 12, true))
  if (type === STATUS_ERROR) {
    const [where, what] = [4, 8].map(offset => heap.string(heap.view().getUint32(status + offset, true)))
    complain(`Fatal Python error: ${where}: ${what}\nPython runtime state: preinitialized\n\n`)
    return 1
  }

  const live = interpreter.__Py_GetConfig()
  const names = [heap.newString('_parsed_config'), heap.newString('_live_config')] as const
  const liveDictionary = interpreter.__PyConfig_AsDict(live)
  interpreter._PySys_SetObject(names[0], interpreter.__PyConfig_AsDict(config))
  interpreter._PySys_SetObject(names[1], liveDictionary)
  const globals = python.toPy({ pid, ignored, argv0: argv[0] ?? '', env: JSON.stringify(env) })
  const refused = python.runPython('import sys; sys._begin_process(pid, ignored, argv0, env)', { globals }) as number | undefined
  globals.destroy()
  if (refused !== undefined) return refused
  setFlags(booted)
  if (interpreter.__PyConfig_FromDict(live, liveDictionary) !== 0) {
    interpreter._PyErr_Print()
    throw new Error('CPython refused its configuration')
  }
  interpreter._PyConfig_Clear(config)
  return undefined
}

/** sys.flags is closed to Python: its items are put in place one by one. */
function setFlags({ interpreter, heap, python }: Booted) {
  const names = ['flags', '_new_flags'].map(name => heap.newString(name)) as [number, number]
  const [flags, values] = names.map(name => interpreter._PySys_GetObject(name)) as [number, number]
  for (let index = 0; index < FLAGS; index++) {
    const value = interpreter._PyTuple_GetItem(values, index)
    interpreter._Py_IncRef(value)
    interpreter._PyStructSequence_SetItem(flags, index, value)
  }
  python.runPython('import sys; del sys._new_flags, sys._begin_process, sys')
}

/** C's own stdio holds what CPython printed while it parsed its command line. */
function flushed(interpreter: Interpreter, status: number): number {
  interpreter._fflush(0)
  return status
}
