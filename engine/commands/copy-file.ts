import type { Process } from '../machine/process.ts'
import { isDirectory, isRegular, isSymlink, S_IFIFO, S_IFMT, type Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { copyContents } from './copy-contents.ts'
import { directoryName } from './dirname.ts'
import { isSameFile, joinPath, lookUp } from './look-up.ts'
import { quoteName, quoteNameInMessage } from './quote-name.ts'
import { report, reportAction } from './report.ts'

export interface CopyOptions {
  recursive: boolean
  /** Which symlinks of the source are followed. */
  follow: 'always' | 'operands' | 'never'
  keepMode: boolean
  keepOwner: boolean
  keepTimes: boolean
  /** Files that are links of one another stay so. */
  keepLinks: boolean
  instead: 'hard link' | 'symbolic link' | undefined
  overwriting: 'i' | 'n' | undefined
  force: boolean
  removeFirst: boolean
  update: boolean
  verbose: boolean
  confirm: (question: string) => Promise<boolean>
}

/** Makes cp's copy of one operand to one name. It reports what goes wrong and resolves to false then. */
export function createCopy(process: Process, options: CopyOptions): (from: string, to: string) => Promise<boolean> {
  const { system } = process
  const made = new Set<string>()
  const madeDirectories = new Set<string>()
  let top = { from: '', to: '' }
  const copies = new Map<string, string>()
  const identity = ({ dev, ino }: Stat) => `${dev}:${ino}`

  const fail = async (message: string) => {
    await report(process, message)
    return false
  }
  const failCall = async (action: string, name: string, error: unknown, after = '') => {
    await reportAction(process, action, name, error, after)
    return false
  }

  const copy = async (from: string, to: string, operand: boolean): Promise<boolean> => {
    await process.breathe()
    let source: Stat
    try {
      source = await (options.follow === 'always' || (operand && options.follow === 'operands') ? system.stat(from) : system.lstat(from))
    } catch (error) {
      return failCall('cannot stat', from, error)
    }
    if (isDirectory(source.mode) && !options.recursive) return fail(`-r not specified; omitting directory ${quoteName(from)}`)
    let old: Stat | undefined
    try {
      old = await lookUp(system, to, false)
      if (old && isSymlink(old.mode) && !isSymlink(source.mode) && !options.removeFirst) {
        const beyond = await lookUp(system, to)
        if (!beyond && isRegular(source.mode) && !options.instead)
          return await fail(`not writing through dangling symlink ${quoteName(to)}`)
        if (!options.instead) old = beyond
      }
    } catch (error) {
      return failCall('cannot stat', to, error)
    }
    if (old) {
      const verdict = await admit(from, to, source, old)
      if (verdict !== undefined) return verdict
    }
    if (isDirectory(source.mode)) return copyDirectory(from, to, source, old)
    const kept = await copyOther(from, to, source, old)
    if (kept) made.add(identity((await lookUp(system, to, false)) ?? source))
    return kept
  }

  /** undefined where the copy may go on over what is there; else the copy's result. */
  const admit = async (from: string, to: string, source: Stat, old: Stat): Promise<boolean | undefined> => {
    if (isSameFile(source, old) && !isDirectory(old.mode)) return fail(`${quoteName(from)} and ${quoteName(to)} are the same file`)
    if (isDirectory(source.mode)) {
      return isDirectory(old.mode) ? undefined : fail(`cannot overwrite non-directory ${quoteName(to)} with directory ${quoteName(from)}`)
    }
    if (isDirectory(old.mode)) return fail(`cannot overwrite directory ${quoteName(to)} with non-directory`)
    if (options.overwriting === 'n') return true
    if (options.update && old.mtime >= source.mtime) return true
    if (options.overwriting === 'i' && !(await options.confirm(`overwrite ${quoteName(to)}? `))) return true
    if (made.has(identity(old))) return fail(`will not overwrite just-created ${quoteName(to)} with ${quoteName(from)}`)
    return undefined
  }

  const copyDirectory = async (from: string, to: string, source: Stat, old: Stat | undefined): Promise<boolean> => {
    if (madeDirectories.has(identity(source)))
      return fail(`cannot copy a directory, ${quoteName(top.from)}, into itself, ${quoteName(top.to)}`)
    try {
      // Writable for the owner while it is filled; its own permissions come last.
      if (!old) await system.mkdir(to, (source.mode & 0o777) | 0o700)
      if (!old) madeDirectories.add(identity(await system.lstat(to)))
    } catch (error) {
      return failCall('cannot create directory', to, error)
    }
    if (!old) await tell(from, to)
    let whole = true
    try {
      for (const { name } of await system.readdir(from)) whole = (await copy(joinPath(from, name), joinPath(to, name), false)) && whole
    } catch (error) {
      whole = await failCall('cannot access', from, error)
    }
    if (!old && !options.keepMode && (source.mode & 0o700) !== 0o700) await system.chmod(to, source.mode & 0o777 & ~(await system.umask()))
    return (await preserve(to, source)) && whole
  }

  /** Everything that is no directory. */
  const copyOther = async (from: string, to: string, source: Stat, old: Stat | undefined): Promise<boolean> => {
    const twin = options.keepLinks && source.nlink > 1 ? copies.get(identity(source)) : undefined
    const linking = options.instead === 'hard link' || twin !== undefined
    const replaced = options.removeFirst || isSymlink(source.mode) || (options.force && options.instead) || twin !== undefined
    if (old && replaced) {
      try {
        await system.unlink(to)
      } catch (error) {
        return failCall('cannot remove', to, error)
      }
    }
    if (linking) {
      const target = twin ?? from
      try {
        await system.link(target, to)
      } catch (error) {
        return failCall('cannot create hard link', to, error, ` to ${quoteName(target)}`)
      }
      await tell(from, to)
      return true
    }
    if (options.keepLinks && source.nlink > 1) copies.set(identity(source), to)
    if (options.instead === 'symbolic link') {
      if (!from.startsWith('/') && directoryName(to) !== '.')
        return fail(`${quoteNameInMessage(to)}: can make relative symbolic links only in current directory`)
      try {
        await system.symlink(from, to)
      } catch (error) {
        return failCall('cannot create symbolic link', to, error, ` to ${quoteName(from)}`)
      }
      await tell(from, to)
      return true
    }
    if (isSymlink(source.mode)) return copyLink(from, to, source)
    await tell(from, to)
    if (options.recursive && (source.mode & S_IFMT) === S_IFIFO) {
      try {
        await system.mkfifo(to, source.mode & 0o777)
      } catch (error) {
        return failCall('cannot create fifo', to, error)
      }
      return preserve(to, source)
    }
    if (options.recursive && !isRegular(source.mode)) return failCall('cannot create special file', to, new SystemError('EPERM', to))
    return (
      (await copyContents(process, from, to, source, { existing: old !== undefined && !replaced, force: options.force })) &&
      preserve(to, source)
    )
  }

  const copyLink = async (from: string, to: string, source: Stat): Promise<boolean> => {
    try {
      await system.symlink(await system.readlink(from), to)
    } catch (error) {
      return failCall('cannot create symbolic link', to, error)
    }
    await tell(from, to)
    if (options.keepTimes) await system.utimes(to, source.atime, source.mtime, false)
    return true
  }

  const tell = async (from: string, to: string) => {
    if (options.verbose) await process.stdout.write(`${quoteName(from)} -> ${quoteName(to)}\n`)
  }

  const preserve = async (to: string, source: Stat): Promise<boolean> => {
    try {
      if (options.keepTimes) await system.utimes(to, source.atime, source.mtime)
    } catch (error) {
      return failCall('preserving times for', to, error)
    }
    if (options.keepOwner) await keepOwner(to, source)
    try {
      if (options.keepMode) await system.chmod(to, source.mode & 0o7777)
    } catch (error) {
      return failCall('preserving permissions for', to, error)
    }
    return true
  }

  const keepOwner = async (to: string, { uid, gid }: Stat) => {
    try {
      await system.chown(to, uid, gid)
    } catch (error) {
      // Only root may give files away; cp -p of somebody else's file is no error (POSIX cp).
      if (!(error instanceof SystemError) || error.code !== 'EPERM') throw error
    }
  }

  return (from, to) => {
    top = { from, to }
    return copy(from, to, true)
  }
}
