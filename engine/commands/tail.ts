import type { Command, Process, Reader } from '../machine/process.ts'
import { isRegular } from '../machine/stat.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { follow } from './follow-files.ts'
import { reportOpen } from './head.ts'
import { parseSize } from './size-text.ts'
import { quoteWord } from './quote-name.ts'
import { reportAction } from './report.ts'

const described = command(
  {
    name: 'tail',
    usage: '[OPTION]... [FILE]...',
    summary:
      'Print the last 10 lines of each FILE to standard output.\nWith more than one FILE, a header with the name stands before each.\n\n' +
      'With no FILE, or when FILE is -, read standard input.',
    options: {
      '-c, --bytes=[+]NUM': 'print the last NUM bytes; with +, from byte NUM on',
      '-f, --follow[=HOW]': 'print what is appended as the file grows;\nHOW is descriptor (the default) or name',
      '-F': 'the same as --follow=name --retry',
      '-n, --lines=[+]NUM': 'print the last NUM lines, not 10; with +, from line NUM on',
      '-q, --quiet, --silent': 'never print headers',
      '--retry': 'keep trying to open a file that is missing',
      '-s, --sleep-interval=N': 'with -f, look every N seconds (default 1)',
      '-v, --verbose': 'always print headers',
      '-z, --zero-terminated': 'lines end with NUL, not newline',
    },
    details: 'NUM may have a multiplier: b 512, kB 1000, K 1024, MB 1000*1000, M 1024*1024, and so on for G, T, P, E, Z, Y.',
  },
  async (args, process) => {
    const unit = args.latest('c', 'n') === 'c' ? 'bytes' : 'lines'
    const word = (unit === 'bytes' ? args.value('c') : args.value('n')) ?? '10'
    const count = parseSize(word.replace(/^[-+]/, ''))
    if (count === undefined) throw new Failure(`invalid number of ${unit}: ${quoteWord(word)}`)
    const interval = Number(args.value('s') ?? '1')
    if (!(interval >= 0)) throw new Failure(`invalid number of seconds: ${quoteWord(args.value('s') ?? '')}`)
    const names = args.operands.length ? args.operands : ['-']
    const headers = args.latest('q', 'v') === 'v' || (!args.has('q') && names.length > 1)
    const newline = args.has('z') ? 0 : 10
    const copy = word.startsWith('+') ? copyFrom : copyLast
    let headed = false
    const header = async (name: string) => {
      if (headers) await process.stdout.write(`${headed ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`)
      headed = true
    }
    const status = await eachInput(process, names, async (input, name) => {
      await header(name)
      await copy(input, process, count, unit === 'bytes' ? undefined : newline)
    }, async (name, error, opened) => {
      if (opened) await reportAction(process, 'error reading', name === '-' ? 'standard input' : name, error)
      else await reportOpen(process, name, error)
    })
    if (!args.has('f') && !args.has('F')) return status
    const byName = args.has('F') || args.value('f') === 'name'
    return follow(process, names, { byName, retry: args.has('F') || args.has('retry'), interval: interval * 1000, header, headers })
  },
)

/** Takes the old forms `tail -5`, `tail +5`, `tail -5f` for `-n 5`, `-n +5`, `-n 5 -f`. */
export const tail: Command = (args, process) => {
  const [, sign, digits, letter, following] = /^([-+])(\d+)([bcl]?)(f?)$/.exec(args[0] ?? '') ?? []
  if (sign === undefined || digits === undefined || args.length > 2) return described(args, process)
  const unit = letter === 'c' || letter === 'b' ? '-c' : '-n'
  return described(
    [`${unit}${sign === '+' ? '+' : ''}${digits}${letter === 'b' ? 'b' : ''}`, ...(following ? ['-f'] : []), ...args.slice(1)],
    process,
  )
}

/** From byte or line number `count` (from 1) on. `newline` undefined counts bytes. */
async function copyFrom(input: Reader, process: Process, count: number, newline: number | undefined): Promise<void> {
  let skip = Math.max(0, count - 1)
  for (let chunk = await input.read(); chunk; chunk = await input.read()) {
    let from = 0
    if (newline === undefined) {
      from = Math.min(skip, chunk.length)
      skip -= from
    } else for (; from < chunk.length && skip > 0; from++) if (chunk[from] === newline) skip--
    await process.stdout.write(chunk.subarray(from))
    await process.breathe()
  }
}

/** The last `count` lines or bytes: of a file by looking back from its end, of anything else by holding that much. */
async function copyLast(input: Reader, process: Process, count: number, newline: number | undefined): Promise<void> {
  const { mode, size } = await process.system.fstat(input.fd)
  if (isRegular(mode) && size > 0) {
    const start = newline === undefined ? Math.max(0, size - count) : await startOfLastLines(process, input.fd, size, count, newline)
    await process.system.lseek(input.fd, start, 0)
    return copyFrom(input, process, 1, undefined)
  }
  const held: Uint8Array[] = []
  let weight = 0
  const weigh = (chunk: Uint8Array) => (newline === undefined ? chunk.length : countOf(chunk, newline))
  for (let chunk = await input.read(); chunk; chunk = await input.read()) {
    held.push(chunk)
    weight += weigh(chunk)
    // A line may begin in the chunk before the one with its newline: keep one more than the count.
    for (let first = held[0]; first && held.length > 1 && weight - weigh(first) > count; first = held[0]) {
      weight -= weigh(first)
      held.shift()
    }
  }
  const bytes = joinBytes(held)
  await process.stdout.write(
    bytes.subarray(newline === undefined ? Math.max(0, bytes.length - count) : lastLinesIn(bytes, bytes.length, count, newline).start),
  )
}

const countOf = (bytes: Uint8Array, value: number) => bytes.reduce((sum, byte) => (byte === value ? sum + 1 : sum), 0)

/**
 * Where the last `count` lines of bytes[0, end) begin, or how many of them are still missing before it. The last byte's newline ends a
 * line.
 */
function lastLinesIn(bytes: Uint8Array, end: number, count: number, newline: number): { start: number; missing: number } {
  let missing = count
  if (missing === 0) return { start: end, missing: 0 }
  for (let at = end - 2; at >= 0; at--) {
    if (bytes[at] === newline && --missing === 0) return { start: at + 1, missing: 0 }
  }
  return { start: 0, missing }
}

async function startOfLastLines(process: Process, fd: number, size: number, count: number, newline: number): Promise<number> {
  const block = 64 * 1024
  let missing = count
  let end = size
  // Blocks overlap by one byte, because the last byte of what lastLinesIn looks at does not count as a line's start.
  while (end > 0) {
    const from = Math.max(0, end - block)
    const last = end === size ? end : end + 1
    const bytes = await process.system.pread(fd, last - from, from)
    const found = lastLinesIn(bytes, bytes.length, missing, newline)
    if (found.missing === 0) return from + found.start
    missing = found.missing
    end = from
  }
  return 0
}
