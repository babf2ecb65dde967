import type { ByteSource } from '../archive/byte-source.ts'
/**
 * How several indexes are searched. `pip`: all together, as pip does. The others are uv's: `first-index` stops at the first that knows the
 * project; `unsafe-first-match` takes a fitting version of an earlier index before any of a later one; `unsafe-best-match` is all together.
 */
export const indexStrategies = ['pip', 'first-index', 'unsafe-first-match', 'unsafe-best-match'] as const
export type IndexStrategy = (typeof indexStrategies)[number]

/** Where to look and how patiently; what pip's options of the same names say. */
export interface IndexSettings {
  /** Simple repositories in the order to be asked: URLs, or absolute paths of directories. */
  readonly indexUrls: readonly string[]
  /** Directories, pages and files: absolute paths or URLs. */
  readonly findLinks: readonly string[]
  /** What some of these places are called, for messages. */
  readonly names?: ReadonlyMap<string, string>
  readonly strategy?: IndexStrategy
  /** Hosts (`name` or `name:port`) that may be asked over http:, and to which an https: page may lead over http:. */
  readonly trustedHosts?: readonly string[]
  /** How often a request is tried again. Default 5. */
  readonly retries?: number | undefined
  /** Milliseconds without a byte before an attempt is given up. Default 15,000. */
  readonly timeout?: number | undefined
  /** The proxy that requests go through, for homes that make connections themselves, as are the next two. May hold credentials. */
  readonly proxy?: string | undefined
  /** A file of the certificates that are trusted (PEM), in place of the system's; an absolute path. */
  readonly cert?: string | undefined
  /** A file with a certificate to show and its key (PEM); an absolute path. */
  readonly clientCert?: string | undefined
  /** Whether the home's store is used. Default: it is. */
  readonly keepsAnswers?: boolean
  /** Requests at a time. Default 12. */
  readonly concurrency?: number
}

/** The files of this machine, by absolute path. */
export interface LocalFiles {
  /** The names in a directory; undefined where there is none of that name. */
  listDirectory(path: string): Promise<readonly string[] | undefined>
  /** undefined where there is no such file. */
  readFile(path: string): Promise<Uint8Array | undefined>
  /** The same to be read in parts. Absent: files are read whole. */
  openFile?(path: string): Promise<ByteSource | undefined>
  /** What changes whenever the file does; undefined where that cannot be told. Absent: nowhere. */
  identity?(path: string): Promise<string | undefined>
}

/** An answer that is kept for later runs. */
export interface StoredResponse {
  /** Where it came from in the end, after redirects; relative links are seen from there. */
  readonly url: string
  readonly contentType: string
  /** For If-None-Match and If-Range; undefined where the server gave none. */
  readonly etag: string | undefined
  readonly lastModified: string | undefined
  /** Milliseconds since the epoch, until which nobody needs to be asked again. */
  readonly freshUntil: number
  /** Whether the body is whole; a part goes on where it ends. */
  readonly whole: boolean
  readonly body: Uint8Array
}

/** Keeps answers: a directory, a browser's cache. What cannot be read or written is as if it were not there. */
export interface ResponseStore {
  read(key: string): Promise<StoredResponse | undefined>
  write(key: string, response: StoredResponse): Promise<void>
}

/** What the room needs of the place it runs in; everything but `fetch` has a default that works everywhere. */
export interface IndexHome {
  readonly fetch: typeof fetch
  /** Without it, paths and file: URLs are refused. */
  readonly files?: LocalFiles
  readonly store?: ResponseStore
  /** Takes sentences for people about what is passed over. */
  readonly warn?: (line: string) => void
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** Resolves after so many milliseconds; rejects with the signal's reason. */
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** From 0 up to 1, for the jitter of retries. */
  readonly random?: () => number
}
