import { compareVersions, readVersion } from '../packaging/version.ts'

/**
 * What runtimes of older releases need of Python and newer ones lack: pex 1 opens files with the mode `rU`, gone in 3.11; pex before
 * 2.1.139 imports pkgutil's ImpLoader, gone in 3.12. Found by starting what 1.6.12, 2.1.30, 2.1.60, 2.1.115 to 2.1.138, and 2.1.139 built.
 */
const limits = [{ before: '2', minor: 10 }, { before: '2.1.139', minor: 11 }]

/** The newest 3.x on which the runtime of a PEX that `pex` made starts, its minor version; undefined where none is known of. */
export const newestPython = (pex: string): number | undefined => {
  const version = readVersion(pex)
  return version && limits.find(({ before }) => compareVersions(version, readVersion(before)!) < 0)?.minor
}
