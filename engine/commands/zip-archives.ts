import { ZipError } from '../archive/zip-error.ts'
import type { ZipArchive } from '../archive/read-zip.ts'
import type { Process } from '../machine/process.ts'
import { isRegular } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import type { ZipConsole } from './zip-console.ts'
import { findArchive, type OpenedArchive } from './zip-open.ts'
import { compilePattern, isPattern } from './zip-pattern.ts'
import { sayUnreadable, type Saying } from './zip-unreadable.ts'

/**
 * The archives that a command line's first operand stands for: a name, or a pattern for files of one directory (sorted, as glob(3)
 * would).
 */
async function archiveNames(process: Process, given: string): Promise<string[]> {
  if (!isPattern(given)) return [given]
  const slash = given.lastIndexOf('/') + 1
  const directory = given.slice(0, slash)
  const matches = compilePattern(given.slice(slash))
  try {
    const entries = await process.system.readdir(directory || '.')
    const names = entries
      .filter(({ name, mode }) => isRegular(mode) && !name.startsWith('.') && matches(name))
      .map(({ name }) => directory + name)
    return names.length ? names.sort() : [given]
  } catch (error) {
    if (error instanceof SystemError) return [given]
    throw error
  }
}

/**
 * Runs `use` on each archive and resolves to the worst exit status. An archive that cannot be found or read is reported; where there
 * were several, a summary follows.
 */
export async function eachArchive(
  process: Process,
  console: ZipConsole,
  program: 'unzip' | 'zipinfo',
  given: string,
  saying: Saying,
  use: (opened: OpenedArchive) => Promise<number>,
): Promise<number> {
  const names = await archiveNames(process, given)
  const statuses: number[] = []
  for (const name of names) {
    if (statuses.length) await console.say('\n')
    statuses.push(await oneArchive(process, console, program, name, saying, use))
  }
  if (names.length > 1) await console.warn(`\n${summary(statuses)}`)
  return Math.max(...statuses)
}

async function oneArchive(
  process: Process,
  console: ZipConsole,
  program: 'unzip' | 'zipinfo',
  given: string,
  saying: Saying,
  use: (opened: OpenedArchive) => Promise<number>,
): Promise<number> {
  const opened = await findArchive(process, given)
  if (!opened) {
    if (!saying.missing) return 9
    await console.warn(`${program}:  cannot find or open ${given}, ${given}.zip or ${given}.ZIP.\n`)
    if (isPattern(given)) await console.warn('\nNo zipfiles found.\n')
    return 9
  }
  try {
    return await use(opened)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    const { text, status } = sayUnreadable(error, program, given, opened.name, saying)
    await console.warn(text)
    return status
  } finally {
    await opened.close()
  }
}

function summary(statuses: number[]): string {
  const count = (test: (status: number) => boolean) => statuses.filter(test).length
  const rows: [number, (n: number) => string][] = [
    [count((status) => status === 0), (n) => `${n} archive${n === 1 ? ' was' : 's were'} successfully processed.\n`],
    [count((status) => status === 1), (n) => `${n} archive${n === 1 ? '' : 's'} had warnings but no fatal errors.\n`],
    [count((status) => status > 1 && status !== 9), (n) => `${n} archive${n === 1 ? '' : 's'} had fatal errors.\n`],
    [count((status) => status === 9), (n) => `${n} file${n === 1 ? '' : 's'} had no zipfile directory.\n`],
  ]
  return rows.map(([n, text]) => (n ? text(n) : '')).join('')
}

/** The warning for bytes that the offsets do not count, and its exit status; 0 where there are none. */
export async function sayPrefix(console: ZipConsole, name: string, archive: ZipArchive): Promise<number> {
  const extra = archive.offsetShift
  if (extra === 0) return 0
  const bytes = `${extra} extra byte${extra === 1 ? '' : 's'}`
  await console.warn(`warning [${name}]:  ${bytes} at beginning or within zipfile\n  (attempting to process anyway)\n`)
  return 1
}

export async function sayEmpty(console: ZipConsole, name: string): Promise<number> {
  await console.warn(`warning [${name}]:  zipfile is empty\n`)
  return 1
}
