import type { Process } from '../machine/process.ts'
import { isDirectory, isSymlink } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { timeZone } from '../shell/format-time.ts'
import { matchesPattern } from '../shell/pattern.ts'
import { readAccounts } from './accounts.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { fileSuffix, modeText } from './file-mode.ts'
import { createColors } from './list-colors.ts'
import { readEntry, type Entry } from './list-entry.ts'
import { orderEntries } from './list-order.ts'
import { listTime } from './list-time.ts'
import { joinPath } from './look-up.ts'

const branches = {
  utf8: { next: '├── ', last: '└── ', down: '│\u00a0\u00a0 ' },
  ascii: { next: '|-- ', last: '`-- ', down: '|   ' },
}

export const tree = command(
  {
    name: 'tree',
    usage: '[OPTION]... [DIRECTORY]...',
    summary: 'List what is in directories as a tree.',
    options: {
      '-a': 'also files that begin with a dot',
      '-C': 'always use colours',
      '-n': 'never use colours (the default off a terminal)',
      '--charset=X': 'draw with the characters of X: utf-8 or ascii',
      '-D': 'print the time of last change',
      '-d': 'directories only',
      '--dirsfirst': 'directories before files',
      '-F': 'append / to directories, * to programs, | to fifos, = to sockets',
      '-f': 'print the whole path of each file',
      '-g': "print the group's name",
      '-h': 'print the size for people',
      '-I PATTERN': 'leave out files that match PATTERN (several joined by |)',
      '-i': 'draw no lines',
      '-L LEVEL': 'go down at most LEVEL directories',
      '-l': 'follow symlinks to directories',
      '--noreport': 'no counts at the end',
      '-P PATTERN': 'only files that match PATTERN',
      '-p': 'print the permissions',
      '--prune': 'leave out empty directories',
      '-Q': 'names in double quotes',
      '-r': 'the other way round',
      '-s': 'print the size in bytes',
      '-t': 'sort by time of last change',
      '-U': 'unsorted',
      '-u': "print the owner's name",
    },
    hint: (program) => `usage: ${program} [OPTION]... [DIRECTORY]...`,
  },
  async (args, process) => {
    const level = args.value('L')
    if (level !== undefined && !/^[1-9]\d*$/.test(level)) throw new Failure('Invalid level, must be greater than 0.')
    const terminal = await process.system.isatty(process.stdout.fd)
    const colored = args.has('C') || (!args.has('n') && terminal && process.env.LS_COLORS !== undefined)
    const accounts = await readAccounts(process.system)
    const zone = timeZone(process.env.TZ)
    const width = (text: string | undefined, columns: number) => (text ?? '').padEnd(columns)
    const draw = await createDraw(process, {
      hidden: args.has('a'),
      directoriesOnly: args.has('d'),
      depth: level === undefined ? Infinity : Number(level),
      follow: args.has('l'),
      fullPath: args.has('f'),
      branch: args.has('i') ? undefined : /^(us-)?ascii$/i.test(args.value('charset') ?? '') ? branches.ascii : branches.utf8,
      prune: args.has('prune'),
      only: args.value('P')?.split('|'),
      without: args.value('I')?.split('|') ?? [],
      order: (entries) =>
        orderEntries(entries, {
          key: args.has('U') ? 'none' : args.has('t') ? 'time' : 'name',
          reverse: args.has('r'),
          time: 'mtime',
          directoriesFirst: args.has('dirsfirst'),
        })
          // Unlike ls, tree -t puts the oldest first.
          .sort((a, b) => (args.has('t') && !args.has('r') ? a.stat.mtime - b.stat.mtime : 0)),
      paint: colored ? createColors(process.env.LS_COLORS).paint : (text) => text,
      quote: (name) => (args.has('Q') ? `"${name}"` : name),
      marks: args.has('F'),
      details: ({ stat }) => {
        const columns = [
          ...(args.has('p') ? [modeText(stat.mode)] : []),
          ...(args.has('u') ? [width(accounts.user(stat.uid) ?? String(stat.uid), 8)] : []),
          ...(args.has('g') ? [width(accounts.group(stat.gid) ?? String(stat.gid), 8)] : []),
          ...(args.has('h') ? [humanSize(stat.size)] : args.has('s') ? [String(stat.size).padStart(11)] : []),
          ...(args.has('D') ? [listTime(stat.mtime, process.now(), 'locale', zone)] : []),
        ]
        return columns.length ? `[${columns.join(' ')}]  ` : ''
      },
    })
    const counts = { directories: 0, files: 0, failures: 0 }
    for (const name of args.operands.length ? args.operands : ['.']) await draw(name, counts)
    if (!args.has('noreport')) {
      const { directories, files } = counts
      const folders = `${directories} director${directories === 1 ? 'y' : 'ies'}`
      await process.stdout.write(`\n${args.has('d') ? folders : `${folders}, ${files} file${files === 1 ? '' : 's'}`}\n`)
    }
    return counts.failures ? 2 : 0
  },
)

