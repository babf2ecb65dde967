/** The engine's builds of scripts/pex-cases.ts. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { bytesAsSource } from '../../engine/archive/byte-source.ts'
import { portableDigests as digests } from '../../engine/install/digests.ts'
import { installWheel, type InstalledWheel } from '../../engine/install/install-wheel.ts'
import { fileOf, type Tree } from '../../engine/install/tree-file.ts'
import { openWheel } from '../../engine/install/wheel.ts'
import { assemblePex } from '../../engine/pex/assemble-pex.ts'
import { openRuntime, type Runtime } from '../../engine/pex/runtime.ts'
import type { PexTree } from '../../engine/pex/pex-tree.ts'
import { fetchOlderPexes, fetchWheels } from '../../scripts/fetch-wheels.ts'
import { userFiles, type PexCase } from '../../scripts/pex-cases.ts'
import { oddWheel, oddWheelName } from './odd-wheel.ts'

export interface PexBuilder {
  runtime: Runtime
  assemble(each: PexCase): Promise<PexTree>
}

const sourcesOf = ({ sources }: PexCase): Tree => new Map(Object.entries(userFiles)
  .filter(([path]) => sources && path.startsWith(sources.from) && (sources.only?.test(path) ?? true))
  .map(([path, { text, executable }]) => [path.slice(sources!.from.length), fileOf(new TextEncoder().encode(text), executable)]))

/** Brings the wheels and opens the pinned pex, or an older one; a wheel is installed once for all builds. */
export const pexBuilder = async (older?: string): Promise<PexBuilder> => {
  const files = new Map<string, { name: string; bytes: Uint8Array }>([...fetchWheels()].map(([project, path]) => [project, { name: basename(path), bytes: new Uint8Array(readFileSync(path)) }]))
  files.set('odd_parts', { name: oddWheelName, bytes: await oddWheel() })
  const open = (project: string) => openWheel(files.get(project)!.name, bytesAsSource(files.get(project)!.bytes))
  const olderWheel = older === undefined ? undefined : fetchOlderPexes().get(older)!
  const runtime = await openRuntime(olderWheel
    ? { fileName: basename(olderWheel), open: () => openWheel(basename(olderWheel), bytesAsSource(new Uint8Array(readFileSync(olderWheel)))) }
    : { fileName: files.get('pex')!.name, open: () => open('pex') })
  const installed = new Map<string, InstalledWheel>()
  const install = async (project: string): Promise<InstalledWheel> => {
    const made = installed.get(project) ?? await installWheel(await open(project), { digests, scripts: runtime.scripts })
    installed.set(project, made)
    return made
  }
  return {
    runtime,
    assemble: async each => {
      const distributions = await Promise.all((each.wheels ?? []).map(install))
      const wheels = each.wholeWheels ? new Map((each.wheels ?? []).map(name => [files.get(name)!.name, fileOf(files.get(name)!.bytes)])) : undefined
      const executable = each.executable ? fileOf(new TextEncoder().encode(userFiles[each.executable]!.text)) : undefined
      return assemblePex({ runtime, digests, python: { version: [3, 11] }, distributions, wheels, sources: sourcesOf(each), executable, ...each.input })
    },
  }
}

export const collect = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return new Uint8Array(Buffer.concat(parts))
}
