/**
 * C functions written in JavaScript, put into the interpreter's function table. They are added first thing after the interpreter is
 * made, with or without a snapshot, so the addresses that the snapshot's memory holds stay true.
 */
import { errnoTable } from '../machine/errno.ts'
import type { Heap } from './heap.ts'
import type { Interpreter } from './interpreter.ts'
import type { ProcessFiles } from './process-files.ts'

export interface NativeFunctions {
  /**
   * Makes known to Python: `sys._native(name, function)` returns `function` as a built-in that leaves no frame in tracebacks;
   * `sys._around(name, function)` one that leaves only the frames of what `function` calls; `sys._track(object)` makes the object one that
   * was just made, to the garbage collector; `sys._make_file(path, mode, data)`, of str, int and bytes, makes a new file without waiting,
   * or is False where it is not known that it can be made.
   */
  offerToPython(): void
  /** From now on an OSError that C raises carries Linux's number and words. */
  translateErrors(): void
  /** For a memory that is about to be restored: what was put there since is there no longer. */
  forget(): void
}

/** Offsets in CPython 3.14's wasm32 structures: PyObject.ob_type, PyTypeObject.tp_vectorcall. */
const OB_TYPE = 4
const TP_VECTORCALL = 200
/** PyTracebackObject.tb_next. */
const TB_NEXT = 8
const METH_VARARGS = 1
const METH_KEYWORDS = 2
const METH_O = 8
const VECTORCALL_COUNT = 0x7fffffff
/** bufferedio.c's own words for EAGAIN. */
const WOULD_BLOCK = 'write could not complete without blocking'

