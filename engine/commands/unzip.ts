import { listShort, listVerbose } from '../archive/list-zip.ts'
import { dateOrderOf } from '../archive/listed-date.ts'
import { readDirectory, type ZipArchive } from '../archive/read-zip.ts'
import type { Command, Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { eachArchive, sayEmpty, sayPrefix } from './zip-archives.ts'
import { zipConsole, type ZipConsole } from './zip-console.ts'
import type { Overwriting } from './zip-extraction.ts'
import { lookUp } from './zip-extract.ts'
import { selectMembers } from './zip-members.ts'
import { processMembers } from './zip-process-members.ts'
import { parseUnzipOptions, type UnzipOptions } from './zip-unzip-options.ts'
import { unzipUsage } from './zip-usage.ts'
import { zipinfo } from './zipinfo.ts'

/** `unzip`, UnZip 6.00 of Info-ZIP: lists, tests and extracts. `unzip -Z` is zipinfo. */
export const unzip: Command = async (args, process) => {
  const first = args[0]
  if (first?.startsWith('-Z')) return zipinfo(first === '-Z' ? args.slice(1) : [`-${first.slice(2)}`, ...args.slice(1)], process)
  const options = parseUnzipOptions(args)
  const console = zipConsole(process, 'action' in options && options.action === 'test')
  if ('wrong' in options) {
    const ofZ = options.wrong?.includes('-Z')
    await console.warn(`${options.wrong ?? ''}${options.wrong === undefined || ofZ ? unzipUsage : ''}`)
    return 10
  }
  for (const caution of options.cautions) await console.warn(caution)
  if (options.action === 'help' || options.action === 'version' || options.file === undefined) {
    await console.say(options.action === 'version' ? unzipUsage.slice(0, unzipUsage.indexOf('\n') + 1) : unzipUsage)
    return 0
  }
  const overwriting: Overwriting = { mode: options.overwrite }
  return eachArchive(process, console, 'unzip', options.file, saying(options), async ({ name, source }) => {
    if (options.quiet === 0 && options.action !== 'print') await console.say(`Archive:  ${name}\n`)
    const archive = await readDirectory(source)
    const commented = await sayComment(console, options, archive)
    if (options.action === 'comment') return commented
    const prefixed = await sayPrefix(console, name, archive)
    if (archive.entries.length === 0) return sayEmpty(console, name)
    const unmade = await makeTop(process, options)
    if (unmade) {
      await console.warn(unmade)
      return 2
    }
    const lists = options.action === 'list' || options.action === 'verbose'
    const status = lists
      ? await list(process, console, options, archive)
      : await processMembers(process, console, options, overwriting, archive, name)
    return Math.max(status, prefixed, commented)
  })
}

/** How much is said of an archive that is not there or is none. */
const saying = ({ action, quiet }: UnzipOptions) => ({ missing: action !== 'print', named: quiet === 0 && action !== 'print' })

/** Makes the extraction directory, one level; what to say where it cannot be made. */
async function makeTop(process: Process, options: UnzipOptions): Promise<string | undefined> {
  const { directory, action } = options
  if (directory === undefined || !['extract', 'freshen', 'update'].includes(action)) return undefined
  const stat = await lookUp(process, directory)
  if (stat && isDirectory(stat.mode)) return undefined
  const path = directory.replace(/(?<=.)\/+$/, '')
  try {
    if (stat) throw new SystemError('EEXIST', path)
    await process.system.mkdir(path, 0o777)
    return undefined
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    return `checkdir:  cannot create extraction directory: ${path}\n           ${error.message}\n`
  }
}

async function sayComment(console: ZipConsole, options: UnzipOptions, archive: ZipArchive): Promise<number> {
  const { comment, end } = archive
  const wanted = options.action === 'comment' || (options.quiet === 0 && options.action !== 'print')
  if (!wanted || comment.length === 0) return 0
  await console.say(comment)
  if (end.trailing < 0) {
    await console.warn('\ncaution:  zipfile comment truncated\n')
    return 1
  }
  if (comment.at(-1) !== 10) await console.say('\n')
  return 0
}

async function list(process: Process, console: ZipConsole, options: UnzipOptions, archive: ZipArchive): Promise<number> {
  const members = selectMembers(options.included, options.excluded, options.ignoreCase)
  const entries = archive.entries.filter((entry) => members.wants(entry))
  const lines = options.action === 'verbose' ? listVerbose : listShort
  for (const line of lines(entries, { dates: dateOrderOf(process.env), bare: options.quiet > 1, comments: options.quiet === 0 })) {
    await console.say(line)
    await process.breathe()
  }
  return entries.length ? 0 : 11
}
