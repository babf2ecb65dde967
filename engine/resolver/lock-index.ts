import { directFile } from '../index/direct-file.ts'
import type { PackageIndex, ProjectFile } from '../index/package-index.ts'
import type { CoreMetadata } from '../packaging/core-metadata.ts'
import { lockedFileName } from '../packaging/locked-file-name.ts'
import type { Target } from '../packaging/target.ts'
import { lockPlace } from './describe-missing.ts'
import { ResolutionError } from './resolution-error.ts'
import type { LockSelection } from './lock-selection.ts'

/** A file that is locked, and its metadata where the lock holds enough of it. */
export interface LockedFile {
  /** Normalised. */
  readonly project: string
  readonly file: ProjectFile
  readonly metadata?: CoreMetadata
}

/** An index that knows nothing but what is locked; bytes still come from where the lock says. */
export const lockedIndex = (index: PackageIndex, locked: readonly LockedFile[]): PackageIndex => {
  const metadata = new Map(locked.map(each => [each.file.url, each.metadata]))
  return {
    places: [lockPlace],
    project: async name => {
      const files = locked.filter(({ project }) => project === name).map(({ file }) => file)
      return files.length === 0 ? undefined : files
    },
    metadata: async file => metadata.get(file.url) ?? index.metadata(file),
    fetchFile: (file, options) => index.fetchFile(file, options),
  }
}

/**
 * The files of a lock's selection; `base` is the lock file's own URL, from which its paths go. Throws ResolutionError where something would
 * have to be built.
 */
export const lockedFiles = (selection: readonly LockSelection[], target: Target, base: string): LockedFile[] =>
  selection.map(({ locked, source }) => {
    if (!('file' in source) || source.kind === 'sdist') {
      const what = source.kind === 'sdist' ? 'a source distribution' : source.kind === 'vcs' ? 'a repository' : 'a directory'
      throw new ResolutionError(
        `The lock file has ${locked.name} as ${what}, which would have to be built: lock a wheel of it that ${target.description} takes.`,
        target, { kind: 'lock' })
    }
    const { url, path, size, hashes } = source.file
    const direct = directFile(new URL(url ?? (path ?? '').split('/').map(encodeURIComponent).join('/'), base).href)
    const fileName = lockedFileName(source.file) ?? direct.fileName
    return { project: locked.name, file: { ...direct, fileName, hashes, size: size === undefined ? undefined : Number(size) } }
  })
