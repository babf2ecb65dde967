/**
 * Py_Initialize with our layout: prefix /opt, library at /opt/lib/python3.14. What each process changes is set when it starts.
 *
 * Not the hash seed: the hashes of the snapshot's strings lie in its dictionaries and sets, so every process hashes with the seed chosen
 * here, the order of a set of strings is the same in each, and PYTHONHASHSEED (checked as CPython checks it) changes nothing.
 */
import type { Heap } from './heap.ts'
import type { Interpreter } from './interpreter.ts'

type Call = (...args: number[]) => number

/** PEP 741's configuration API. Throws with CPython's own message. */
export function initializePython(interpreter: Interpreter, heap: Heap, instance: WebAssembly.Instance) {
  const call = (name: string, ...args: number[]) => (instance.exports[name] as Call)(...args) >>> 0
  const config = call('PyInitConfig_Create')
  const checked = (result: number) => {
    if (result === 0) return
    const where = interpreter._malloc(4)
    call('PyInitConfig_GetError', config, where)
    throw new Error(`Python did not start: ${heap.string(heap.view().getUint32(where, true))}`)
  }
  const setNumber = (name: string, value: number) => {
    const set = instance.exports.PyInitConfig_SetInt as (config: number, name: number, value: bigint) => number
    checked(set(config, heap.newString(name), BigInt(value)))
  }
  for (const [name, value] of Object.entries({ home: '/opt', program_name: '/opt/bin/python3', executable: '/opt/bin/python3' }))
    checked(call('PyInitConfig_SetStr', config, heap.newString(name), heap.newString(value)))
  const numbers = {
    use_environment: 0, parse_argv: 0, install_signal_handlers: 1, use_hash_seed: 1, hash_seed: 20240926, write_bytecode: 1,
    buffered_stdio: 1, user_site_directory: 1, safe_path: 0, pathconfig_warnings: 0, configure_locale: 1,
  }
  for (const [name, value] of Object.entries(numbers)) setNumber(name, value)
  const core = interpreter.addFunction(instance.exports.PyInit__pyodide_core as Call, 'i')
  checked(call('PyInitConfig_AddModule', config, heap.newString('_pyodide_core'), core))
  checked(call('Py_InitializeFromInitConfig', config))
  call('PyInitConfig_Free', config)
}
