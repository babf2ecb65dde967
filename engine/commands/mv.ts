import type { Process } from '../machine/process.ts'
import { isDirectory, isSymlink, type Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { createConfirm } from './confirm.ts'
import { octalMode, permissionText } from './file-mode.ts'
import { canonicalPath } from './canonical-path.ts'
import { isSameFile, lookUp } from './look-up.ts'
import { quoteName } from './quote-name.ts'
import { report, reportAction } from './report.ts'
import { pairOperands, targetOptions } from './target-operands.ts'

export const mv = command(
  {
    name: 'mv',
    usage: ['[OPTION]... [-T] SOURCE DEST', '[OPTION]... SOURCE... DIRECTORY', '[OPTION]... -t DIRECTORY SOURCE...'],
    summary: 'Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.',
    options: {
      '-f, --force': 'do not ask before overwriting',
      '-i, --interactive': 'ask before overwriting',
      '-n, --no-clobber': 'do not overwrite',
      '--strip-trailing-slashes': 'remove slashes from the end of each SOURCE',
      ...targetOptions,
      '-u, --update': 'move only where SOURCE is newer than DEST, or DEST is missing',
      '-v, --verbose': 'print what is done',
    },
    details: 'Of -i, -f and -n the last one counts.',
  },
  async (args, process) => {
    const strip = (name: string) => (args.has('strip-trailing-slashes') ? name.replace(/(?<=.)\/+$/, '') : name)
    const operands = args.operands.map((name, at) => (args.has('t') || at < args.operands.length - 1 ? strip(name) : name))
    const pairs = await pairOperands(process, { operands, directory: args.value('t'), noDirectory: args.has('T') })
    const options = {
      overwriting: args.latest('f', 'i', 'n'), update: args.has('u'), verbose: args.has('v'), confirm: createConfirm(process),
      terminal: await process.system.isatty(process.stdin.fd),
    }
    let status = 0
    for (const [from, to] of pairs) if (!(await move(process, from, to, options))) status = 1
    return status
  },
)

interface Options {
  overwriting: 'f' | 'i' | 'n' | undefined
  update: boolean
  verbose: boolean
  terminal: boolean
  confirm: (question: string) => Promise<boolean>
}

async function move(process: Process, from: string, to: string, options: Options): Promise<boolean> {
  const { system } = process
  let source: Stat
  try {
    source = await system.lstat(from)
  } catch (error) {
    await reportAction(process, 'cannot stat', from, error)
    return false
  }
  const refuse = async (message: string) => {
    await report(process, message)
    return false
  }
  try {
    const old = await lookUp(system, to, false)
    if (old) {
      const same = isSameFile(source, old)
      if (same && (await isSameEntry(process, from, to, source)))
        return await refuse(`${quoteName(from)} and ${quoteName(to)} are the same file`)
      if (options.overwriting === 'n') return true
      if (options.update && old.mtime >= source.mtime) return true
      if (isDirectory(old.mode) && !isDirectory(source.mode))
        return await refuse(`cannot overwrite directory ${quoteName(to)} with non-directory`)
      if (!isDirectory(old.mode) && isDirectory(source.mode)) {
        return await refuse(`cannot overwrite non-directory ${quoteName(to)} with directory ${quoteName(from)}`)
      }
      if (!(await mayOverwrite(process, to, old, options))) return true
      // rename(2) does nothing between two links of one file; mv makes the first go.
      if (same) await system.unlink(from)
      else await system.rename(from, to)
    } else await system.rename(from, to)
  } catch (error) {
    if (error instanceof SystemError && error.code === 'EINVAL') {
      return refuse(`cannot move ${quoteName(from)} to a subdirectory of itself, ${quoteName(to)}`)
    }
    await reportAction(process, 'cannot move', from, error, ` to ${quoteName(to)}`)
    return false
  }
  if (options.verbose) await process.stdout.write(`renamed ${quoteName(from)} -> ${quoteName(to)}\n`)
  return true
}

/** Two names of one directory entry; a directory has only one, a file may have several links. */
async function isSameEntry({ system }: Process, from: string, to: string, { nlink, mode }: Stat): Promise<boolean> {
  if (isDirectory(mode) || nlink === 1) return true
  return (await canonicalPath(system, from, 'all', true)) === (await canonicalPath(system, to, 'all', true))
}

async function mayOverwrite(process: Process, to: string, old: Stat, options: Options): Promise<boolean> {
  if (options.overwriting === 'i') return options.confirm(`overwrite ${quoteName(to)}? `)
  if (options.overwriting === 'f' || !options.terminal || isSymlink(old.mode)) return true
  try {
    await process.system.access(to, 2)
    return true
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    return options.confirm(`replace ${quoteName(to)}, overriding mode ${octalMode(old.mode)} (${permissionText(old.mode)})? `)
  }
}
