import type { Command, Process } from '../machine/process.ts'
import { isDirectory, isSymlink, type Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { timeZone } from '../shell/format-time.ts'
import { readAccounts } from './accounts.ts'
import { baseName } from './basename.ts'
import { createConfirm } from './confirm.ts'
import { Failure } from './failure.ts'
import type { FindContext, FoundFile } from './find-context.ts'
import { parseFindExpression } from './find-expression.ts'
import { helpText, versionText } from './help-text.ts'
import { isSameFile, joinPath } from './look-up.ts'
import { quoteName } from './quote-name.ts'
import { report } from './report.ts'

const description = {
  name: 'find',
  usage: '[-H] [-L] [-P] [PATH...] [EXPRESSION]',
  summary: 'Walk through directories and do what EXPRESSION says with each file; without one, print its path.',
  options: {
    '-H, -L, -P': 'follow symlinks that are PATHs; all; none (the default)',
    '-maxdepth N, -mindepth N': 'how many levels below the PATHs (before other parts)',
    '-depth, -xdev': 'a directory after what is in it; no other file systems',
    '( A ), ! A, A B, A -o B, A , B': 'operators: group, not, and, or, list',
    '-name, -iname, -path, -ipath GLOB': 'tests of the name, or of the whole path',
    '-type bcdpfls, -empty, -size N[cwbkMG]': 'tests of kind and size; +N is more, -N less',
    '-mtime, -mmin, -newer, -perm, -links': 'tests of times (days, minutes), mode, links',
    '-user, -group, -readable, -writable, -executable': 'tests of rights',
    '-print, -print0, -printf FORMAT, -ls': 'print the path, or more',
    '-exec COMMAND ;  -exec COMMAND {} +': 'run COMMAND on each file, or on many at once',
    '-ok COMMAND ;  -delete  -prune  -quit': 'ask first; remove; do not go down; end',
  },
} as const

/** What ends the PATHs; a `)` or `,` there is one of them (GNU find). */
const isExpression = (word: string) => (word.startsWith('-') && word.length > 1) || word === '(' || word === '!'

export const find: Command = async (args, process) => {
  const program = process.argv[0] ?? 'find'
  if (args.some((word) => word === '--help' || word === '-help')) {
    await process.stdout.write(helpText(description, program))
    return 0
  }
  if (args.some((word) => word === '--version' || word === '-version')) {
    await process.stdout.write(versionText(description))
    return 0
  }
  try {
    return await run(args, process)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await report(process, error.message)
    return error.status ?? 1
  }
}

async function run(args: readonly string[], process: Process): Promise<number> {
  const rest = [...args]
  let follow: FindContext['follow'] = 'never'
  while (rest[0] !== undefined && /^-([HLP]|-)$/.test(rest[0])) {
    const word = rest.shift()
    if (word === '--') break
    follow = word === '-L' ? 'always' : word === '-H' ? 'operands' : 'never'
  }
  const first = rest.findIndex(isExpression)
  const starts = rest.splice(0, first === -1 ? rest.length : first)
  const context: FindContext = {
    process,
    follow,
    minDepth: 0,
    maxDepth: Infinity,
    depthFirst: false,
    oneFileSystem: false,
    now: process.now(),
    zone: timeZone(process.env.TZ),
    accounts: await readAccounts(process.system),
    confirm: createConfirm(process),
    failed: false,
    quit: false,
    endings: [],
  }
  const evaluate = await parseFindExpression(rest, context)
  for (const start of starts.length ? starts : ['.']) {
    if (!context.quit) await walk(start, context, evaluate)
  }
  for (const end of context.endings) await end()
  return context.failed ? 1 : 0
}

async function walk(start: string, context: FindContext, evaluate: (file: FoundFile) => Promise<boolean>): Promise<void> {
  const { process } = context
  const { system } = process
  const fail = async (path: string, error: unknown) => {
    await report(process, quoteName(path), error)
    context.failed = true
  }

  const look = async (path: string, depth: number): Promise<Stat> => {
    const follows = context.follow === 'always' || (context.follow === 'operands' && depth === 0)
    if (!follows) return system.lstat(path)
    try {
      return await system.stat(path)
    } catch (error) {
      if (!(error instanceof SystemError) || error.code !== 'ENOENT') throw error
      // A link that leads nowhere is tested as the link.
      return system.lstat(path)
    }
  }

  const visit = async (path: string, depth: number, above: readonly Stat[]): Promise<void> => {
    await process.breathe()
    let found: Stat
    try {
      found = await look(path, depth)
    } catch (error) {
      return fail(path, error)
    }
    if (isDirectory(found.mode) && above.some((one) => isSameFile(one, found))) {
      await report(process, `File system loop detected; ${quoteName(path)} is part of the same file system loop as ${quoteName(start)}.`)
      context.failed = true
      return
    }
    const file: FoundFile = {
      path, start, depth, stat: found, pruned: false,
      name: depth === 0 ? baseName(path) : path.slice(path.lastIndexOf('/') + 1),
      target: isSymlink(found.mode) ? await system.readlink(path) : '',
    }
    const tested = depth >= context.minDepth
    if (tested && !context.depthFirst) await evaluate(file)
    const device = above[0]?.dev
    const goesDown =
      isDirectory(found.mode) &&
      !file.pruned &&
      depth < context.maxDepth &&
      !(context.oneFileSystem && device !== undefined && device !== found.dev)
    if (goesDown && !context.quit) {
      try {
        for (const { name } of await system.readdir(path)) {
          await visit(joinPath(path, name), depth + 1, [...above, found])
          if (context.quit) return
        }
      } catch (error) {
        await fail(path, error)
      }
    }
    if (tested && context.depthFirst && !context.quit) await evaluate(file)
  }
  await visit(start, 0, [])
}
