import { PackagingError } from '../packaging/packaging-error.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'

const sdist = /\.(?:tar\.gz|tgz|tar|zip|tar\.bz2|tbz|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)$/i

/** Whether a file is a wheel or a source distribution of the project (normalised), by its name alone, as pip judges links. */
export const belongsTo = (project: string, fileName: string): boolean => {
  if (fileName.endsWith('.whl')) return wheelProject(fileName) === project
  const end = sdist.exec(fileName)
  if (!end) return false
  const stem = fileName.slice(0, end.index)
  // Where the version begins is not marked: `a-1-2` may be `a` 1-2 or `a-1` 2.
  for (let dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
    if (dash + 1 < stem.length && normalizeName(stem.slice(0, dash)) === project) return true
  }
  return false
}

/** The project of a wheel (normalised), undefined where the name is not a wheel's. */
export const wheelProject = (fileName: string): string | undefined => {
  try {
    return parseWheelName(fileName).name
  } catch (error) {
    if (error instanceof PackagingError) return undefined
    throw error
  }
}
