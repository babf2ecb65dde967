import { createIndex } from '../index/create-index.ts'
import type { IndexSettings } from '../index/index-settings.ts'
import type { PackageIndex } from '../index/package-index.ts'
import { pipSettings } from '../index/pip-settings.ts'
import type { Process } from '../machine/process.ts'
import { SystemError } from '../machine/system-error.ts'
import { readWhole } from './pex-files.ts'

const ifThere = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SystemError && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw error
  }
}

/** Package indexes as a process of the machine sees them: its files, and what `process.fetch` brings. */
export const packageIndex = (settings: IndexSettings, { system, fetch, now }: Process): PackageIndex =>
  createIndex(settings, {
    fetch,
    now,
    files: {
      listDirectory: path => ifThere(async () => (await system.readdir(path)).map(({ name }) => name)),
      readFile: path => ifThere(() => readWhole(system, path)),
    },
  })

/** The indexes that pip is set up for in the machine. */
export const pipIndexes = async (process: Process): Promise<string[]> => {
  const { system, env } = process
  const { indexUrl, extraIndexUrls } = await pipSettings({
    environment: env, home: env.HOME ?? '/root', command: 'download', read: path => ifThere(() => readWhole(system, path)),
  })
  return [...indexUrl === undefined ? [] : [indexUrl], ...extraIndexUrls]
}
