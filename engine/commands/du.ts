import type { Process } from '../machine/process.ts'
import { isDirectory, type Stat } from '../machine/stat.ts'
import { matchesPattern } from '../shell/pattern.ts'
import { command } from './command.ts'
import { baseName } from './basename.ts'
import { Failure } from './failure.ts'
import { joinPath } from './look-up.ts'
import { quoteWord } from './quote-name.ts'
import { reportAction } from './report.ts'
import { parseSize, sizeText } from './size-text.ts'

export const du = command(
  {
    name: 'du',
    usage: '[OPTION]... [FILE]...',
    summary: 'Print how much room each FILE takes, directories with all that is below them.',
    options: {
      '-0, --null': 'end each line with NUL, not newline',
      '-a, --all': 'print all files, not only directories',
      '--apparent-size': 'print sizes, not the room they take',
      '-B, --block-size=SIZE': 'count in units of SIZE',
      '-b, --bytes': 'the same as --apparent-size --block-size=1',
      '-c, --total': 'print a total',
      '-d, --max-depth=N': 'print what is at most N levels below the FILEs',
      '--exclude=PATTERN': 'leave out files that match PATTERN',
      '-h, --human-readable': 'sizes like 1K 234M 2G',
      '-k': 'the same as --block-size=1K',
      '-L, --dereference': 'follow all symlinks',
      '-l, --count-links': 'count a file once for each link to it',
      '-m': 'the same as --block-size=1M',
      '-P, --no-dereference': 'follow no symlinks (the default)',
      '-S, --separate-dirs': 'directories without their subdirectories',
      '-s, --summarize': 'print only a line for each FILE',
      '--si': 'like -h, with powers of 1000',
      '-x, --one-file-system': 'leave out directories on other file systems',
    },
  },
  async (args, process) => {
    const depthWord = args.value('d')
    if (depthWord !== undefined && !/^\d+$/.test(depthWord))
      throw new Failure(`invalid maximum depth ${quoteWord(depthWord)}`, { usage: true })
    if (args.has('a') && args.has('s')) throw new Failure('cannot both summarize and show all entries', { usage: true })
    if (args.has('s') && depthWord !== undefined && Number(depthWord) !== 0) {
      throw new Failure(`warning: summarizing conflicts with --max-depth=${depthWord}`, { usage: true })
    }
    const sizing = args.latest('h', 'si', 'k', 'm', 'b', 'B')
    const unitWord = args.value('B') ?? '1024'
    const blockSize = parseSize(/^\d/.test(unitWord) ? unitWord : `1${unitWord}`)
    if (!blockSize) throw new Failure(`invalid --block-size argument ${quoteWord(unitWord)}`)
    const units: Record<string, number> = { k: 1024, m: 1024 * 1024, b: 1, B: blockSize }
    const show = (bytes: number) =>
      sizing === 'h' ? sizeText(bytes) : sizing === 'si' ? sizeText(bytes, 1000) : String(Math.ceil(bytes / (units[sizing ?? 'k'] ?? 1024)))
    const end = args.has('0') ? '\0' : '\n'
    const measure = createMeasure(process, {
      apparent: args.has('apparent-size') || args.has('b'),
      all: args.has('a'),
      depth: args.has('s') ? 0 : depthWord === undefined ? Infinity : Number(depthWord),
      separate: args.has('S'),
      follow: args.latest('L', 'P') === 'L',
      countLinks: args.has('l'),
      oneFileSystem: args.has('x'),
      excluded: args.given.filter(({ name }) => name === 'exclude').map(({ value }) => value ?? ''),
      print: (bytes, path) => process.stdout.write(`${show(bytes)}\t${path}${end}`),
    })
    let status = 0
    let total = 0
    for (const name of args.operands.length ? args.operands : ['.']) {
      const measured = await measure(name)
      total += measured.bytes
      if (measured.failed) status = 1
    }
    if (args.has('c')) await process.stdout.write(`${show(total)}\ttotal${end}`)
    return status
  },
)

interface Options {
  apparent: boolean
  all: boolean
  /** Levels below the operands that are printed. */
  depth: number
  separate: boolean
  follow: boolean
  countLinks: boolean
  oneFileSystem: boolean
  excluded: string[]
  print: (bytes: number, path: string) => Promise<void>
}

interface Measured {
  bytes: number
  failed: boolean
}

/** Makes the function that measures and prints one operand; what was counted once is not counted again. */
function createMeasure(process: Process, options: Options): (path: string) => Promise<Measured> {
  const { system } = process
  const seen = new Set<string>()
  const nothing = { bytes: 0, failed: false }
  const failure = async (action: string, path: string, error: unknown): Promise<Measured> => {
    await reportAction(process, action, path, error)
    return { bytes: 0, failed: true }
  }

  const measure = async (path: string, level: number, device: number | undefined): Promise<Measured> => {
    if (options.excluded.some((pattern) => matchesPattern(baseName(path), pattern) || matchesPattern(path, pattern))) return nothing
    let found: Stat
    try {
      found = await (options.follow ? system.stat(path) : system.lstat(path))
    } catch (error) {
      return failure('cannot access', path, error)
    }
    const identity = `${found.dev}:${found.ino}`
    if (seen.has(identity) && (!options.countLinks || isDirectory(found.mode))) return nothing
    seen.add(identity)
    if (options.oneFileSystem && device !== undefined && found.dev !== device) return nothing
    const own = options.apparent ? found.size : found.blocks * 512
    if (!isDirectory(found.mode)) {
      if (level === 0 || (options.all && level <= options.depth)) await options.print(own, path)
      return { bytes: own, failed: false }
    }
    const { bytes, below, failed } = await measureEntries(path, level, found)
    const shown = own + bytes + (options.separate ? 0 : below)
    if (level <= options.depth) await options.print(shown, path)
    return { bytes: own + bytes + below, failed }
  }

  /** `bytes` of the files in a directory, `below` of its subdirectories. */
  const measureEntries = async (path: string, level: number, { dev }: Stat) => {
    const sum = { bytes: 0, below: 0, failed: false }
    try {
      for (const { name, mode } of await system.readdir(path)) {
        const inner = await measure(joinPath(path, name), level + 1, dev)
        if (isDirectory(mode)) sum.below += inner.bytes
        else sum.bytes += inner.bytes
        sum.failed ||= inner.failed
        await process.breathe()
      }
    } catch (error) {
      await reportAction(process, 'cannot read directory', path, error)
      sum.failed = true
    }
    return sum
  }
  return (path) => measure(path, 0, undefined)
}
