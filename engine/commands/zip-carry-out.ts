/** Writes the archive that a plan describes, and puts it in its place. */
import { copyEntry } from '../archive/copy-entry.ts'
import { utcMilliseconds } from '../archive/dos-date.ts'
import { writeZip, type NewEntry } from '../archive/write-zip.ts'
import type { ZipEntry } from '../archive/zip-entry.ts'
import { ZipError } from '../archive/zip-error.ts'
import type { Process } from '../machine/process.ts'
import { signals } from '../machine/signals.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import type { Found } from './zip-collect.ts'
import type { Existing } from './zip-existing.ts'
import { ZipFailure } from './zip-failure.ts'
import { makeEntry, packedText, savedPercent } from './zip-new-entry.ts'
import type { ZipOptions } from './zip-options.ts'
import { openOutput, type ZipOutput } from './zip-output.ts'
import type { ZipPlan } from './zip-plan.ts'
import { testArchive } from './zip-test-archive.ts'

type Say = (text: string) => Promise<void>

/** What has gone into the archive so far. */
interface Tally {
  done: Found[]
  size: number
  compressedSize: number
  /** Milliseconds since the epoch. */
  latest: number
  unreadable: number
  interrupted: boolean
}

/** `path` is '-' for standard output. Resolves to the exit status; throws ZipFailure and leaves the old archive as it was. */
export async function carryOut(
  process: Process,
  options: ZipOptions,
  path: string,
  plan: ZipPlan,
  existing: Existing | undefined,
  say: Say,
): Promise<number> {
  const told: Say = async (text) => {
    if (!options.quiet) await say(text)
  }
  const tally: Tally = { done: [], size: 0, compressedSize: 0, latest: 0, unreadable: 0, interrupted: false }
  const output = path === '-' ? undefined : await openOutput(process, path)
  process.onSignal(signals.SIGINT, () => {
    tally.interrupted = true
  })
  try {
    await writeAll(process, options, plan, existing, output, tally, say, told)
    const empty = plan.added.length === 0 && plan.entries.every(({ fate }) => fate === 'delete')
    if (empty) await say('\tzip warning: zip file empty\n')
    if (options.verbose) {
      await told(
        `total bytes=${tally.size}, compressed=${tally.compressedSize} -> ${savedPercent(tally.size, tally.compressedSize)}% savings\n`,
      )
    }
    if (options.test && output) await testArchive(process, output.path, path, told)
  } catch (error) {
    await output?.discard()
    if (tally.interrupted) throw new ZipFailure(9, 'aborting')
    if (error instanceof ZipError) throw new ZipFailure(3, error.message)
    throw error
  }
  const umask = await process.system.umask()
  await output?.commit(existing ? existing.stat.mode & 0o7777 : 0o666 & ~umask)
  if (options.latestTime && tally.latest && output) await process.system.utimes(path, tally.latest, tally.latest)
  if (options.move) await removeMoved(process, tally.done)
  if (tally.unreadable === 0) return 0
  const read = `${tally.done.length} (${tally.size} bytes)`
  await say(`\nzip warning: Not all files were readable\n  files/entries read:  ${read}  skipped:  ${tally.unreadable} (0 bytes)\n`)
  return 18
}

async function writeAll(
  process: Process,
  options: ZipOptions,
  plan: ZipPlan,
  existing: Existing | undefined,
  output: ZipOutput | undefined,
  tally: Tally,
  say: Say,
  told: Say,
): Promise<void> {
  const pack = async (found: Found, verb: string): Promise<NewEntry | undefined> => {
    try {
      const entry = await makeEntry(process, found, options)
      await told(`${verb}: ${entry.name}${packedText(entry.data, options.verbose)}\n`)
      tally.done.push(found)
      tally.size += entry.data.size
      tally.compressedSize += entry.data.compressedSize
      return entry
    } catch (error) {
      if (!(error instanceof SystemError) || error.code === 'EINTR') throw error
      await say(`\tzip warning: could not open for reading: ${found.path}\n\tzip warning: ${error.message}\n`)
      tally.unreadable++
      return undefined
    }
  }

  async function* entries(): AsyncGenerator<NewEntry | undefined> {
    for (const { entry, name, fate } of plan.entries) {
      if (fate === 'delete') await told(`deleting: ${name}\n`)
      else yield fate === 'keep' ? await keep(existing!, entry, say) : await pack(fate, 'updating')
    }
    for (const found of plan.added) yield await pack(found, '  adding')
  }

  async function* counted(): AsyncGenerator<NewEntry> {
    for await (const entry of entries()) {
      await process.breathe()
      if (tally.interrupted) throw new ZipFailure(9, 'aborting')
      if (!entry) continue
      if (entry.date) tally.latest = Math.max(tally.latest, utcMilliseconds(entry.date))
      yield entry
    }
  }

  const archive = existing?.archive
  const writing = {
    versionMadeBy: 30,
    anyName: true,
    prefix: archive && !archive.offsetShift ? await archive.source.read(0, archive.prefixLength) : undefined,
    comment: options.askComment ? () => askComment(process, say) : archive?.comment,
  }
  for await (const chunk of writeZip(counted(), writing)) await (output ? output.write(chunk) : process.stdout.write(chunk))
}

/** Where the offsets would need Info-ZIP's -A first, zip refuses to copy, and so does this. */
async function keep(existing: Existing, entry: ZipEntry, say: Say): Promise<NewEntry> {
  if (existing.archive.offsetShift) {
    await say(`\tzip warning: Did not find entry for ${entry.name}\n`)
    throw new ZipFailure(3, `was copying ${entry.name}`)
  }
  return copyEntry(existing.archive, entry)
}

async function askComment(process: Process, say: Say): Promise<Uint8Array> {
  await say('enter new zip file comment (end with .):\n')
  const lines: string[] = []
  for await (const line of process.stdin.lines()) {
    const text = new TextDecoder().decode(line).replace(/\n$/, '')
    if (text === '.') break
    lines.push(text)
  }
  return new TextEncoder().encode(lines.join('\r\n'))
}

/** Files first, then the directories that they leave empty, deepest first. */
async function removeMoved(process: Process, done: readonly Found[]): Promise<void> {
  const moved = done.filter(({ stat }) => stat)
  for (const { path, stat } of moved) if (!isDirectory(stat!.mode)) await process.system.unlink(path)
  for (const { path, stat } of moved.reverse()) {
    if (!isDirectory(stat!.mode)) continue
    try {
      await process.system.rmdir(path)
    } catch (error) {
      if (!(error instanceof SystemError && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST'))) throw error
    }
  }
}
