/**
 * Time and chance while a snapshot is made: always the same, so that the same sources make the same bytes. A process started from the
 * snapshot has real ones, and reseeds what was drawn here.
 */
import type { Heap } from './heap.ts'
import type { ImportTable } from './interpreter.ts'

/** Milliseconds since the epoch: the date of CPython 3.14.2. */
const START = Date.UTC(2025, 11, 5)

export function createReproducibleImports(heap: Heap): ImportTable {
  let ticks = 0
  let state = 1
  /** Each look at the clock finds it a microsecond later. */
  const elapsed = () => ++ticks / 1000
  return {
    random_get(pointer: number, size: number) {
      for (let index = 0; index < size; index++) {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
        heap.bytes()[(pointer >>> 0) + index] = state >>> 16
      }
      return 0
    },
    clock_time_get(clock: number, _precision: bigint, pointer: number) {
      const milliseconds = elapsed() + (clock === 0 ? START : 0)
      heap.view().setBigInt64(pointer >>> 0, BigInt(Math.round(milliseconds * 1e6)), true)
      return 0
    },
    emscripten_get_now: elapsed,
    emscripten_date_now: () => START + elapsed(),
  }
}
