import { bootstrapDirectory, dependenciesDirectory, infoName } from './pex-tree.ts'

export type PexPartKind = 'shebang' | 'runtime' | 'dependencies' | 'code' | 'metadata'

export const mainName = '__main__.py'
const below = (name: string, directory: string) => name === directory || name.startsWith(`${directory}/`)

/** What an entry is to a PEX, by its name. In an archive that is no PEX its `__main__.py` is code. */
export const kindOfEntry = (name: string, isPex: boolean): PexPartKind => {
  if (name === infoName) return 'metadata'
  if (below(name, bootstrapDirectory) || below(name, '__pex__') || (isPex && name === mainName)) return 'runtime'
  return below(name, dependenciesDirectory) ? 'dependencies' : 'code'
}
