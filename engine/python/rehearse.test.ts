import { expect, test } from 'vitest'
import type { KernelCalls } from './call-kernel.ts'
import { createHeap } from './heap.ts'
import type { Interpreter } from './interpreter.ts'
import { createProcessFiles } from './process-files.ts'
import { rehearse } from './rehearse.ts'
import { createStage } from './stage.ts'
import type { Stdlib } from './stdlib-files.ts'

const library = (bytes?: Uint8Array) => ({ covers: () => false, lookup: () => bytes && { bytes } }) as unknown as Stdlib

/** A process's files over a stage, and what the stage was asked. */
function onStage() {
  const stage = createStage(library(new Uint8Array(300).fill(9)))
  const asked: string[] = []
  const kernel = new Proxy(stage.kernel, {
    get(target, name) {
      asked.push(String(name))
      return Reflect.get(target, name) as unknown
    },
  })
  const log: { view: Int32Array | undefined } = { view: stage.changes }
  return { ...stage, asked, log, files: createProcessFiles(kernel, library(), log) }
}

test('the stage answers what an import asks', () => {
  const { files, directory, modules: [name = ''], archive } = onStage()
  const listing = files.open(directory, 0o200000, 0)
  expect(files.entries(listing).map(entry => entry.name)).toContain(`${name}.py`)
  const source = files.stat(`${directory}/${name}.py`)
  const compiled = files.read(files.open(`${directory}/__pycache__/${name}.cpython-314.pyc`, 0, 0), 1000)
  expect([...new Uint32Array(compiled.slice(4, 16).buffer)]).toEqual([0, Math.floor(source.mtime / 1000), source.size])
  expect([...compiled.subarray(16)]).toEqual(new Array(284).fill(9))
  expect(files.read(files.open(archive, 0, 0), 1000)).toHaveLength(300)
  expect(() => files.stat(`${directory}/absent`)).toThrow('No such file')
  expect(() => createStage(library())).toThrow('the library has no /opt/lib/python3.14/__pycache__/')
})

test('a view of files that has forgotten asks again, and counts its descriptors from the beginning', () => {
  const { files, asked, log, directory, modules: [name = ''] } = onStage()
  const look = () => {
    asked.length = 0
    files.open(directory, 0o200000, 0)
    files.stat(`${directory}/${name}.py`)
    return [files.open(`${directory}/__pycache__/${name}.cpython-314.pyc`, 0, 0), [...asked]]
  }
  const [first, calls] = look()
  expect(calls).toEqual(['openWhole', 'readModules'])
  expect(look()).toEqual([Number(first) + 1, ['openWhole']])
  files.forget()
  expect(look()).toEqual([first, calls])
  files.forget()
  log.view = undefined
  expect(() => files.stat(`${directory}/${name}.py`)).toThrow('No such file')
})

function interpreterThat(run: (kernel: KernelCalls) => number) {
  const stage = createStage(library(new Uint8Array(300)))
  const interpreter = {
    HEAPU8: new Uint8Array(1 << 16), _malloc: () => 4096, _Py_EMSCRIPTEN_SIGNAL_HANDLING: 16, _PyRun_SimpleString: () => run(stage.kernel),
  } as unknown as Interpreter
  return () => rehearse(interpreter, createHeap(interpreter), stage)
}

test('a program that fails, or does not come to its end, is no rehearsal', () => {
  const print = (kernel: KernelCalls, text: string) => void kernel.write(1, new TextEncoder().encode(text))
  expect(interpreterThat(kernel => (print(kernel, 'ready'), 0))).not.toThrow()
  expect(interpreterThat(kernel => (print(kernel, 'ready'), -1))).toThrow('the rehearsal failed: ready')
  expect(interpreterThat(kernel => (print(kernel, 'MemoryError'), 0))).toThrow('the rehearsal failed: MemoryError')
})
