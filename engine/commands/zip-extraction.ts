/** One archive's members put into the file system, as Info-ZIP's unzip does it and says it. */
import type { ZipArchive } from '../archive/read-zip.ts'
import { shownName } from '../archive/shown-name.ts'
import type { ZipEntry } from '../archive/zip-entry.ts'
import type { Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { padName, type ZipConsole } from './zip-console.ts'
import { entryTime, lookUp, makeParents, NotADirectory, permissionsOf, restoreOwner, writeFile } from './zip-extract.ts'
import { askReplace, type ReplaceAnswer } from './zip-replace.ts'
import { targetOf } from './zip-target.ts'
import type { UnzipOptions } from './zip-unzip-options.ts'

export interface Extraction {
  /** Resolves to the exit status that the member calls for. Throws ZipError where its data are bad. */
  extract(entry: ZipEntry): Promise<number>
  /** Links are made and directories get their modes and times when nothing more is written into them. */
  finish(): Promise<number>
}

interface Pending {
  path: string
  entry: ZipEntry
}

/** What is done where a file is there already. An answer for all holds for the command line's further archives too. */
export interface Overwriting {
  mode: UnzipOptions['overwrite']
}

export function startExtraction(
  process: Process,
  console: ZipConsole,
  options: UnzipOptions,
  overwriting: Overwriting,
  archive: ZipArchive,
  archiveName: string,
): Extraction {
  const { system } = process
  const top = options.directory ? `${options.directory.replace(/\/+$/, '')}/` : ''
  const directories: Pending[] = []
  const links: (Pending & { target: string })[] = []
  let saidBackslashes = false
  const say = async (text: string) => {
    if (options.quiet === 0) await console.say(text)
  }

  const sayTarget = async (entry: ZipEntry, name: string, target: ReturnType<typeof targetOf>): Promise<number> => {
    if (options.quiet < 2) {
      if (target.absolute) await console.warn(`warning:  stripped absolute path spec from ${name}\n`)
      if (target.dotDot) await console.say(`warning:  skipped "../" path component(s) in ${name}\n`)
      if (target.backslashes && !saidBackslashes) {
        await console.warn(`warning:  ${archiveName} appears to use backslashes as path separators\n`)
        saidBackslashes = true
      }
    }
    return target.absolute || target.dotDot || target.backslashes ? 1 : 0
  }

  const makeDirectory = async (entry: ZipEntry, name: string): Promise<number> => {
    const path = top + name.slice(0, -1)
    await makeParents(process, top, name.slice(0, -1))
    const stat = await lookUp(process, path, false)
    if (stat && !isDirectory(stat.mode)) throw new NotADirectory(path)
    if (!stat) {
      if (options.action === 'freshen') return 0
      await system.mkdir(path, 0o777)
      await say(`   creating: ${shownName(`${path}/`)}\n`)
    }
    directories.push({ path, entry })
    return 0
  }

  /** The path to write to, or why nothing is to be written. */
  const settle = async (entry: ZipEntry, name: string): Promise<{ path: string } | { skipped: number }> => {
    let path = top + name
    for (;;) {
      const there = await lookUp(process, path, false)
      if (there === undefined) return options.action === 'freshen' ? { skipped: 0 } : { path }
      const selective = options.action === 'freshen' || options.action === 'update'
      if (selective && there.mtime >= entryTime(entry)) return { skipped: 0 }
      if (overwriting.mode === 'always') return { path }
      if (overwriting.mode === 'never') return { skipped: 0 }
      const answer: ReplaceAnswer = await askReplace(process, shownName(path))
      if (answer.kind === 'all') overwriting.mode = 'always'
      if (answer.kind === 'none' || answer.kind === 'end') overwriting.mode = 'never'
      if (answer.kind === 'yes' || answer.kind === 'all') return { path }
      if (answer.kind !== 'rename') return { skipped: answer.kind === 'end' ? 1 : 0 }
      path = top + answer.name
    }
  }

  const finishFile = async (path: string, entry: ZipEntry) => {
    if (options.restoreOwner) await restoreOwner(process, path, entry)
    await system.chmod(path, await permissionsOf(process, entry, options.keepSpecialBits))
    if (options.ignoreTimes < 2) await system.utimes(path, entryTime(entry), entryTime(entry))
  }

  const writeMember = async (entry: ZipEntry, name: string): Promise<number> => {
    const chunks = await archive.stream(entry)
    await makeParents(process, top, name)
    const settled = await settle(entry, name)
    if ('skipped' in settled) return settled.skipped
    const { path } = settled
    const padded = padName(shownName(path))
    if (entry.type === 'symlink') {
      const text = await archive.data(entry)
      const target = new TextDecoder().decode(text)
      // A file keeps the place until the end: what lies under the link's name must not be written through it.
      await writeFile(process, path, [text])
      await say(`    linking: ${padded}  -> ${shownName(target)} \n`)
      links.push({ path, entry, target })
      return 0
    }
    await say(`${entry.method === 0 ? ' extracting' : '  inflating'}: ${padded}  `)
    try {
      await writeFile(process, path, chunks)
      await say('\n')
    } finally {
      // Damaged data are left as far as they came, with the member's mode and time.
      if (await lookUp(process, path, false)) await finishFile(path, entry)
    }
    return 0
  }

  return {
    extract: async (entry) => {
      const shown = shownName(entry.name)
      const target = targetOf(entry, options)
      if (target.name === undefined) return 0
      const warned = await sayTarget(entry, shown, target)
      try {
        const status = target.name.endsWith('/') ? await makeDirectory(entry, target.name) : await writeMember(entry, target.name)
        return Math.max(status, warned)
      } catch (error) {
        if (error instanceof NotADirectory) {
          await console.warn(`checkdir error:  ${error.path} exists but is not directory\n                 unable to process ${shown}.\n`)
          return 2
        }
        if (!(error instanceof SystemError)) throw error
        await console.warn(`error:  cannot create ${shownName(top + target.name)}\n        ${error.message}\n`)
        return error.code === 'ENOSPC' ? 50 : 2
      }
    },
    finish: async () => {
      let status = 0
      if (links.length) await say('finishing deferred symbolic links:\n')
      for (const { path, target } of links) {
        await say(`  ${padName(shownName(path))} -> ${shownName(target)}\n`)
        try {
          if (await lookUp(process, path, false)) await system.unlink(path)
          await system.symlink(target, path)
        } catch (error) {
          if (!(error instanceof SystemError)) throw error
          await console.warn(`symlink error: ${error.message}\n`)
          status = 1
        }
      }
      // Deepest first, so that a time set on a directory is not undone by one inside it.
      for (const { path, entry } of directories.reverse()) {
        if (options.restoreOwner) await restoreOwner(process, path, entry)
        if (options.ignoreTimes === 0) await system.utimes(path, entryTime(entry), entryTime(entry))
        await system.chmod(path, await permissionsOf(process, entry, options.keepSpecialBits))
      }
      return status
    },
  }
}
