import { bytesAsSource } from '../archive/byte-source.ts'
import { hex } from '../bytes/hex.ts'
import { entryPointsOf } from '../install/entry-points-of.ts'
import type { InstalledWheel } from '../install/install-wheel.ts'
import type { Tree } from '../install/tree-file.ts'
import { readDistributionMetadata } from '../pex/distribution-metadata.ts'
import { repackWheel, type Repacking } from '../install/repack-wheel.ts'
import { textsOf } from '../pex/info-fields.ts'
import { PexError } from '../pex/pex-error.ts'
import type { OpenPex } from '../pex/read-pex.ts'
import type { FetchedWheel } from './fetch-wheels.ts'
import { openPex } from './open-pex.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { pexWarner } from './pex-warner.ts'

/** What `--requirements-pex` and `--pex-repository` add. */
export interface AddedFromPexes {
  /** Distributions that are unpacked in their PEX. */
  readonly installed: readonly InstalledWheel[]
  /** Those that are wheels in it; PEX-INFO goes on to have the wheel's own hash of them, installed or not. */
  readonly wheels: readonly (FetchedWheel & { readonly fingerprint: string })[]
  /** As PEX-INFO has them. */
  readonly requirements: readonly string[]
  readonly excluded: readonly string[]
  readonly overridden: readonly string[]
}

/** How `--no-pre-install-wheels` makes wheels again of what is installed. */
export const repackingFor = (options: Arguments, home: PexHome): Repacking =>
  ({ digests: home.digests, warn: pexWarner(options, home), compress: options.isOn('compress', true), asWas: options.isOn('use_system_time') })

/** The wheel that an installed tree was, or is as good as; its hash is its fingerprint. */
export const repackedWheel = async (fileName: string, tree: Tree, repacking: Repacking): Promise<AddedFromPexes['wheels'][number]> => {
  const bytes = await repackWheel(fileName, tree, repacking)
  const hasher = repacking.digests.sha256()
  hasher.update(bytes)
  return { fileName, fingerprint: hex(await hasher.digest()), source: bytesAsSource(bytes) }
}

const installedIn = async (fileName: string, tree: Tree, fingerprint: string): Promise<InstalledWheel> => {
  const { project, version } = await readDistributionMetadata(fileName, tree)
  const entryPoints = [...tree].find(([path]) => /^[^/]+\.dist-info\/entry_points\.txt$/.test(path))?.[1]
  return { fileName, project, version, tree, fingerprint, entryPoints: entryPointsOf(entryPoints ? new TextDecoder().decode(await entryPoints.read()) : '') }
}

/** All that PEXes hold, by their paths; of a distribution that several hold, the first counts. Throws PexError. */
export const addPexes = async (pexes: ReadonlyMap<string, OpenPex>, options: Arguments, home: PexHome): Promise<AddedFromPexes> => {
  const repacking = repackingFor(options, home)
  const installed = new Map<string, InstalledWheel>()
  const wheels = new Map<string, AddedFromPexes['wheels'][number]>()
  const lists: Record<'requirements' | 'excluded' | 'overridden', string[]> = { requirements: [], excluded: [], overridden: [] }
  for (const [path, { info, distributions }] of pexes) {
    for (const [key, list] of Object.entries(lists)) list.push(...textsOf(info[key]))
    const fingerprints = info['distributions'] as Readonly<Record<string, unknown>> | undefined
    for (const [fileName, part] of distributions) {
      if (installed.has(fileName) || wheels.has(fileName)) continue
      const fingerprint = fingerprints?.[fileName]
      if (typeof fingerprint !== 'string') throw new PexError(`${path} has ${fileName}, of which its PEX-INFO says nothing`)
      if (!(part instanceof Map)) wheels.set(fileName, { fileName, fingerprint, source: bytesAsSource(await part.read()) })
      else if (!options.isOn('pre_install_wheels', true)) wheels.set(fileName, await repackedWheel(fileName, part, repacking))
      else installed.set(fileName, await installedIn(fileName, part, fingerprint))
    }
  }
  return { installed: [...installed.values()], wheels: [...wheels.values()], ...lists }
}

/** The PEXes of `--requirements-pex`. Throws FileProblem and PexError. */
export const readRequirementsPexes = async (options: Arguments, home: PexHome): Promise<AddedFromPexes> => {
  const pexes = new Map<string, OpenPex>()
  for (const path of options.values('requirements_pexes')) pexes.set(path, await openPex(path, home))
  return addPexes(pexes, options, home)
}
