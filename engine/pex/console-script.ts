import type { InstalledWheel } from '../install/install-wheel.ts'
import { scriptsDirectory, type PackedDistribution } from './packed-distribution.ts'
import { PexError } from './pex-error.ts'
import type { PexSettings } from './pex-info.ts'

/** What `-c name` starts: a console script's `entry_point`, else a `script` of a wheel. Throws PexError in pex's words. */
export const findConsoleScript = (name: string, distributions: readonly (InstalledWheel | PackedDistribution)[]): Pick<PexSettings, 'entry_point' | 'script'> => {
  for (const { entryPoints } of distributions) {
    const found = entryPoints.get('console_scripts')?.get(name)
    if (found) return { entry_point: found.attributes.length ? `${found.module}:${found.attributes.join('.')}` : found.module }
  }
  if (distributions.some((each) => ('run' in each ? each.scripts.includes(name) : each.tree.has(`${scriptsDirectory}/${name}`)))) return { script: name }
  const searched = distributions.map(({ project, version }) => `${project} ${version}`)
  throw new PexError(`Could not find script '${name}' in any distribution ${searched.join(', ')} within PEX!`)
}
