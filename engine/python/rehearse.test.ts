import { expect, test } from 'vitest'
import { createDescriptorImports } from './descriptor-imports.ts'
import { createHeap } from './heap.ts'
import { createImportResult } from './import-result.ts'
import type { Interpreter } from './interpreter.ts'
import { createPathImports } from './path-imports.ts'
import { rehearse } from './rehearse.ts'
import { createStage } from './stage.ts'
import type { Stdlib } from './stdlib-files.ts'

/** Memory with a C heap that gives out one piece; no wasm is needed for what JavaScript answers. */
function interpreterWithout(...missing: string[]) {
  const memory = new Uint8Array(1 << 16)
  const interpreter = { HEAPU8: memory, ERRNO_CODES: { ENOENT: 44 }, _malloc: () => 4096, _free: () => undefined } as unknown as Interpreter
  const stage = createStage({ covers: () => false, lookup: () => undefined } as Stdlib)
  const heap = createHeap(interpreter)
  const result = createImportResult(interpreter, () => undefined)
  const asked: string[] = []
  const imports = {
    ...createPathImports(heap, stage.files, stage.kernel, result), ...createDescriptorImports(heap, stage.files, stage.kernel, result),
  }
  const counted = Object.entries(imports).map(([name, run]) => [name, (...args: never[]) => {
    asked.push(name)
    return missing.includes(name) ? -44 : run(...args)
  }])
  return { memory, asked, run: () => rehearse(interpreter, Object.fromEntries(counted), stage) }
}

test('a rehearsal makes the calls of an import, and leaves no byte behind', () => {
  const { memory, asked, run } = interpreterWithout()
  run()
  for (const name of ['__syscall_openat', '__syscall_getdents64', '__syscall_stat64', '__syscall_fstat64', 'fd_seek', 'fd_read', 'fd_close'])
    expect(asked).toContain(name)
  expect(memory.every(byte => byte === 0)).toBe(true)
})

test.each(['__syscall_openat', '__syscall_fstat64', 'fd_read'])('a call that fails is no rehearsal: %s', name => {
  expect(interpreterWithout(name).run).toThrow(`${name} failed: -44`)
})