/** tree rounds to the nearest, where ls rounds up. */
function humanSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024) {
    value /= 1024
    unit++
  }
  return (unit === 0 ? String(value) : `${value >= 10 ? value.toFixed(0) : value.toFixed(1)}${' KMGTPE'[unit] ?? ''}`).padStart(4)
}

interface Options {
  hidden: boolean
  directoriesOnly: boolean
  depth: number
  follow: boolean
  fullPath: boolean
  /** undefined: no lines. */
  branch: { next: string; last: string; down: string } | undefined
  prune: boolean
  only: string[] | undefined
  without: string[]
  order: (entries: Entry[]) => Entry[]
  paint: (text: string, name: string, mode: number, missingTarget?: boolean) => string
  quote: (name: string) => string
  marks: boolean
  details: (entry: Entry) => string
}

type Counts = { directories: number; files: number; failures: number }

async function createDraw(process: Process, options: Options) {
  const leads = (entry: Entry) =>
    isDirectory(entry.stat.mode) || (options.follow && entry.targetMode !== undefined && isDirectory(entry.targetMode))

  const label = (entry: Entry, shown: string) => {
    const missing = isSymlink(entry.stat.mode) && entry.targetMode === undefined
    const mark = options.marks && !isSymlink(entry.stat.mode) ? fileSuffix(entry.stat.mode) : ''
    const arrow = entry.target === undefined ? '' : ` -> ${options.quote(entry.target)}`
    return options.details(entry) + options.paint(options.quote(shown), entry.name, entry.stat.mode, missing) + mark + arrow
  }

  const wanted = (entry: Entry) => {
    if (!options.hidden && entry.name.startsWith('.')) return false
    if (options.without.some((pattern) => matchesPattern(entry.name, pattern))) return false
    if (leads(entry) || (options.directoriesOnly && entry.targetMode !== undefined && isDirectory(entry.targetMode))) return true
    return !options.directoriesOnly && (!options.only || options.only.some((pattern) => matchesPattern(entry.name, pattern)))
  }

  const read = async (path: string): Promise<Entry[]> => {
    const entries: Entry[] = []
    for (const { name } of await process.system.readdir(path)) {
      const entry = await readEntry(process, name, joinPath(path, name), false)
      if (!wanted(entry)) continue
      if (options.prune && leads(entry) && !(await holdsFiles(entry))) continue
      entries.push(entry)
    }
    return options.order(entries)
  }

  const holdsFiles = async (directory: Entry): Promise<boolean> => (await read(directory.path)).length > 0

  /** Draws what is in a directory; false where it cannot be read. */
  const branch = async (path: string, indent: string, depth: number, counts: Counts, above: readonly number[]): Promise<number> => {
    const entries = await read(path)
    for (const [at, entry] of entries.entries()) {
      const last = at === entries.length - 1
      const lines = options.branch ? indent + (last ? options.branch.last : options.branch.next) : ''
      const isBranch = leads(entry)
      const ino = isBranch ? (await process.system.stat(entry.path)).ino : 0
      const again = isBranch && isSymlink(entry.stat.mode) && above.includes(ino)
      let text = lines + label(entry, options.fullPath ? entry.path : entry.name)
      if (again) text += '  [recursive, not followed]'
      counts[isDirectory(entry.targetMode ?? entry.stat.mode) ? 'directories' : 'files']++
      const goesOn = isBranch && !again && depth < options.depth
      const readable = goesOn && (await isReadable(entry.path))
      if (goesOn && !readable) {
        text += '  [error opening dir]'
        counts.failures++
      }
      await process.stdout.write(`${text}\n`)
      await process.breathe()
      if (readable)
        await branch(entry.path, indent + (last || !options.branch ? '    ' : options.branch.down), depth + 1, counts, [...above, ino])
    }
    return entries.length
  }

  const isReadable = async (path: string) => {
    try {
      await process.system.readdir(path)
      return true
    } catch (error) {
      if (error instanceof SystemError) return false
      throw error
    }
  }

  return async (name: string, counts: Counts): Promise<void> => {
    try {
      const root = await readEntry(process, name, name, true)
      if (!isDirectory(root.stat.mode)) {
        counts.files++
        await process.stdout.write(`${name}  [error opening dir]\n`)
        return
      }
      await process.system.readdir(name)
      await process.stdout.write(`${label(root, name)}\n`)
      // A start directory counts, as long as something is in it (tree 2.1).
      if (await branch(name, '', 1, counts, [root.stat.ino])) counts.directories++
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await process.stdout.write(`${name}  [error opening dir]\n`)
      counts.failures++
    }
  }
}
