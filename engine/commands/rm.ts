import type { Process } from '../machine/process.ts'
import { isDirectory, isSymlink, type Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { baseName } from './basename.ts'
import { command } from './command.ts'
import { createConfirm } from './confirm.ts'
import { Failure } from './failure.ts'
import { fileKindName } from './file-mode.ts'
import { isSameFile, joinPath } from './look-up.ts'
import { quoteName } from './quote-name.ts'
import { report, reportAction } from './report.ts'

export const rm = command(
  {
    name: 'rm',
    usage: '[OPTION]... [FILE]...',
    summary: 'Remove (unlink) the FILE(s).',
    options: {
      '-f, --force': 'ignore files that do not exist, never ask',
      '-i': 'ask before every removal',
      '-I': 'ask once before removing more than three files, or recursively',
      '--interactive[=WHEN]': 'ask never, once (-I) or always (-i)',
      '--no-preserve-root': "do not treat '/' specially",
      '--preserve-root': "do not remove '/' (the default)",
      '-r, -R, --recursive': 'remove directories and what they hold',
      '-d, --dir': 'remove empty directories',
      '-v, --verbose': 'print a line for what is removed',
    },
    details: "A file whose name begins with a dash, such as '-foo', is removed by 'rm -- -foo' or 'rm ./-foo'.",
  },
  async (args, process) => {
    const asked = args.latest('f', 'i', 'I', 'interactive')
    const when =
      asked === 'interactive'
        ? interactivity(args.value('interactive') ?? 'always')
        : asked === 'i'
          ? 'always'
          : asked === 'I'
            ? 'once'
            : undefined
    const force = asked === 'f'
    if (!args.operands.length && force) return 0
    if (!args.operands.length) throw new Failure('missing operand', { usage: true })
    const recursive = args.has('r')
    const confirm = createConfirm(process)
    const count = args.operands.length
    if (when === 'once' && (recursive || count > 3)) {
      if (!(await confirm(`remove ${count} argument${count === 1 ? '' : 's'}${recursive ? ' recursively' : ''}? `))) return 0
    }
    const remove = createRemove(process, {
      force,
      recursive,
      empty: args.has('d'),
      verbose: args.has('v'),
      always: when === 'always',
      guarded: !force && when !== 'always' && (await process.system.isatty(process.stdin.fd)),
      confirm,
    })
    let status = 0
    for (const name of args.operands) {
      const base = baseName(name)
      if (recursive && ['.', '..'].includes(base)) {
        await report(process, `refusing to remove '.' or '..' directory: skipping ${quoteName(name)}`)
        status = 1
      } else if (recursive && !args.has('no-preserve-root') && (await isRoot(process, name))) {
        await report(process, `it is dangerous to operate recursively on ${quoteName(name)}${name === '/' ? '' : " (same as '/')"}`)
        await report(process, 'use --no-preserve-root to override this failsafe')
        status = 1
      } else if (!(await remove(name))) status = 1
    }
    return status
  },
)

function interactivity(word: string): 'always' | 'once' | undefined {
  const words = { always: 'always', yes: 'always', once: 'once', never: undefined, no: undefined, none: undefined } as const
  if (word in words) return words[word as keyof typeof words]
  const valid = "Valid arguments are:\n  - 'never', 'no', 'none'\n  - 'once'\n  - 'always', 'yes'"
  throw new Failure(`invalid argument ${quoteName(word)} for '--interactive'\n${valid}`, { usage: true })
}

async function isRoot({ system }: Process, name: string): Promise<boolean> {
  try {
    return isSameFile(await system.lstat(name), await system.lstat('/'))
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

interface Options {
  force: boolean
  recursive: boolean
  empty: boolean
  verbose: boolean
  always: boolean
  /** Ask before a write-protected file. */
  guarded: boolean
  confirm: (question: string) => Promise<boolean>
}

/** Makes the function that removes one path; it resolves to false where something failed or was kept because of a failure below. */
function createRemove(process: Process, options: Options): (path: string) => Promise<boolean> {
  const { system } = process

  const agreed = async (action: string, path: string, found: Stat, noun = fileKindName(found.mode, found.size)) => {
    const guard = options.guarded && !isSymlink(found.mode) && !(await isWritable(process, path))
    if (!options.always && !guard) return true
    return options.confirm(`${action} ${guard ? 'write-protected ' : ''}${noun} ${quoteName(path)}? `)
  }

  const unlink = async (path: string, found: Stat) => {
    if (!(await agreed('remove', path, found))) return true
    await system.unlink(path)
    if (options.verbose) await process.stdout.write(`removed ${quoteName(path)}\n`)
    return true
  }

  const removeTree = async (path: string, found: Stat): Promise<boolean> => {
    const entries = options.recursive ? await system.readdir(path) : []
    if (!options.recursive && !options.empty) throw new SystemError('EISDIR', path)
    if (entries.length && !(await agreed('descend into', path, found))) return true
    let whole = true
    for (const { name } of entries) whole = (await remove(joinPath(path, name))) && whole
    if (!whole || !(await agreed('remove', path, found))) return whole
    await system.rmdir(path)
    if (options.verbose) await process.stdout.write(`removed directory ${quoteName(path)}\n`)
    return true
  }

  const remove = async (path: string): Promise<boolean> => {
    await process.breathe()
    try {
      const found = await system.lstat(path)
      return await (isDirectory(found.mode) ? removeTree(path, found) : unlink(path, found))
    } catch (error) {
      if (error instanceof SystemError && error.code === 'ENOENT' && options.force) return true
      await reportAction(process, 'cannot remove', path, error)
      return false
    }
  }
  return remove
}

async function isWritable({ system }: Process, path: string): Promise<boolean> {
  try {
    await system.access(path, 2)
    return true
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}
