/**
 * Each process is a fresh worker, in which V8 has compiled no JavaScript yet, and it optimises the wasm's code, which all workers share, only
 * bit by bit while programs run. So a spare interpreter runs a program on a stage, before it becomes a process: its imports and files go the
 * very way that a process's go. Afterwards its memory is restored, and its view of files forgotten: V8 knows the way, the process nothing.
 */
import type { Heap } from './heap.ts'
import type { Interpreter } from './interpreter.ts'
import type { Stage } from './stage.ts'

/** Imports of all modules: so many that a few rehearsals make all of the wasm that they use optimised code. */
const ROUNDS = 12

/** In an interpreter whose memory has been restored and will be again, and whose calls go to the stage. Throws what the program complains of. */
export function rehearse(interpreter: Interpreter, heap: Heap, { directory, modules, archive, printed }: Stage): void {
  interpreter.HEAPU8[interpreter._Py_EMSCRIPTEN_SIGNAL_HANDLING] = 1
  const status = interpreter._PyRun_SimpleString(heap.newString(`
import os, sys
sys.path.insert(0, '${directory}')
names = '${modules.join(' ')}'.split()
for round in range(${ROUNDS}):
    for name in names:
        __import__(name)
        assert not os.path.exists('${directory}/absent' + name)
        with open('${archive}', 'rb') as file:
            file.read()
            file.seek(round)
        try:
            os.lseek(0, 0, os.SEEK_CUR)
        except OSError:
            pass
    for name in names:
        del sys.modules[name]
sys.stdout.write('ready')
sys.stdout.flush()
`))
  if (status !== 0 || printed() !== 'ready') throw new Error(`the rehearsal failed: ${printed()}`)
}
