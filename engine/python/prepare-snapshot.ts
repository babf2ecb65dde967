/** Brings up an interpreter from nothing, puts the personality in place, and takes its memory. Runs once, when the project is set up. */
import { errnoTable } from '../machine/errno.ts'
import { bootInterpreter, takeSnapshot } from './boot-interpreter.ts'
import type { CreateInterpreter } from './interpreter.ts'
import { createMachineModule } from './machine-module.ts'
import { createProcessFiles } from './process-files.ts'
import { openStdlib } from './stdlib-files.ts'
import { unconnectedCalls } from './unconnected-calls.ts'
import { createWorkerSignals } from './worker-signals.ts'

/** `sources`: name -> text of the files in personality/. Throws with what Python printed where it fails. */
export async function prepareSnapshot(
  createInterpreter: CreateInterpreter, module: WebAssembly.Module, stdlib: ArrayBufferLike, sources: Record<string, string>,
): Promise<Uint8Array> {
  let said = ''
  const say = (text: string) => { said += text }
  const kernel = unconnectedCalls(say)
  const files = createProcessFiles(kernel, openStdlib(stdlib), { view: undefined })
  const machine = createMachineModule(kernel, files, () => undefined)
  const signals = createWorkerSignals()
  const booted = await bootInterpreter({ createInterpreter, module, snapshot: undefined, kernel, files, signals, machine, say })
  const globals = booted.python.toPy({ sources: JSON.stringify(sources), errnos: JSON.stringify(errnoTable) })
  booted.python.runPython(INSTALL, { globals })
  globals.destroy()
  if (said) throw new Error(said)
  return takeSnapshot(booted, machine)
}

const INSTALL = `
import json
def _install():
    texts = json.loads(sources)
    scope = {}
    exec(compile(texts['install'], '<install>', 'exec'), scope)
    scope['install'](texts, json.loads(errnos))
_install()
import gc
gc.collect()
`