export function addNativeFunctions(interpreter: Interpreter, heap: Heap, files: ProcessFiles): NativeFunctions {
  /** Where they lie in the interpreter's memory. */
  const strings = new Map<string, number>()
  const lasting = (text: string) => {
    const known = strings.get(text) ?? heap.newString(text)
    strings.set(text, known)
    return known
  }

  /** A METH_VARARGS | METH_KEYWORDS function whose `self` is a Python function; `frames` says what of an exception's traceback stays. */
  const callWith = (frames: (exception: number) => number) => interpreter.addFunction((self, args, keywords) => {
    const result = interpreter._PyObject_Call(self as number, args as number, keywords as number)
    if (result === 0) {
      const exception = interpreter._PyErr_GetRaisedException()
      interpreter._PyException_SetTraceback(exception, frames(exception) || interpreter.__Py_NoneStruct)
      interpreter._PyErr_SetRaisedException(exception)
    }
    return result
  }, 'iiii')

  const wrapWith = (call: number) => interpreter.addFunction((_self, args) => {
    const name = interpreter._PyTuple_GetItem(args as number, 0)
    const run = interpreter._PyTuple_GetItem(args as number, 1)
    return builtin(lasting(heap.string(interpreter._PyUnicode_AsUTF8(name))), call, METH_VARARGS | METH_KEYWORDS, run)
  }, 'iii')

  /** All but the outermost: the exception goes on holding them. */
  function innerFrames(exception: number): number {
    const traceback = interpreter._PyException_GetTraceback(exception)
    if (traceback === 0) return 0
    const inner = heap.view().getUint32(traceback + TB_NEXT, true)
    interpreter._Py_DecRef(traceback)
    return inner
  }

  const wrap = wrapWith(callWith(() => 0))
  const around = wrapWith(callWith(innerFrames))

  const track = interpreter.addFunction((_self, object) => {
    interpreter._PyObject_GC_UnTrack(object as number)
    interpreter._PyObject_GC_Track(object as number)
    interpreter._Py_IncRef(interpreter.__Py_NoneStruct)
    return interpreter.__Py_NoneStruct
  }, 'iii')

  const makeFile = interpreter.addFunction((_self, args) => {
    const [path, mode, data] = [0, 1, 2].map(index => interpreter._PyTuple_GetItem(args as number, index)) as [number, number, number]
    const from = interpreter._PyBytes_AsString(data)
    const bytes = heap.bytes().slice(from, from + interpreter._PyBytes_Size(data))
    const name = files.absolute(heap.string(interpreter._PyUnicode_AsUTF8(path)))
    const made = files.makeFile(name, interpreter._PyLong_AsLong(mode), bytes) ? interpreter.__Py_TrueStruct : interpreter.__Py_FalseStruct
    interpreter._Py_IncRef(made)
    return made
  }, 'iii')

  /** Python's numbers for the interpreter's own, with the words its C library has for them. */
  const translations = new Map<number, { words: string; errno: number; linux: string }>()
  function learn() {
    for (const [name, [errno, linux]] of Object.entries(errnoTable)) {
      const number = interpreter.ERRNO_CODES[name]
      if (number !== undefined) translations.set(number, { words: heap.string(interpreter._strerror(number)), errno, linux })
    }
  }

  /**
   * OSError's vectorcall. C makes the exception from errno and strerror(errno), which nothing else does with these numbers: a Python
   * program that raises OSError itself uses Linux's numbers, and where both agree there is nothing to translate.
   */
  const makeError = interpreter.addFunction((type, args, flags, keywords) => {
    const count = (flags as number) & VECTORCALL_COUNT
    const call = (from: number) =>
      interpreter.__PyObject_MakeTpCall(interpreter._PyThreadState_Get(), type as number, from, count, keywords as number)
    const translated = count >= 2 && !keywords ? translation(args as number) : undefined
    if (!translated) return call(args as number)
    const copy = interpreter._malloc(count * 4)
    heap.bytes().copyWithin(copy, args as number, (args as number) + count * 4)
    const number = interpreter._PyLong_FromLong(translated.errno)
    heap.view().setUint32(copy, number, true)
    let words = 0
    if (translated.linux !== undefined) {
      words = interpreter._PyUnicode_FromString(lasting(translated.linux))
      heap.view().setUint32(copy + 4, words, true)
    }
    const error = call(copy)
    interpreter._Py_DecRef(number)
    if (words) interpreter._Py_DecRef(words)
    interpreter._free(copy)
    return error
  }, 'iiiii')

  function translation(args: number): { errno: number; linux?: string } | undefined {
    const view = heap.view()
    const number = view.getUint32(args, true)
    const words = view.getUint32(args + 4, true)
    if (view.getUint32(number + OB_TYPE, true) !== interpreter._PyLong_Type) return undefined
    if (view.getUint32(words + OB_TYPE, true) !== interpreter._PyUnicode_Type) return undefined
    if (translations.size === 0) learn()
    const found = translations.get(interpreter._PyLong_AsLong(number))
    if (!found) return undefined
    const said = heap.string(interpreter._PyUnicode_AsUTF8(words))
    if (said === found.words) return found
    return said === WOULD_BLOCK ? { errno: found.errno } : undefined
  }

  /** PyMethodDef { name, function, flags, doc }: it must live as long as the function. */
  function builtin(name: number, run: number, flags: number, self: number): number {
    const definition = interpreter._malloc(16)
    for (const [index, word] of [name, run, flags, 0].entries()) heap.view().setUint32(definition + index * 4, word, true)
    return interpreter._PyCFunction_NewEx(definition, self, 0)
  }

  return {
    forget: () => strings.clear(),
    offerToPython() {
      interpreter._PySys_SetObject(lasting('_native'), builtin(lasting('_native'), wrap, METH_VARARGS, 0))
      interpreter._PySys_SetObject(lasting('_around'), builtin(lasting('_around'), around, METH_VARARGS, 0))
      interpreter._PySys_SetObject(lasting('_track'), builtin(lasting('_track'), track, METH_O, 0))
      interpreter._PySys_SetObject(lasting('_make_file'), builtin(lasting('_make_file'), makeFile, METH_VARARGS, 0))
    },
    translateErrors() {
      for (const exception of [interpreter._PyExc_OSError, interpreter._PyExc_BlockingIOError]) {
        const type = heap.view().getUint32(exception, true)
        if (heap.view().getUint32(type + TP_VECTORCALL, true) !== 0) throw new Error('OSError is already made in a way of its own')
        heap.view().setUint32(type + TP_VECTORCALL, makeError, true)
      }
    },
  }
}
