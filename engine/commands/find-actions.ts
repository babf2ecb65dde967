import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { spawnProgram } from './exec-program.ts'
import { Failure } from './failure.ts'
import { modeText } from './file-mode.ts'
import type { FindContext } from './find-context.ts'
import { compileFindFormat } from './find-format.ts'
import type { MakePredicate, PredicateSource } from './find-tests.ts'
import { listTime } from './list-time.ts'
import { quoteName } from './quote-name.ts'
import { report } from './report.ts'

/** How many bytes of arguments one `-exec ... +` gets: Linux's limit for all of them is 2 MiB, find's own 128 KiB. */
const mostArguments = 128 * 1024

/** True where the command ended with status 0; a command that cannot be started is reported. */
async function runs({ process }: FindContext, argv: readonly string[]): Promise<boolean> {
  try {
    const pid = await spawnProgram(process, argv)
    const ended = await process.system.wait(pid)
    return ended?.kind === 'exited' && ended.status === 0
  } catch (error) {
    await report(process, quoteName(argv[0] ?? ''), error)
    return false
  }
}

/** The words up to `;`, or up to `{} +`. */
function commandWords({ word, rest }: PredicateSource): { words: string[]; many: boolean } {
  const end = rest.findIndex((one, at) => one === ';' || (one === '+' && rest[at - 1] === '{}' && word === '-exec'))
  if (end <= 0) throw new Failure(`missing argument to \`${word}'`)
  const words = rest.splice(0, end + 1)
  const many = words.pop() === '+'
  if (many) words.pop()
  if (!words.length) throw new Failure(`missing argument to \`${word}'`)
  if (many && words.some((one) => one.includes('{}'))) throw new Failure("only one instance of {} is supported with -exec ... +")
  return { words, many }
}

const exec: MakePredicate = (source) => {
  const { context } = source
  const { words, many } = commandWords(source)
  if (!many) return ({ path }) => runs(context, words.map((word) => word.replaceAll('{}', path)))
  let gathered: string[] = []
  let bytes = 0
  const flush = async () => {
    if (gathered.length && !(await runs(context, [...words, ...gathered]))) context.failed = true
    gathered = []
    bytes = 0
  }
  context.endings.push(flush)
  return async ({ path }) => {
    if (bytes + path.length > mostArguments) await flush()
    gathered.push(path)
    bytes += path.length + 1
    return true
  }
}

const ok: MakePredicate = (source) => {
  const { words } = commandWords(source)
  return async ({ path }) => {
    const argv = words.map((word) => word.replaceAll('{}', path))
    return (await source.context.confirm(`< ${argv[0] ?? ''} ... ${path} > ? `)) && runs(source.context, argv)
  }
}

const remove: MakePredicate = ({ context }) => {
  context.depthFirst = true
  const { process } = context
  return async ({ path, stat }) => {
    if (path === '.') return true
    try {
      await (isDirectory(stat.mode) ? process.system.rmdir(path) : process.system.unlink(path))
      return true
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await report(process, `cannot delete ${quoteName(path)}`, error)
      context.failed = true
      return false
    }
  }
}

const list: MakePredicate = ({ context }) => {
  const { process, accounts, now, zone } = context
  return async ({ path, stat, target }) => {
    const columns = [
      String(stat.ino).padStart(9),
      String(Math.ceil(stat.blocks / 2)).padStart(6),
      modeText(stat.mode),
      String(stat.nlink).padStart(3),
      (accounts.user(stat.uid) ?? String(stat.uid)).padEnd(8),
      (accounts.group(stat.gid) ?? String(stat.gid)).padEnd(8),
      String(stat.size).padStart(8),
      listTime(stat.mtime, now, 'locale', zone),
      path,
    ]
    await process.stdout.write(`${columns.join(' ')}${target ? ` -> ${target}` : ''}\n`)
    return true
  }
}

const print = (end: string): MakePredicate => ({ context }) => async ({ path }) => {
  await context.process.stdout.write(path + end)
  return true
}

const printf: MakePredicate = async ({ context, argument }) => {
  const { format, problems } = compileFindFormat(argument(), context)
  for (const problem of problems) await report(context.process, `warning: ${problem}`)
  return async (file) => {
    await context.process.stdout.write(format(file))
    return true
  }
}

/** What an expression does with a file, besides testing it. */
export const findActions: Readonly<Record<string, MakePredicate>> = {
  '-print': print('\n'),
  '-print0': print('\0'),
  '-printf': printf,
  '-ls': list,
  '-exec': exec,
  '-ok': ok,
  '-delete': remove,
  '-prune': () => async (file) => {
    file.pruned = true
    return true
  },
  '-quit': ({ context }) => async () => {
    context.quit = true
    return true
  },
}

/** Whether the word keeps find from printing by itself: all actions but -prune do (POSIX find). */
export const isAction = (word: string) => word in findActions && word !== '-prune'
