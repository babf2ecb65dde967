/** What is kept from one run to the next changes no byte, and what is kept and damaged is made again. */
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inspected } from '../../bin/inspected-target.ts'
import { root } from '../../scripts/root.ts'
import { commandHome, keepingHome, layCommandPlace, type CommandPlace } from '../../test/support/command-home.ts'
import { pexCommand } from './pex-command.ts'

const { inspected } = JSON.parse(readFileSync(join(root, 'test/recorded/pex-command.json'), 'utf8')) as { inspected: Inspected }
let place: CommandPlace
beforeAll(async () => {
  place = await layCommandPlace()
}, 300_000)
afterAll(() => place.remove())

/** Builds in a directory of its own, which `kept` of it fills; `state` stands for the content of all wheels. */
const builder = (name: string) => {
  const directory = join(place.base, name)
  const kept = join(directory, 'kept')
  mkdirSync(directory)
  const build = async (line: string, state?: string) => {
    const said = { output: [], errors: [] }
    const home = await commandHome(place, inspected, directory, said)
    const writes: string[] = []
    const keeping = state === undefined ? home : keepingHome(home, kept, state)
    const parts = keeping.kept
    const counted = parts && { kept: { ...parts, write: (key: string, chunks: AsyncIterable<Uint8Array>) => { writes.push(key); return parts.write(key, chunks) } } }
    const status = await pexCommand([...line.split(' '), '--no-pypi', '--find-links', place.links, '-o', 'out.pex'], { ...keeping, ...counted })
    expect({ status, ...said }).toMatchObject({ status: 0 })
    return { bytes: readFileSync(join(directory, 'out.pex')).toString('latin1'), errors: said.errors.join(''), writes: writes.length }
  }
  return { build, kept, directory }
}

test.each(['requests', 'requests --no-compress', 'requests --include-tools -c normalizer', 'odd_parts', 'requests --layout zipapp --sh-boot', 'idna --venv', 'idna --venv --sh-boot --interpreter-constraint >=3.9'])('%s', async line => {
  const { build } = builder(line.replaceAll(' ', '_'))
  const plain = await build(line)
  expect(plain.writes).toBe(0)
  const cold = await build(line, 'one')
  const warm = await build(line, 'one')
  expect(cold.writes).toBeGreaterThan(1)
  expect(warm.writes).toBe(0)
  for (const { bytes, errors } of [cold, warm]) {
    expect(bytes === plain.bytes).toBe(true)
    expect(errors).toBe(plain.errors)
  }
  expect((await build(line, 'another')).writes).toBe(cold.writes)
}, 120_000)

test('damaged files are made again', async () => {
  const { build, kept } = builder('damaged')
  const { bytes, writes } = await build('requests', 'one')
  const damages: ((path: string) => void)[] = [
    path => {
      const data = readFileSync(path)
      data[data.length >> 1]! ^= 1
      writeFileSync(path, data)
    },
    path => truncateSync(path, 1000),
    path => truncateSync(path, 0),
    path => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(9)])),
  ]
  for (const damage of damages) {
    for (const name of readdirSync(kept)) damage(join(kept, name))
    const again = await build('requests', 'one')
    expect(again.bytes === bytes).toBe(true)
    expect(again.writes).toBe(writes)
  }
}, 120_000)

test('sources in the directories of packed parts are packed with them, and only what was read of the runtime is kept', async () => {
  const { build, directory } = builder('sources')
  mkdirSync(join(directory, 'src/.bootstrap-more'), { recursive: true })
  writeFileSync(join(directory, 'src/.bootstrap-more/own.py'), 'value = 1\n')
  const plain = await build('certifi -D src')
  const { bytes, writes } = await build('certifi -D src', 'one')
  expect(bytes === plain.bytes).toBe(true)
  expect(writes).toBe(1)
}, 120_000)
