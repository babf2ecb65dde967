/** unzip's way through an archive's members: extract, test or print each one that is asked for, and sum up. */
import type { ZipArchive } from '../archive/read-zip.ts'
import { shownName, nativeName } from '../archive/shown-name.ts'
import type { ZipEntry } from '../archive/zip-entry.ts'
import { ZipError } from '../archive/zip-error.ts'
import type { Process } from '../machine/process.ts'
import { padName, type ZipConsole } from './zip-console.ts'
import { startExtraction, type Extraction, type Overwriting } from './zip-extraction.ts'
import { selectMembers } from './zip-members.ts'
import { unextractable } from './zip-unextractable.ts'
import type { UnzipOptions } from './zip-unzip-options.ts'

const overlapText = 'error: invalid zip file with overlapped components (possible zip bomb)\n'

/** How a member's bad data are told, and the status. `said` is whether its line `  inflating: name` already stands there. */
function sayBadData(error: ZipError, entry: ZipEntry, number: number, said: boolean): { text: string; status: number } {
  const name = shownName(nativeName(entry))
  if (error.code === 'crc-mismatch') {
    const [, crc, right] = /bad CRC (\w+) \(should be (\w+)\)/.exec(error.message) ?? []
    return { text: `${said ? '' : `${padName(name)} `} bad CRC ${crc}  (should be ${right})\n`, status: 2 }
  }
  if (error.code === 'bad-signature')
    return { text: `file #${number}:  bad zipfile offset (local header sig):  ${entry.headerOffset}\n`, status: 2 }
  if (error.code === 'bad-data')
    return { text: `${said ? '\n' : ''}  error:  invalid compressed data to inflate${said ? '' : ` ${name}`}\n`, status: 2 }
  return { text: `${said ? '\n' : ''}  error:  ${error.message}\n`, status: 2 }
}

export async function processMembers(
  process: Process,
  console: ZipConsole,
  options: UnzipOptions,
  overwriting: Overwriting,
  archive: ZipArchive,
  archiveName: string,
): Promise<number> {
  const members = selectMembers(options.included, options.excluded, options.ignoreCase)
  const entries = [...archive.entries.entries()].filter(([, entry]) => members.wants(entry))
  const extraction = startExtraction(process, console, options, overwriting, archive, archiveName)
  const quiet = options.action === 'print' ? 2 : options.quiet
  let status = 0
  let skipped = 0
  let done = 0
  // Info-ZIP looks through the directory first: what cannot be read is said before anything is extracted.
  const readable: typeof entries = []
  for (const [index, entry] of entries) {
    const problem = unextractable(entry, shownName(nativeName(entry)))
    if (problem?.reason === 'unsupported') {
      skipped++
      if (quiet === 0) await console.warn(problem.text)
    } else readable.push([index, entry])
  }
  for (const [index, entry] of readable) {
    const problem = unextractable(entry, shownName(nativeName(entry)))
    done++
    if (problem) {
      await console.warn(problem.text)
      status = Math.max(status, 5)
      continue
    }
    try {
      status = Math.max(status, await processMember(process, console, options, archive, extraction, entry))
    } catch (error) {
      if (!(error instanceof ZipError)) throw error
      if (error.code === 'overlap') {
        await console.warn(overlapText)
        return 12
      }
      const { text, status: bad } = sayBadData(error, entry, index + 1, console.midLine())
      await console.warn(text)
      status = Math.max(status, bad)
    }
    await process.breathe()
  }
  status = Math.max(status, await extraction.finish())
  const { included, excluded } = members.unmatched()
  for (const pattern of included) await console.warn(`caution: filename not matched:  ${pattern}\n`)
  for (const pattern of excluded) await console.warn(`caution: excluded filename not matched:  ${pattern}\n`)
  if (included.length && status <= 1) status = 11
  if (options.action === 'test' && quiet < 2) await console.say(verdict(archiveName, status, done, skipped, members.all))
  return skipped && status <= 1 ? 81 : status
}

async function processMember(
  process: Process,
  console: ZipConsole,
  options: UnzipOptions,
  archive: ZipArchive,
  extraction: Extraction,
  entry: ZipEntry,
): Promise<number> {
  const { action, quiet } = options
  if (action === 'extract' || action === 'freshen' || action === 'update') return extraction.extract(entry)
  if (entry.type === 'directory' && action !== 'test') return 0
  const name = padName(shownName(nativeName(entry)))
  const shown = quiet === 0 && action !== 'print'
  const chunks = await archive.stream(entry)
  if (shown) await console.say(`${action === 'test' ? '    testing' : entry.method === 0 ? ' extracting' : '  inflating'}: ${name}  `)
  if (shown && action === 'show') await console.say('\n')
  for await (const chunk of chunks) {
    if (action !== 'test') await process.stdout.write(chunk)
    await process.breathe()
  }
  if (action === 'test' && shown) await console.say(' OK\n')
  if (action === 'show' && shown) await console.say('\n')
  return 0
}

function verdict(archiveName: string, status: number, done: number, skipped: number, all: boolean): string {
  const files = (count: number) => `${count} file${count === 1 ? '' : 's'}`
  const skippedText = skipped ? `${files(skipped)} skipped because of unsupported compression or encoding.\n` : ''
  if (status) return `At least one ${status === 1 ? 'warning-' : ''}error was detected in ${archiveName}.\n${skippedText}`
  if (done === 0) return `Caution:  zero files tested in ${archiveName}.\n${skippedText}`
  if (all && !skipped) return `No errors detected in compressed data of ${archiveName}.\n`
  return `No errors detected in ${archiveName} for the ${files(done)} tested.\n${skippedText}`
}
