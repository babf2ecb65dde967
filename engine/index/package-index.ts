import type { ByteSource } from '../archive/byte-source.ts'
import type { CoreMetadata } from '../packaging/core-metadata.ts'
import type { IndexSettings } from './index-settings.ts'

/**
 * One file of a project as the simple repository API lists it (PEP 503, 691, 592, 700, 714), or as a find-links page or a directory
 * shows it.
 */
export interface ProjectFile {
  readonly fileName: string
  /** Absolute: https:, http: or file:. May hold credentials; `shownUrl` is what may be printed. */
  readonly url: string
  /** Algorithm -> lower-case hex digest; empty where the listing gives none. */
  readonly hashes: Readonly<Record<string, string>>
  readonly requiresPython: string | undefined
  /** A yanked file's reason, '' where none was given; undefined where it is not yanked. */
  readonly yanked: string | undefined
  /** Bytes. */
  readonly size: number | undefined
  /** ISO 8601, UTC. */
  readonly uploadTime: string | undefined
  /** Hashes of the `.metadata` file beside it; undefined where there is none (PEP 658, 714). */
  readonly metadata: Readonly<Record<string, string>> | undefined
  /** The page, file or directory that lists it, without credentials: for messages. */
  readonly listedBy: string
  /**
   * Where it is given, a fitting version of a lower rank is taken before any of a higher one (index strategy `unsafe-first-match`); files
   * without a rank go with the lowest.
   */
  readonly rank?: number
}

/** What a resolver and a builder ask of package indexes, whatever is behind them. */
export interface PackageIndex {
  /** Where it looks, as may be printed: URLs without credentials, paths. */
  readonly places: readonly string[]
  /**
   * Every file of the project, in the order of the index strategy; undefined where no index knows the project. Throws IndexError where one
   * cannot be asked. Only places in `among` are asked where that is given.
   */
  project(name: string, among?: Pick<IndexSettings, 'indexUrls' | 'findLinks'>): Promise<readonly ProjectFile[] | undefined>
  /** A wheel's METADATA, checked against the listing's hash where it gives one. */
  metadata(file: ProjectFile): Promise<CoreMetadata>
  /** The file, every byte checked against the listing's hashes (and `hashes`, where given) before it is handed over. */
  fetchFile(file: ProjectFile, options?: { progress?: (received: number, total: number | undefined) => void; signal?: AbortSignal }): Promise<ByteSource>
}
