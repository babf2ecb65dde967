/** The module `_machine` that the personality's Python files call: the kernel's calls, in and out as JSON, one at a time; code that is kept. */
import { processors } from '../machine/processors.ts'
import type { SpawnRequest } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { uname } from '../machine/uname.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { CompiledCode } from './compiled-code.ts'
import { deriveKey, type Derivation } from './derive-key.ts'
import type { ProcessFiles } from './process-files.ts'

export interface MachineModule {
  /** `args` is a JSON list. The answer is JSON: [0, value], or [errno, words]. */
  call(name: string, args: string): string
  findCode(key: string): Uint8Array | undefined
  keepCode(key: string, code: PythonBytes): void
}

/** Python's bytes, as JavaScript gets to see them. */
interface PythonBytes {
  toJs(): Uint8Array
}

/** `signalled` runs after every call, so that the handler of a signal that came with it, or interrupted it, runs next. */
export function createMachineModule(kernel: KernelCalls, files: ProcessFiles, codes: CompiledCode | undefined, signalled: () => void): MachineModule {
  const run = (name: string, args: unknown[]): unknown => (Reflect.get(kernel, name) as (...args: unknown[]) => unknown)(...args)
  return {
    call(name, args) {
      if (name === 'uname') return JSON.stringify([0, Object.values(uname)])
      if (name === 'processors') return JSON.stringify([0, processors])
      if (name === 'deriveKey') return JSON.stringify([0, deriveKey((JSON.parse(args) as [Derivation])[0]) ?? null])
      const given = JSON.parse(args) as unknown[]
      if (name === 'exec') files.settle()
      if (name === 'spawnChild') files.settle(inherited(given[0] as SpawnRequest))
      try {
        return JSON.stringify([0, run(name, given) ?? null])
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        return JSON.stringify([error.errno, error.message])
      } finally {
        signalled()
      }
    },
    findCode: key => codes?.find(key),
    keepCode: (key, code) => codes?.keep(key, code.toJs()),
  }
}

/** The caller's descriptors that the child shares; undefined where all that may be are. */
const inherited = ({ fds }: SpawnRequest) => fds && Object.values(fds)
