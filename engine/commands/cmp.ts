import type { Process } from '../machine/process.ts'
import { isDirectory, isRegular } from '../machine/stat.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { report, reportName } from './report.ts'
import { parseSize } from './size-text.ts'

const block = 64 * 1024

export const cmp = command(
  {
    name: 'cmp',
    usage: '[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]',
    summary: 'Compare two files byte by byte. FILE2 defaults to -, standard input; the SKIPs are bytes to leave out at the beginning.',
    options: {
      '-b, --print-bytes': 'print the bytes that differ',
      '-i, --ignore-initial=SKIP1[:SKIP2]': 'leave out the first bytes',
      '-l, --verbose': 'print the number and values of all bytes that differ',
      '-n, --bytes=LIMIT': 'compare at most LIMIT bytes',
      '-s, --quiet, --silent': 'print nothing; the exit status tells',
    },
    details: 'Exit status: 0 where the files are the same, 1 where they differ, 2 for trouble.',
    usageStatus: 2,
    hint: (program) => `${program}: Try '${program} --help' for more information.`,
  },
  async (args, process) => {
    const [first, second = '-', ...skips] = args.operands
    if (first === undefined) throw new Failure(`missing operand after ${quoteWord(process.argv[0] ?? 'cmp')}`, { usage: true })
    const extra = skips[2]
    if (extra !== undefined) throw new Failure(`extra operand ${quoteWord(extra)}`, { usage: true })
    const skipWords = args.value('i')?.split(':') ?? skips
    const [skipFirst = 0, skipSecond = args.value('i') === undefined ? 0 : skipFirst] = skipWords.map((word) =>
      bytesOf('ignore-initial', word),
    )
    const limit = args.value('n') === undefined ? Infinity : bytesOf('bytes', args.value('n') ?? '')
    const quiet = args.has('s')
    const left = await open(process, first, skipFirst)
    const right = left === undefined ? undefined : await open(process, second, skipSecond)
    if (left === undefined || right === undefined) return 2
    try {
      return await compare(process, left, right, {
        limit,
        quiet,
        all: args.has('l'),
        bytes: args.has('b'),
        width: await numberWidth(process, left, right, limit),
      })
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await reportName(process, isDirectory((await process.system.fstat(left.fd)).mode) ? first : second, error)
      return 2
    }
  },
)

/** Of the largest byte number that -l can print. */
async function numberWidth({ system }: Process, left: Side, right: Side, limit: number): Promise<number> {
  const sizes = [await system.fstat(left.fd), await system.fstat(right.fd)].map(({ mode, size }) => (isRegular(mode) ? size : Infinity))
  const most = Math.min(limit, ...sizes)
  return String(Number.isFinite(most) ? most : 0).length
}

function bytesOf(option: string, word: string): number {
  const size = parseSize(word)
  if (size === undefined) throw new Failure(`invalid --${option} value ${quoteWord(word)}`, { usage: true })
  return size
}

interface Side {
  name: string
  fd: number
  /** Read, but not yet compared. */
  rest: Uint8Array
}

async function open(process: Process, name: string, skip: number): Promise<Side | undefined> {
  try {
    const side = {
      name,
      fd: name === '-' ? process.stdin.fd : await process.system.open(name, O_RDONLY),
      rest: new Uint8Array() as Uint8Array,
    }
    for (let left = skip; left > 0;) {
      await fill(process, side)
      if (!side.rest.length) break
      const taken = Math.min(left, side.rest.length)
      side.rest = side.rest.subarray(taken)
      left -= taken
    }
    return side
  } catch (error) {
    await reportName(process, name, error)
    return undefined
  }
}

async function fill({ system }: Process, side: Side): Promise<void> {
  if (!side.rest.length) side.rest = await system.read(side.fd, block)
}

async function compare(
  process: Process,
  left: Side,
  right: Side,
  how: { limit: number; quiet: boolean; all: boolean; bytes: boolean; width: number },
): Promise<number> {
  let position = 0
  let line = 1
  let lastByte = 10
  let differ = false
  while (position < how.limit) {
    await fill(process, left)
    await fill(process, right)
    const length = Math.min(left.rest.length, right.rest.length, how.limit - position)
    if (length === 0) break
    for (let at = 0; at < length; at++) {
      const [a, b] = [left.rest[at] ?? 0, right.rest[at] ?? 0]
      if (a !== b) {
        differ = true
        if (how.quiet) return 1
        if (!how.all) {
          const values = how.bytes ? ` is ${value(a, true)} ${value(b, true)}` : ''
          await process.stdout.write(
            `${left.name} ${right.name} differ: ${how.bytes ? 'byte' : 'char'} ${position + at + 1}, line ${line}${values}\n`,
          )
          return 1
        }
        await process.stdout.write(`${String(position + at + 1).padStart(how.width)} ${value(a, how.bytes)} ${value(b, how.bytes)}\n`)
      }
      if (a === 10) line++
      lastByte = a
    }
    position += length
    left.rest = left.rest.subarray(length)
    right.rest = right.rest.subarray(length)
    await process.breathe()
  }
  const shorter =
    position >= how.limit || left.rest.length === right.rest.length ? undefined : left.rest.length < right.rest.length ? left : right
  if (!shorter) return differ ? 1 : 0
  if (!how.quiet) {
    const where = position === 0 ? ' which is empty'
      : ` after byte ${position}${how.all ? '' : lastByte === 10 ? `, line ${line - 1}` : `, in line ${line}`}`
    await report(process, `EOF on ${shorter.name}${where}`)
  }
  return 1
}

function value(byte: number, withText: boolean): string {
  const octal = byte.toString(8).padStart(3)
  if (!withText) return octal
  const low = byte & 127
  const shown = low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low)
  return `${octal} ${byte > 127 ? 'M-' : ''}${shown}`
}
