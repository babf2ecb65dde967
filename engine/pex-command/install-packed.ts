/** A runtime's bootstrap and installed wheels, packed for a zipapp as they were the last time, where the home keeps that. */
import { installWheel, type InstalledWheel } from '../install/install-wheel.ts'
import { openWheel } from '../install/wheel.ts'
import { compareCodePoints } from '../packaging/compare-code-points.ts'
import type { EntryPointTarget } from '../packaging/entry-points.ts'
import { prepareBootstrap } from '../pex/bootstrap.ts'
import { scriptsDirectory, type PackedBootstrap, type PackedDistribution } from '../pex/packed-distribution.ts'
import { bootstrapDirectory, dependenciesDirectory, distributionFiles } from '../pex/pex-tree.ts'
import type { Runtime } from '../pex/runtime.ts'
import { treeEntries } from '../pex/tree-entries.ts'
import type { FetchedWheel } from './fetch-wheels.ts'
import { keeping, type Entries } from './keeping.ts'
import type { KeptParts, PexHome } from './pex-home.ts'

export interface PackedInstalling {
  readonly kept: KeptParts
  readonly runtime: Runtime
  /** The pex wheel's. */
  readonly identity: string
  readonly compress: boolean
  readonly home: PexHome
  readonly warn: (message: string) => void
}

/** Without the directory itself, which several runs share. */
async function* below(directory: string, entries: Entries): Entries {
  for await (const entry of entries) if (!('name' in entry && entry.name === `${directory}/`)) yield entry
}

/** What JSON can say of a PackedDistribution. */
interface AboutWheel extends Omit<PackedDistribution, 'run' | 'entryPoints'> {
  readonly entryPoints: readonly (readonly [string, readonly (readonly [string, EntryPointTarget])[]])[]
  readonly warnings: readonly string[]
}

const aboutWheel = ({ fileName, project, version, fingerprint, entryPoints, tree }: InstalledWheel, warnings: readonly string[]): AboutWheel => ({
  fileName, project, version, fingerprint, warnings,
  entryPoints: [...entryPoints].map(([group, points]) => [group, [...points]]),
  scripts: [...tree.keys()].filter(path => path.startsWith(`${scriptsDirectory}/`)).map(path => path.slice(scriptsDirectory.length + 1)),
})

/** A fetched wheel, installed, packed if it can be kept. Warnings come again. */
export const installPacked = async (
  { fileName, source, identity }: FetchedWheel, { kept, runtime, identity: runtimeIdentity, compress, home, warn }: PackedInstalling,
): Promise<InstalledWheel | PackedDistribution> => {
  const warnings: string[] = []
  let installed: InstalledWheel | undefined
  const install = async () => {
    const telling = (message: string) => warnings.push(message)
    installed = await installWheel(await openWheel(fileName, source), { digests: home.digests, scripts: runtime.scripts, warn: telling })
    return installed
  }
  const root = `${dependenciesDirectory}/${fileName}`
  const packed = identity === undefined ? undefined : await keeping(kept, ['wheel', runtimeIdentity, compress, fileName, identity], async () => {
    const made = await install()
    const files = distributionFiles(made.tree).map(([path, file]) => [`${root}/${path}`, file] as const)
    return { entries: below(dependenciesDirectory, treeEntries(files, { compress })), about: aboutWheel(made, warnings) }
  })
  if (!packed) {
    const made = installed ?? await install()
    warnings.forEach(warn)
    return made
  }
  const { warnings: told, entryPoints, ...about } = packed.about
  told.forEach(warn)
  return { ...about, entryPoints: new Map(entryPoints.map(([group, points]) => [group, new Map(points)])), run: packed.run }
}

/** The runtime's bootstrap; undefined where it cannot be kept. */
export const packedBootstrap = async (
  { kept, runtime, identity, compress, home }: PackedInstalling, includesTools: boolean,
): Promise<PackedBootstrap | undefined> => {
  const packed = await keeping(kept, ['bootstrap', identity, compress, includesTools], async () => {
    const { tree, hash } = await prepareBootstrap(runtime, { includesTools, digests: home.digests })
    const files = [...tree.keys()].sort(compareCodePoints).map(path => [`${bootstrapDirectory}/${path}`, tree.get(path)!] as const)
    return { entries: treeEntries(files, { compress }), about: hash }
  })
  return packed && { hash: packed.about, run: packed.run }
}
