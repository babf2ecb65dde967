import type { Process } from '../machine/process.ts'
import { isDirectory, isRegular, isSymlink } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { matchesPattern } from '../shell/pattern.ts'

interface Choice {
  include: string[]
  exclude: string[]
  excludeDirectory: string[]
  /** -R: follow every symbolic link. */
  follow: boolean
  /** No operand was given: names are shown without the `./` before them. */
  bare: boolean
}

/** The files below `root` that grep -r reads, in directory order; `root` itself where it is no directory. */
export async function* grepFilesBelow(
  process: Process,
  root: string,
  choice: Choice,
  fail: (name: string, error: unknown) => Promise<void>,
): AsyncGenerator<string> {
  const { system } = process
  const wanted = (path: string) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const matches = (glob: string) => matchesPattern(name, glob) || matchesPattern(path, glob)
    return !choice.exclude.some(matches) && (choice.include.length === 0 || choice.include.some(matches))
  }
  async function* walk(directory: string, shown: string, above: number[]): AsyncGenerator<string> {
    let entries
    try {
      entries = await system.readdir(directory)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await fail(shown, error)
      return
    }
    for (const { name, mode } of entries) {
      const path = shown === '' ? name : `${shown.replace(/\/+$/, '')}/${name}`
      if (isSymlink(mode) && !choice.follow) continue
      try {
        const stat = isSymlink(mode) ? await system.stat(path) : { mode, ino: (await system.lstat(path)).ino }
        if (isDirectory(stat.mode)) {
          if (choice.excludeDirectory.some((glob) => matchesPattern(name, glob))) continue
          if (above.includes(stat.ino)) await fail(path, new SystemError('ELOOP', path))
          else yield* walk(path, path, [...above, stat.ino])
        } else if (isRegular(stat.mode) && wanted(path)) yield path
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        await fail(path, error)
      }
    }
  }
  try {
    const stat = await system.stat(root)
    if (isDirectory(stat.mode)) yield* walk(root, choice.bare ? '' : root, [stat.ino])
    else if (wanted(root)) yield root
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    await fail(root, error)
  }
}
