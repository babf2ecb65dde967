import { SystemError } from '../machine/system-error.ts'
import { isDirectory } from '../machine/stat.ts'
import { chooseWord } from './choose-word.ts'
import { command } from './command.ts'
import { createConfirm } from './confirm.ts'
import { createCopy, type CopyOptions } from './copy-file.ts'
import { directoryName } from './dirname.ts'
import { Failure } from './failure.ts'
import { joinPath, lookUp } from './look-up.ts'
import { reportAction } from './report.ts'
import { pairOperands, targetOptions } from './target-operands.ts'

const preserved = ['mode', 'timestamps', 'ownership', 'links', 'context', 'xattr', 'all'].map((word) => [word, [word]] as const)

export const cp = command(
  {
    name: 'cp',
    usage: ['[OPTION]... [-T] SOURCE DEST', '[OPTION]... SOURCE... DIRECTORY', '[OPTION]... -t DIRECTORY SOURCE...'],
    summary: 'Copy SOURCE to DEST, or SOURCE(s) to DIRECTORY.',
    options: {
      '-a, --archive': 'the same as -dR --preserve=all',
      '-d': 'the same as --no-dereference --preserve=links',
      '-f, --force': 'where an existing file cannot be opened, remove it and try again',
      '-H': 'follow symlinks that are operands',
      '-i, --interactive': 'ask before overwriting',
      '-l, --link': 'make hard links, do not copy',
      '-L, --dereference': 'always follow symlinks in SOURCE',
      '-n, --no-clobber': 'do not overwrite',
      '-p': 'the same as --preserve=mode,ownership,timestamps',
      '-P, --no-dereference': 'never follow symlinks in SOURCE',
      '--parents': 'use the full source name under DIRECTORY',
      '--preserve[=LIST]': 'keep mode, ownership, timestamps (the default), links, or all',
      '-R, -r, --recursive': 'copy directories with what they hold',
      '--remove-destination': 'remove each existing destination first',
      '-s, --symbolic-link': 'make symbolic links, do not copy',
      ...targetOptions,
      '-u, --update': 'copy only where SOURCE is newer than DEST, or DEST is missing',
      '-v, --verbose': 'print what is done',
    },
    details: 'Of -i and -n the last one counts.',
  },
  async (args, process) => {
    const keep = new Set<string>(args.has('a') ? ['all'] : args.has('d') ? ['links'] : [])
    if (args.has('p')) for (const what of ['mode', 'ownership', 'timestamps']) keep.add(what)
    if (args.has('preserve')) for (const what of (args.value('preserve') ?? 'mode,ownership,timestamps').split(',')) keep.add(what)
    for (const what of keep) chooseWord('--preserve', what, preserved)
    const keeps = (what: string) => keep.has('all') || keep.has(what)
    const recursive = args.has('R') || args.has('a')
    const following = args.latest('L', 'P', 'H', 'd', 'a')
    const options: CopyOptions = {
      recursive,
      follow: following === 'L' || (following === undefined && !recursive) ? 'always' : following === 'H' ? 'operands' : 'never',
      keepMode: keeps('mode'), keepOwner: keeps('ownership'), keepTimes: keeps('timestamps'), keepLinks: keeps('links'),
      instead: args.has('l') ? 'hard link' : args.has('s') ? 'symbolic link' : undefined,
      overwriting: args.latest('i', 'n'),
      force: args.has('f'), removeFirst: args.has('remove-destination'), update: args.has('u'), verbose: args.has('v'),
      confirm: createConfirm(process),
    }
    const pairs = await pairOperands(process, { operands: args.operands, directory: args.value('t'), noDirectory: args.has('T') })
    const copy = createCopy(process, options)
    const parents = args.has('parents') ? args.value('t') ?? args.operands.at(-1) ?? '' : undefined
    if (parents !== undefined) {
      const found = await lookUp(process.system, parents)
      if (!found || !isDirectory(found.mode)) throw new Failure('with --parents, the destination must be a directory', { usage: true })
    }
    let status = 0
    for (const [from, to] of pairs) {
      const place = parents === undefined ? to : joinPath(parents, from)
      if (parents !== undefined && !(await makeParents(parents, from))) status = 1
      else if (!(await copy(from, place))) status = 1
    }
    return status

    async function makeParents(directory: string, name: string): Promise<boolean> {
      const steps = directoryName(name).split('/').filter(Boolean)
      for (let at = 1; at <= steps.length; at++) {
        const path = joinPath(directory, steps.slice(0, at).join('/'))
        try {
          if (!(await lookUp(process.system, path))) await process.system.mkdir(path)
        } catch (error) {
          if (!(error instanceof SystemError)) throw error
          await reportAction(process, 'cannot make directory', path, error)
          return false
        }
      }
      return true
    }
  },
)
