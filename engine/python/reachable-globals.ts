/**
 * What Python's `js` module shows: the language, and nothing of the worker. The frame's policy refuses network and evaluation in any
 * case; this keeps a program from finding a port to the kernel, a timer or a place to store things by accident.
 */
export function reachableGlobals(): Record<string, unknown> {
  return {
    Object, Array, Number, String, Boolean, Symbol, BigInt, Math, JSON, Date, RegExp, Map, Set, WeakMap, WeakRef, Promise, Proxy, Reflect,
    Error, TypeError, RangeError, SyntaxError, ArrayBuffer, DataView, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array,
    Int32Array, Uint32Array, Float32Array, Float64Array, TextEncoder, TextDecoder, parseInt, parseFloat, isNaN, isFinite,
  }
}
