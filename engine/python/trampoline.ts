/**
 * CPython calls C functions whose signature may differ from the call through a trampoline. Where the engine has WebAssembly GC, Pyodide
 * puts a fast one into the function table while it starts, elsewhere it goes through JavaScript. A snapshot's memory knows table
 * addresses and the trampoline's: so the table gets the same slot in every engine, and each interpreter keeps its own engine's trampoline.
 */
import type { Heap } from './heap.ts'
import type { Interpreter } from './interpreter.ts'

/** Call it first thing after the interpreter is made; what it returns goes after its memory has been replaced by a snapshot's. */
export function keepTrampoline(interpreter: Interpreter, heap: Heap): () => void {
  const address = interpreter.__PyRuntime + heap.view().getInt32(interpreter.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET, true)
  const trampoline = heap.view().getUint32(address, true)
  if (trampoline === 0) interpreter.addFunction(() => 0, 'i')
  return () => heap.view().setUint32(address, trampoline, true)
}
