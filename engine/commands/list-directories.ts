import type { Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { readEntry, type Entry } from './list-entry.ts'
import { formatEntries, totalLine, type ListFormat } from './list-format.ts'
import { orderEntries, type Order } from './list-order.ts'
import { joinPath } from './look-up.ts'
import { reportAction } from './report.ts'

interface Options {
  format: ListFormat
  order: Order
  follow: boolean
  recursive: boolean
  hidden: 'all' | 'almost' | 'none'
  skipped: (name: string) => boolean
  /** `name:` stands above each directory. */
  titled: boolean
  /** Something stands above already: a blank line comes first. */
  printed: boolean
}

/** Lists what is in the directories, and below them where it is recursive. Resolves to ls's exit status. */
export async function listDirectories(process: Process, operands: readonly string[], options: Options): Promise<number> {
  const { format } = options
  let { printed } = options
  let status = 0

  const list = async (path: string, operand: boolean): Promise<void> => {
    let entries: Entry[]
    try {
      entries = await readDirectory(path)
    } catch (error) {
      await reportAction(process, 'cannot open directory', path, error)
      status = Math.max(status, operand ? 2 : 1)
      return
    }
    if (options.titled) await process.stdout.write(`${printed ? '\n' : ''}${format.quoteTitle(path)}:\n`)
    printed = true
    if (format.layout === 'long' || format.blocks) await process.stdout.write(totalLine(entries, format))
    await process.stdout.write(formatEntries(entries, format))
    if (!options.recursive) return
    for (const entry of entries) {
      if (isDirectory(entry.stat.mode) && entry.name !== '.' && entry.name !== '..') await list(joinPath(path, entry.name), false)
      await process.breathe()
    }
  }

  const readDirectory = async (path: string): Promise<Entry[]> => {
    const names = (await process.system.readdir(path)).map(({ name }) => name)
    const visible = options.hidden === 'none' ? names.filter((name) => !name.startsWith('.')) : names
    const entries: Entry[] = []
    for (const name of [...(options.hidden === 'all' ? ['.', '..'] : []), ...visible.filter((one) => !options.skipped(one))]) {
      const entry = await readMember(joinPath(path, name), name)
      if (entry) entries.push(entry)
    }
    return orderEntries(entries, options.order)
  }

  const readMember = async (path: string, name: string): Promise<Entry | undefined> => {
    try {
      return await readEntry(process, name, path, options.follow)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      // With -L, a name that leads nowhere can be listed only where nothing else is asked about it.
      if (options.follow && format.layout !== 'long') return readEntry(process, name, path, false)
      await reportAction(process, 'cannot access', path, error)
      status = Math.max(status, 1)
      return undefined
    }
  }

  for (const path of operands) await list(path, true)
  return status
}
