/** The pex wheel whose runtime goes into PEXes: the one that set-up brought, else one of the index, kept for the next time. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageIndex } from '../engine/index/package-index.ts'
import type { PexFiles, PexHome } from '../engine/pex-command/pex-home.ts'
import { knownVersions } from '../engine/pex/known-versions.ts'
import { PexError } from '../engine/pex/pex-error.ts'
import { keepFile } from './keep-file.ts'

/** The last of the releases that are known. */
const newest = knownVersions.at(-1)!
const wanted = `pex-${newest}-`

const wheelIn = (directory: string): string | undefined =>
  existsSync(directory) ? readdirSync(directory).sort().find(name => name.startsWith(wanted) && name.endsWith('.whl')) : undefined

/** `directories` are looked in first; what is downloaded goes into the last of them. */
export const nodeWheel = async (directories: readonly string[], files: PexFiles, index: () => Promise<PackageIndex>): ReturnType<PexHome['pexWheel']> => {
  for (const directory of directories) {
    const fileName = wheelIn(directory)
    if (fileName === undefined) continue
    const path = join(directory, fileName)
    return { fileName, source: await files.open(path), identity: await files.identity?.(path) }
  }
  const asked = await index()
  const file = (await asked.project('pex'))?.find(({ fileName }) => fileName.startsWith(wanted) && fileName.endsWith('.whl'))
  if (!file) throw new PexError(`pex ${newest}, whose runtime goes into every PEX, is not on the index that pip is set up for`)
  const source = await asked.fetchFile(file)
  await keepFile(join(directories.at(-1)!, file.fileName), await source.read(0, source.size))
  return { fileName: file.fileName, source }
}
