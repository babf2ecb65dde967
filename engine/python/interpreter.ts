/** What is used of the Emscripten module that Pyodide's `createPyodideModule` makes. C functions carry a leading underscore. */
export interface Interpreter {
  HEAPU8: Uint8Array<ArrayBuffer>
  ERRNO_CODES: Record<string, number>
  API: PyodideApi
  wasmExports?: Record<string, unknown>
  ExitStatus: new (status: number) => Error & { status: number }
  addFunction(run: (...args: number[]) => number, signature: string): number
  stackSave(): number
  _malloc(size: number): number
  _free(pointer: number): void
  _strerror(number: number): number
  _setenv(name: number, value: number, overwrite: number): number
  _clearenv(): number
  _fflush(stream: number): number
  _PyErr_SetInterruptEx(signal: number): number
  _PyRun_SimpleString(code: number): number
  _PyErr_Print(): void
  _PyErr_Occurred(): number
  _PyErr_Clear(): void
  _PyErr_GetRaisedException(): number
  _PyErr_SetRaisedException(exception: number): void
  _PyException_GetTraceback(exception: number): number
  _PyException_SetTraceback(exception: number, traceback: number): number
  _PyObject_Call(callable: number, args: number, keywords: number): number
  __PyObject_MakeTpCall(thread: number, callable: number, args: number, count: number, keywords: number): number
  _PyThreadState_Get(): number
  _PyObject_GC_Track(object: number): void
  _PyObject_GC_UnTrack(object: number): void
  _PyCFunction_NewEx(definition: number, self: number, module: number): number
  _PySys_GetObject(name: number): number
  _PyStructSequence_SetItem(sequence: number, index: number, value: number): void
  _PyTuple_GetItem(tuple: number, index: number): number
  _PyUnicode_AsUTF8(text: number): number
  _PyUnicode_FromString(text: number): number
  _PyBytes_AsString(bytes: number): number
  _PyBytes_Size(bytes: number): number
  _PyLong_FromLong(value: number): number
  _PyLong_AsLong(value: number): number
  _Py_IncRef(object: number): void
  _Py_DecRef(object: number): void
  /** Addresses of C data. */
  _Py_EMSCRIPTEN_SIGNAL_HANDLING: number
  __PyRuntime: number
  __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: number
  _PyLong_Type: number
  _PyUnicode_Type: number
  _PyExc_OSError: number
  _PyExc_BlockingIOError: number
  __Py_NoneStruct: number
  __Py_TrueStruct: number
  __Py_FalseStruct: number
  _PySys_SetObject(name: number, value: number): number
  _PyConfig_InitPythonConfig(config: number): void
  _PyConfig_SetBytesArgv(status: number, config: number, argc: number, argv: number): void
  _PyConfig_Read(status: number, config: number): void
  _PyConfig_Clear(config: number): void
  __PyConfig_AsDict(config: number): number
  __PyConfig_FromDict(config: number, dict: number): number
  __Py_GetConfig(): number
  _Py_RunMain(): number
  _Py_GetVersion(): number
  runtimeKeepalivePop?(): void
  [symbol: string]: unknown
}

/** Pyodide's own JavaScript, as far as its loader uses it (pyodide.mjs of the same version is the specification). */
export interface PyodideApi {
  config: Record<string, unknown>
  restoreSnapshot(snapshot: Uint8Array): unknown
  makeSnapshot(serializer?: (value: unknown) => unknown): Uint8Array
  finalizeBootstrap(state?: unknown, deserializer?: (value: unknown) => unknown): PublicApi
  rawRun(code: string): [status: number, error: string]
  [name: string]: unknown
}

export interface PublicApi {
  runPython(code: string, options?: { globals?: unknown; filename?: string }): unknown
  toPy(value: unknown): PythonValue
  registerJsModule(name: string, module: object): void
  globals: PythonValue
}

export interface PythonValue {
  get(name: string): unknown
  set(name: string, value: unknown): void
  destroy(): void
}

export type ImportTable = Record<string, (...args: never[]) => unknown>

/** `createPyodideModule` of pyodide.asm.mjs, put in front of the worker's script by the bundler. */
export type CreateInterpreter = (settings: Record<string, unknown>) => Promise<Interpreter>
