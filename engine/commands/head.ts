import type { Command, Process, Reader } from '../machine/process.ts'
import { SEEK_CUR } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { chunks } from './records.ts'
import { parseSize } from './size-text.ts'
import { quoteWord } from './quote-name.ts'
import { reportAction } from './report.ts'

const described = command(
  {
    name: 'head',
    usage: '[OPTION]... [FILE]...',
    summary:
      'Print the first 10 lines of each FILE to standard output.\nWith more than one FILE, a header with the name stands before each.\n\n' +
      'With no FILE, or when FILE is -, read standard input.',
    options: {
      '-c, --bytes=[-]NUM': 'print the first NUM bytes; with -, all but the last NUM',
      '-n, --lines=[-]NUM': 'print the first NUM lines, not 10; with -, all but the last NUM',
      '-q, --quiet, --silent': 'never print headers',
      '-v, --verbose': 'always print headers',
      '-z, --zero-terminated': 'lines end with NUL, not newline',
    },
    details: 'NUM may have a multiplier: b 512, kB 1000, K 1024, MB 1000*1000, M 1024*1024, and so on for G, T, P, E, Z, Y.',
  },
  async (args, process) => {
    const unit = args.latest('c', 'n') === 'c' ? 'bytes' : 'lines'
    const word = (unit === 'bytes' ? args.value('c') : args.value('n')) ?? '10'
    const count = parseSize(word.replace(/^-/, ''))
    if (count === undefined) throw new Failure(`invalid number of ${unit}: ${quoteWord(word)}`)
    const names = args.operands.length ? args.operands : ['-']
    const headers = args.latest('q', 'v') === 'v' || (!args.has('q') && names.length > 1)
    const newline = args.has('z') ? 0 : 10
    let headed = false
    return eachInput(process, names, async (input, name) => {
      if (headers) await process.stdout.write(`${headed ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`)
      headed = true
      if (word.startsWith('-')) await copyAllButLast(input, process, count, unit === 'bytes' ? undefined : newline)
      else await copyFirst(input, process, count, unit === 'bytes' ? undefined : newline)
    }, async (name, error, opened) => {
      if (opened) await reportAction(process, 'error reading', name === '-' ? 'standard input' : name, error)
      else await reportOpen(process, name, error)
    })
  },
)

/** `head: cannot open 'x' for reading: reason`, as head and tail word it. */
export const reportOpen = (process: Process, name: string, error: SystemError) =>
  reportAction(process, 'cannot open', name, error, ' for reading')

/** Takes the old form `head -5` (POSIX 1992) for `head -n 5`. */
export const head: Command = (args, process) => {
  const [, digits, letters = ''] = /^-(\d+)([bkmcqvz]*)$/.exec(args[0] ?? '') ?? []
  if (digits === undefined) return described(args, process)
  const multiplier = /[bkm]/.exec(letters)?.[0] ?? ''
  const others = [...letters].filter((letter) => 'qvz'.includes(letter)).map((letter) => `-${letter}`)
  const unit = multiplier || letters.includes('c') ? '-c' : '-n'
  return described([`${unit}${digits}${multiplier.replace('m', 'M')}`, ...others, ...args.slice(1)], process)
}

/** `newline` undefined counts bytes. What was read too much is given back, so that the next reader of a file goes on from there. */
async function copyFirst(input: Reader, process: Process, count: number, newline: number | undefined): Promise<void> {
  let left = count
  while (left > 0) {
    const chunk = await input.read()
    if (!chunk) return
    let end = Math.min(left, chunk.length)
    if (newline === undefined) left -= end
    else for (end = 0; end < chunk.length && left > 0; end++) if (chunk[end] === newline) left--
    await process.stdout.write(chunk.subarray(0, end))
    if (end < chunk.length) await giveBack(process, input.fd, chunk.length - end)
  }
}

async function giveBack(process: Process, fd: number, bytes: number): Promise<void> {
  try {
    await process.system.lseek(fd, -bytes, SEEK_CUR)
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'ESPIPE') throw error
  }
}

async function copyAllButLast(input: Reader, process: Process, count: number, newline: number | undefined): Promise<void> {
  const held: Uint8Array[] = []
  let weight = 0
  for await (const part of newline === undefined ? chunks(input) : input.lines(newline)) {
    held.push(part)
    weight += newline === undefined ? part.length : 1
    for (let first = held[0]; first && weight - (newline === undefined ? first.length : 1) >= count; first = held[0]) {
      await process.stdout.write(first)
      held.shift()
      weight -= newline === undefined ? first.length : 1
    }
  }
  const first = held[0]
  if (newline === undefined && first && weight > count) await process.stdout.write(joinBytes(held).subarray(0, weight - count))
}
