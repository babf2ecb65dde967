import type { Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { canonicalPath } from './canonical-path.ts'
import { command } from './command.ts'
import { createConfirm } from './confirm.ts'
import { directoryName } from './dirname.ts'
import { isSameFile, lookUp } from './look-up.ts'
import { quoteName, quoteNameInMessage } from './quote-name.ts'
import { relativePath } from './realpath.ts'
import { report, reportAction } from './report.ts'
import { pairOperands, targetOptions } from './target-operands.ts'

export const ln = command(
  {
    name: 'ln',
    usage: [
      '[OPTION]... [-T] TARGET LINK_NAME',
      '[OPTION]... TARGET',
      '[OPTION]... TARGET... DIRECTORY',
      '[OPTION]... -t DIRECTORY TARGET...',
    ],
    summary:
      'Make a link to TARGET named LINK_NAME, or links to each TARGET in DIRECTORY (or here).\n' +
      'Hard links by default, symbolic ones with -s.',
    options: {
      '-f, --force': 'remove what is in the way',
      '-i, --interactive': 'ask whether to remove what is in the way',
      '-L, --logical': 'link to the file a TARGET that is a symlink points to',
      '-n, --no-dereference': 'take LINK_NAME for a file where it is a symlink to a directory',
      '-P, --physical': 'make hard links to symlinks themselves (the default)',
      '-r, --relative': 'with -s, make the links relative to where they are',
      '-s, --symbolic': 'make symbolic links',
      ...targetOptions,
      '-v, --verbose': 'print the name of each linked file',
    },
  },
  async (args, process) => {
    const pairs = await pairOperands(process, {
      operands: args.operands, directory: args.value('t'), noDirectory: args.has('T'), alone: '.', keepLink: args.has('n'),
    })
    const replace = args.latest('f', 'i')
    const confirm = createConfirm(process)
    let status = 0
    for (const [target, path] of pairs) {
      const made = await link(process, target, path, {
        symbolic: args.has('s'), relative: args.has('r'), logical: args.latest('L', 'P') === 'L', verbose: args.has('v'),
        replace: replace === 'f' ? async () => true : replace === 'i' ? () => confirm(`replace ${quoteName(path)}? `) : undefined,
      })
      if (!made) status = 1
    }
    return status
  },
)

interface Options {
  symbolic: boolean
  relative: boolean
  logical: boolean
  verbose: boolean
  /** Whether what is in the way may go; undefined where that is an error. */
  replace: (() => Promise<boolean>) | undefined
}

async function link(process: Process, target: string, path: string, options: Options): Promise<boolean> {
  const { system } = process
  if (!options.symbolic) {
    try {
      const found = await (options.logical ? system.stat(target) : system.lstat(target))
      if (isDirectory(found.mode)) {
        await report(process, `${quoteNameInMessage(target)}: hard link not allowed for directory`)
        return false
      }
    } catch (error) {
      await reportAction(process, 'failed to access', target, error)
      return false
    }
  }
  try {
    const text = options.symbolic && options.relative ? await relativeTarget(process, target, path) : target
    if (options.replace) {
      const old = await lookUp(system, path, false)
      if (old && isDirectory(old.mode)) {
        await report(process, `${quoteNameInMessage(path)}: cannot overwrite directory`)
        return false
      }
      if (old && !options.symbolic && isSameFile(old, await system.lstat(target))) {
        await report(process, `${quoteName(target)} and ${quoteName(path)} are the same file`)
        return false
      }
      if (old && !(await options.replace())) return true
      if (old) await system.unlink(path)
    }
    if (options.symbolic) await system.symlink(text, path)
    else await system.link(options.logical ? await canonicalPath(system, target, 'all') : target, path)
    if (options.verbose) await process.stdout.write(`${quoteName(path)} ${options.symbolic ? '->' : '=>'} ${quoteName(text)}\n`)
    return true
  } catch (error) {
    const kind = options.symbolic ? 'symbolic' : 'hard'
    const shown = error instanceof SystemError && error.code !== 'EEXIST' && !options.symbolic ? ` => ${quoteName(target)}` : ''
    await reportAction(process, `failed to create ${kind} link`, path, error, shown)
    return false
  }
}

async function relativeTarget({ system }: Process, target: string, path: string): Promise<string> {
  return relativePath(await canonicalPath(system, directoryName(path), 'none'), await canonicalPath(system, target, 'none'))
}
