/** An interpreter brought up from nothing but its library, while the project is set up: on no machine, at no time. */
import { bootInterpreter, type Booted } from './boot-interpreter.ts'
import type { CreateInterpreter } from './interpreter.ts'
import { createMachineModule, type MachineModule } from './machine-module.ts'
import { createProcessFiles } from './process-files.ts'
import { openStdlib } from './stdlib-files.ts'
import { unconnectedCalls } from './unconnected-calls.ts'
import { createWorkerSignals } from './worker-signals.ts'

/** What an interpreter is made of. `stdlib` is laid out as scripts/library.ts says. */
export interface InterpreterParts {
  createInterpreter: CreateInterpreter
  module: WebAssembly.Module
  stdlib: ArrayBufferLike
}

export interface BareInterpreter {
  booted: Booted
  machine: MachineModule
  /** Runs Python with these globals. Throws with what Python printed, where it printed. */
  run(code: string, globals: Record<string, string>): unknown
}

export async function bootBare({ createInterpreter, module, stdlib }: InterpreterParts): Promise<BareInterpreter> {
  let said = ''
  const say = (text: string) => { said += text }
  const kernel = unconnectedCalls(say)
  const files = createProcessFiles(kernel, openStdlib(stdlib), { view: undefined })
  const machine = createMachineModule(kernel, files, undefined, () => undefined)
  const booted = await bootInterpreter({
    createInterpreter, module, snapshot: undefined, kernel, files, signals: createWorkerSignals(), time: { used: () => 0 }, machine, say,
  })
  return {
    booted,
    machine,
    run(code, names) {
      const globals = booted.python.toPy(names)
      const result = booted.python.runPython(code, { globals })
      globals.destroy()
      if (said) throw new Error(said)
      return result
    },
  }
}
