/** Every build of scripts/pex-cases.ts is what the real pex made of it: the same bytes, where data are not compressed. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesAsSource } from '../engine/archive/byte-source.ts'
import { portableDigests as digests } from '../engine/install/digests.ts'
import { installWheel, type InstalledWheel } from '../engine/install/install-wheel.ts'
import { fileOf, type Tree } from '../engine/install/tree-file.ts'
import { openWheel } from '../engine/install/wheel.ts'
import { assemblePex } from '../engine/pex/assemble-pex.ts'
import { loosePex, packedPex, zipapp } from '../engine/pex/lay-out-pex.ts'
import { openRuntime, type Runtime } from '../engine/pex/runtime.ts'
import type { PexTree } from '../engine/pex/pex-tree.ts'
import { fetchWheels } from '../scripts/fetch-wheels.ts'
import { pexCases, userFiles, type PexCase } from '../scripts/pex-cases.ts'
import { root } from '../scripts/root.ts'
import { oddWheel, oddWheelName } from './support/odd-wheel.ts'
import { describeDirectory, describeZip, type PartFile, type RecordedPex } from './support/pex-parts.ts'

const { pex: recordedVersion, recorded } = JSON.parse(readFileSync(join(root, 'test/recorded/pex.json'), 'utf8')) as { pex: string; recorded: Record<string, RecordedPex> }
const files = new Map<string, { name: string; bytes: Uint8Array }>()
const installed = new Map<string, InstalledWheel>()
let runtime: Runtime

beforeAll(async () => {
  for (const [project, path] of fetchWheels()) files.set(project, { name: basename(path), bytes: readFileSync(path) })
  files.set('odd_parts', { name: oddWheelName, bytes: await oddWheel() })
  runtime = await openRuntime(await open('pex'))
})

const open = (project: string) => {
  const { name, bytes } = files.get(project)!
  return openWheel(name, bytesAsSource(bytes))
}

const install = async (project: string): Promise<InstalledWheel> => {
  const known = installed.get(project)
  if (known) return known
  const made = await installWheel(await open(project), { digests, scripts: runtime.scripts })
  installed.set(project, made)
  return made
}

const sourcesOf = ({ sources }: PexCase): Tree => new Map(Object.entries(userFiles)
  .filter(([path]) => sources && path.startsWith(sources.from) && (sources.only?.test(path) ?? true))
  .map(([path, { text, executable }]) => [path.slice(sources!.from.length), fileOf(new TextEncoder().encode(text), executable)]))

const assemble = async (each: PexCase): Promise<PexTree> => {
  const distributions = await Promise.all((each.wheels ?? []).map(install))
  const wheels = each.wholeWheels ? new Map((each.wheels ?? []).map(name => [files.get(name)!.name, fileOf(files.get(name)!.bytes)])) : undefined
  const executable = each.executable ? new TextEncoder().encode(userFiles[each.executable]!.text) : undefined
  return assemblePex({ runtime, digests, python: { version: [3, 11] }, distributions, wheels, sources: sourcesOf(each), executable, ...each.input })
}

const collect = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}

const built = async (each: PexCase): Promise<RecordedPex> => {
  const pex = await assemble(each)
  const layout = each.input?.layout ?? 'zipapp'
  if (layout === 'zipapp') return describeZip(await collect(zipapp(pex, { compress: false })))
  const laid: PartFile[] = []
  for (const { path, mode, data } of layout === 'loose' ? loosePex(pex) : packedPex(pex, { compress: false })) laid.push({ path, mode, bytes: await collect(data) })
  return describeDirectory(laid)
}

describe('as the real pex builds it', () => {
  test('the recordings are of the pinned pex', () => expect(runtime.version).toBe(recordedVersion))

  test.each(pexCases.map(each => [each.name, each] as const))('%s', async (name, each) => {
    const ours = await built(each)
    const real = recorded[name]!
    expect(JSON.parse(ours.info)).toEqual(JSON.parse(real.info))
    expect(ours.parts).toEqual(real.parts)
    expect(ours.sha256).toBe(real.sha256)
  })
})
