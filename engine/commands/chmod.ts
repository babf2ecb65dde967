import type { Process } from '../machine/process.ts'
import { isDirectory, isSymlink } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { octalMode, permissionText } from './file-mode.ts'
import { parseModeChange, type ModeChange } from './mode-change.ts'
import { quoteName, quoteNameInMessage, quoteWord } from './quote-name.ts'
import { report, reportAction } from './report.ts'

/** `chmod -w f`: a mode that looks like an option. */
const modeLetters = [...'rwxXstugoa,=+01234567']

export const chmod = command(
  {
    name: 'chmod',
    usage: ['[OPTION]... MODE[,MODE]... FILE...', '[OPTION]... OCTAL-MODE FILE...', '[OPTION]... --reference=RFILE FILE...'],
    summary: 'Change the mode of each FILE to MODE.',
    options: {
      '-c, --changes': 'like verbose, but only where something changes',
      '-f, --silent, --quiet': 'no error messages for files',
      '-v, --verbose': 'print a line for every file',
      '--reference=RFILE': "use RFILE's mode",
      '-R, --recursive': 'change directories and all they hold',
      ...(Object.fromEntries(modeLetters.map((letter) => [`-${letter}[MODE]`, ''])) as Record<`-${string}[MODE]`, ''>),
    },
    details: "Each MODE is of the form '[ugoa]*([-+=]([rwxXst]*|[ugo]))+|[-+=][0-7]+'.",
  },
  async (args, process) => {
    const operands = [...args.operands]
    const dashed = args.given.filter(({ name }) => modeLetters.includes(name)).map(({ name, value }) => `-${name}${value ?? ''}`)
    const reference = args.value('reference')
    const text = reference !== undefined ? undefined : dashed.length ? dashed.join(',') : operands.shift()
    if (reference === undefined && text === undefined) throw new Failure('missing operand', { usage: true })
    if (!operands.length)
      throw new Failure(text === undefined ? 'missing operand' : `missing operand after ${quoteWord(text)}`, { usage: true })
    const change = text === undefined ? await modeOf(process, reference ?? '') : parseModeChange(text)
    if (!change) throw new Failure(`invalid mode: ${quoteWord(text ?? '')}`, { usage: true })

    const verbosity = args.latest('c', 'v')
    const options = {
      change,
      silent: args.has('f'),
      recursive: args.has('R'),
      umask: await process.system.umask(),
      surprising: dashed.length > 0,
      tell: verbosity === 'v' ? ('all' as const) : verbosity === 'c' ? ('changes' as const) : undefined,
    }
    let status = 0
    for (const name of operands) status = Math.max(status, await changeMode(process, name, options, true))
    return status
  },
)

async function modeOf(process: Process, name: string): Promise<ModeChange> {
  try {
    const { mode } = await process.system.stat(name)
    return () => mode & 0o7777
  } catch (error) {
    if (error instanceof SystemError) throw new Failure(`failed to get attributes of ${quoteName(name)}: ${error.message}`)
    throw error
  }
}

interface Options {
  change: ModeChange
  silent: boolean
  recursive: boolean
  umask: number
  /** The mode looked like an option: say so where the umask kept it from doing what it says (POSIX). */
  surprising: boolean
  tell: 'all' | 'changes' | undefined
}

async function changeMode(process: Process, path: string, options: Options, operand: boolean): Promise<number> {
  const { system } = process
  let status = 0
  const fail = async (action: string, error: unknown) => {
    if (!(error instanceof SystemError)) throw error
    if (!options.silent) await reportAction(process, action, path, error)
    status = 1
  }
  let isDir = false
  try {
    const link = await system.lstat(path)
    if (!operand && isSymlink(link.mode)) return 0
    const { mode } = isSymlink(link.mode) ? await system.stat(path) : link
    isDir = isDirectory(mode)
    const old = mode & 0o7777
    const wanted = options.change(old, isDir, options.umask)
    try {
      await system.chmod(path, wanted)
    } catch (error) {
      await fail('changing permissions of', error)
      return status
    }
    if (options.tell === 'all' || (options.tell && wanted !== old)) await process.stdout.write(`${told(path, old, wanted)}\n`)
    const naive = options.change(old, isDir, 0)
    if (options.surprising && wanted & ~naive) {
      await report(process, `${quoteNameInMessage(path)}: new permissions are ${permissionText(wanted)}, not ${permissionText(naive)}`)
      status = 1
    }
  } catch (error) {
    if (!(error instanceof SystemError) || !(await isDangling(process, path))) await fail('cannot access', error)
    else if (!options.silent) await report(process, `cannot operate on dangling symlink ${quoteName(path)}`)
    return 1
  }
  if (!options.recursive || !isDir) return status
  try {
    for (const { name } of await system.readdir(path)) {
      status = Math.max(status, await changeMode(process, `${path.replace(/\/$/, '')}/${name}`, options, false))
      await process.breathe()
    }
  } catch (error) {
    await fail('cannot read directory', error)
  }
  return status
}

async function isDangling({ system }: Process, path: string): Promise<boolean> {
  try {
    return isSymlink((await system.lstat(path)).mode)
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

function told(path: string, old: number, wanted: number): string {
  const shown = (mode: number) => `${octalMode(mode)} (${permissionText(mode)})`
  return wanted === old
    ? `mode of ${quoteName(path)} retained as ${shown(old)}`
    : `mode of ${quoteName(path)} changed from ${shown(old)} to ${shown(wanted)}`
}
