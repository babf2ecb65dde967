/** Package indexes as a process of Node sees them: the files of this machine, answers that are kept, and what pip is set up for. */
import { execFile } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ByteSource } from '../engine/archive/byte-source.ts'
import { createIndex } from '../engine/index/create-index.ts'
import type { IndexSettings } from '../engine/index/index-settings.ts'
import type { PackageIndex } from '../engine/index/package-index.ts'
import { pipSettings } from '../engine/index/pip-settings.ts'
import { fileIdentity } from './file-identity.ts'
import { nodeFetch } from './node-fetch.ts'
import { readAt } from './read-at.ts'
import { responseDirectory } from './response-directory.ts'

const ifThere = <T>(work: Promise<T>): Promise<T | undefined> => work.catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return undefined
  throw error
})

const read = async (path: string): Promise<Uint8Array | undefined> => {
  const bytes = await ifThere(readFile(path))
  return bytes && new Uint8Array(bytes)
}

/** A file that is read in parts, open while it is read: few bytes each, for which a thread is not worth waiting. */
const open = async (path: string): Promise<ByteSource | undefined> => {
  const found = await ifThere(stat(path))
  if (!found?.isFile()) return undefined
  const parts = (offset: number, length: number): Uint8Array => {
    const file = openSync(path, 'r')
    try {
      return readAt(file, new Uint8Array(Math.max(Math.min(length, found.size - offset), 0)), offset)
    } finally {
      closeSync(file)
    }
  }
  return { size: found.size, read: parts }
}

/** What pip is set up for. Throws IndexError. */
const settled = (environment: NodeJS.ProcessEnv): ReturnType<typeof pipSettings> => pipSettings({
  environment, home: environment.HOME ?? environment.USERPROFILE ?? '', prefix: environment.VIRTUAL_ENV, command: 'download', read,
})

/** `cache` is this program's own directory in the user's cache. */
export const nodeIndex = (
  cache: string, environment: NodeJS.ProcessEnv, warn: (line: string) => void,
) => (settings: IndexSettings): PackageIndex => createIndex(settings, {
  fetch: nodeFetch(settings, () => settled(environment), environment),
  store: responseDirectory(join(cache, 'answers')),
  warn,
  files: { listDirectory: path => ifThere(readdir(path)), readFile: read, openFile: open, identity: path => ifThere(fileIdentity(path)) },
})

/** The default that the installed pip asks, if there is one. */
const installedDefault = async (): Promise<string[]> => {
  const script = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'
  return promisify(execFile)('python3', ['-c', script], { timeout: 20_000 }).then(({ stdout }) => [stdout.trim()], () => [])
}

/** The indexes that pip is set up for, in the order in which it asks them; none where no pip says of one. Throws IndexError. */
export const nodeIndexes = async (environment: NodeJS.ProcessEnv): Promise<string[]> => {
  const { indexUrl, extraIndexUrls, noIndex } = await settled(environment)
  if (noIndex) return []
  return [...indexUrl === undefined ? await installedDefault() : [indexUrl], ...extraIndexUrls]
}
