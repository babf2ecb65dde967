import { readDirectory, type ZipArchive } from '../archive/read-zip.ts'
import { nativeName, shownName } from '../archive/shown-name.ts'
import { zipinfoHeader, zipinfoLine, zipinfoTotals } from '../archive/zipinfo-line.ts'
import { zipinfoVerboseEntry, zipinfoVerboseHeader } from '../archive/zipinfo-verbose.ts'
import type { Command, Process } from '../machine/process.ts'
import { eachArchive, sayPrefix } from './zip-archives.ts'
import { zipConsole, type ZipConsole } from './zip-console.ts'
import { selectMembers } from './zip-members.ts'
import { zipinfoUsage } from './zip-usage.ts'
import { parseZipinfoOptions, type ZipinfoOptions } from './zip-zipinfo-options.ts'

/** `zipinfo`, ZipInfo 3.0 of Info-ZIP: what an archive's directory says, in several formats. */
export const zipinfo: Command = async (args, process) => {
  const options = parseZipinfoOptions(args)
  if (options.wrong || options.file === undefined) {
    const { say, warn } = zipConsole(process, false)
    await (options.wrong ? warn : say)(zipinfoUsage)
    return options.wrong ? 10 : 0
  }
  const console = zipConsole(process, options.totals)
  return eachArchive(process, console, 'zipinfo', options.file, { missing: true, named: false }, async ({ name, source }) => {
    if (options.header) await console.say(`Archive:  ${name}\n`)
    return show(process, console, options, name, await readDirectory(source))
  })
}

async function show(process: Process, console: ZipConsole, options: ZipinfoOptions, name: string, archive: ZipArchive): Promise<number> {
  if (options.format === 'verbose') await console.say(zipinfoVerboseHeader(archive))
  else {
    if (options.comment && archive.comment.length) await console.say(`${new TextDecoder().decode(archive.comment)}\n`)
    if (options.header) await console.say(zipinfoHeader(archive.source.size, archive.entries.length))
  }
  const prefixed = await sayPrefix(console, name, archive)
  if (archive.entries.length === 0) {
    await console.say('Empty zipfile.\n')
    return 1
  }
  const members = selectMembers(options.included, options.excluded, options.ignoreCase)
  const shown = []
  for (const [index, entry] of archive.entries.entries()) {
    if (!members.wants(entry)) continue
    shown.push(entry)
    await console.say(line(options, archive, index))
    await process.breathe()
  }
  if (options.totals) await console.say(zipinfoTotals(shown))
  for (const pattern of members.unmatched().included) await console.warn(`caution: filename not matched:  ${pattern}\n`)
  return shown.length === 0 ? 11 : prefixed
}

function line(options: ZipinfoOptions, archive: ZipArchive, index: number): string {
  const entry = archive.entries[index]!
  switch (options.format) {
    case 'none':
      return ''
    case 'names-only':
    case 'names':
      return `${shownName(nativeName(entry))}\n`
    case 'verbose':
      return zipinfoVerboseEntry(archive, entry, index + 1)
    default:
      return zipinfoLine(entry, { form: options.format, sortable: options.sortable })
  }
}
