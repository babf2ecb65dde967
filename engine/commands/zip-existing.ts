/** The archive that zip is to change. */
import { readDirectory, type ZipArchive } from '../archive/read-zip.ts'
import { ZipError } from '../archive/zip-error.ts'
import type { Process } from '../machine/process.ts'
import type { Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { lookUp } from './zip-extract.ts'
import { ZipFailure } from './zip-failure.ts'
import { openArchive, type OpenedArchive } from './zip-open.ts'

export interface Existing {
  opened: OpenedArchive
  archive: ZipArchive
  stat: Stat
}

const notAnArchive = [
  'missing end signature--probably not a zip file (did you',
  'remember to use binary mode when you transferred it?)',
  '(if you are trying to read a damaged archive try -F)',
]

/** Undefined where there is none. `warn` is told what is wrong with one that cannot be used. */
export async function readExisting(process: Process, path: string, warn: (text: string) => Promise<void>): Promise<Existing | undefined> {
  const stat = await lookUp(process, path)
  if (!stat) return undefined
  let opened: OpenedArchive | undefined
  try {
    opened = await openArchive(process, path)
    return { opened, archive: await readDirectory(opened.source), stat }
  } catch (error) {
    await opened?.close()
    if (error instanceof SystemError) throw new ZipFailure(18, path, error.message)
    if (!(error instanceof ZipError)) throw error
    for (const line of error.code === 'not-a-zip' ? notAnArchive : [error.message]) await warn(line)
    throw new ZipFailure(3, path)
  }
}
