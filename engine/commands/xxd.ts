import type { Command, Process } from '../machine/process.ts'
import { O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { dumpInput } from './dump-input.ts'
import { records } from './records.ts'
import { bytesToText } from './byte-text.ts'

const usage = (program: string) =>
  [
    'Usage:',
    `       ${program} [options] [infile [outfile]]`,
    '    or',
    `       ${program} -r [-s [-]offset] [-c cols] [-ps] [infile [outfile]]`,
    'Options:',
    '    -b          binary digit dump, not with -p, -i, -r; default 6 columns.',
    '    -c cols     format <cols> octets per line. Default 16 (-i: 12, -ps: 30).',
    '    -g bytes    number of octets per group in normal output. Default 2.',
    '    -h          print this summary.',
    '    -i          output in C include file style.',
    '    -l len      stop after <len> octets.',
    '    -p          output in postscript plain hexdump style.',
    '    -r          reverse operation: convert hexdump into binary.',
    '    -s seek     start at <seek> bytes from the start.',
    '    -u          use upper case hex letters.',
    '',
  ].join('\n')

interface Options {
  columns: number | undefined
  group: number | undefined
  length: number
  skip: number
  style: 'normal' | 'plain' | 'include' | 'bits'
  reverse: boolean
  upper: boolean
}

/** xxd reads its options in its own way: one dash, `-c8` or `-c 8`, `-ps` and `-plain` for -p. */
export const xxd: Command = async (args, process) => {
  const program = process.argv[0] ?? 'xxd'
  const options: Options = {
    columns: undefined,
    group: undefined,
    length: Infinity,
    skip: 0,
    style: 'normal',
    reverse: false,
    upper: false,
  }
  const rest = [...args]
  while (rest[0]?.startsWith('-') && rest[0] !== '-') {
    const arg = rest.shift()!.replace(/^--/, '-')
    if (arg === '-') break
    const letter = arg[1]!
    const number = () => {
      const text = arg.length > 2 && !/^-(?:cols|group|len|seek|skip)/.test(arg) ? arg.slice(2) : rest.shift()
      return text === undefined ? NaN : Number(text.replace(/^\+/, ''))
    }
    if (letter === 'c') options.columns = number()
    else if (letter === 'g') options.group = number()
    else if (letter === 'l') options.length = number()
    else if (letter === 's') options.skip = number()
    else if (letter === 'p') options.style = 'plain'
    else if (letter === 'i') options.style = 'include'
    else if (letter === 'b') options.style = 'bits'
    else if (letter === 'r') options.reverse = true
    else if (letter === 'u') options.upper = true
    else {
      const asked = arg === '-h' || arg === '-help'
      await (asked ? process.stdout : process.stderr).write(usage(program))
      return asked ? 0 : 1
    }
    if ([options.columns, options.group, options.length, options.skip].some((value) => Number.isNaN(value))) {
      await process.stderr.write(usage(program))
      return 1
    }
  }
  if (rest.length > 2) {
    await process.stderr.write(usage(program))
    return 1
  }
  if (options.columns !== undefined && options.style === 'normal' && (options.columns < 1 || options.columns > 256)) {
    await process.stderr.write(`${program}: invalid number of columns (max. 256).\n`)
    return 1
  }
  const [input = '-', output = '-'] = rest
  const fail = async (name: string, error: unknown) => {
    if (!(error instanceof SystemError)) throw error
    await process.stderr.write(`${program}: ${name}: ${error.message}\n`)
    return 2
  }
  let out = process.stdout
  let from = 0
  try {
    from = input === '-' ? 0 : await process.system.open(input, O_RDONLY)
  } catch (error) {
    return fail(input, error)
  }
  try {
    if (output !== '-') out = process.writer(await process.system.open(output, O_WRONLY | O_CREAT | (options.reverse ? 0 : O_TRUNC), 0o666))
  } catch (error) {
    return (await fail(output, error)) + 1
  }
  if (options.reverse) await undump(process, from, options, out.write.bind(out))
  else {
    const failure = await dump(process, input, options, out.write.bind(out), fail)
    if (failure) return failure
  }
  await out.flush()
  return 0
}

type Write = (chunk: string | Uint8Array) => Promise<void>

async function dump(
  process: Process,
  name: string,
  options: Options,
  write: Write,
  fail: (name: string, error: unknown) => Promise<number>,
): Promise<number> {
  const { style, upper, skip, length } = options
  const columns = options.columns || { normal: 16, plain: 30, include: 12, bits: 6 }[style]
  const group = options.group ?? (style === 'bits' ? 1 : 2)
  const hex = (byte: number) => {
    const digits = style === 'bits' ? byte.toString(2).padStart(8, '0') : byte.toString(16).padStart(2, '0')
    return upper ? digits.toUpperCase() : digits
  }
  const cell = style === 'bits' ? 8 : 2
  const groups = group > 0 ? Math.ceil(columns / group) : 1
  const width = columns * cell + groups
  const variable = name === '-' ? undefined : name.replace(/^(?=\d)/, '__').replace(/[^A-Za-z0-9]/g, '_')
  let total = 0
  let status = 0
  if (style === 'include' && variable) await write(`unsigned char ${variable}[] = {\n`)
  await dumpInput(
    process,
    [name],
    columns,
    { skip, length },
    async (bytes, offset) => {
      if (style === 'plain') return write(`${Array.from(bytes, hex).join('')}\n`)
      if (style === 'include') {
        const list = Array.from(bytes, (byte) => (upper ? `0X${hex(byte)}` : `0x${hex(byte)}`)).join(', ')
        await write(`${total ? ',\n' : ''}  ${list}`)
        total += bytes.length
        return
      }
      let cells = ''
      bytes.forEach((byte, at) => {
        cells += hex(byte) + (group > 0 && at % group === group - 1 ? ' ' : '')
      })
      const text = Array.from(bytes, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
      await write(`${offset.toString(16).padStart(8, '0')}: ${cells.padEnd(width)} ${text}\n`)
    },
    async (failedName, error) => {
      status = await fail(failedName, error)
    },
  )
  if (style === 'include' && !status) {
    if (total) await write('\n')
    if (variable) await write(`};\nunsigned int ${variable}_len = ${total};\n`)
  }
  return status
}

/** -r: offsets are followed by writing zeros (a gap) or by seeking back, which a pipe cannot: there the bytes go out in order. */
async function undump(process: Process, fd: number, options: Options, write: Write): Promise<void> {
  let position = 0
  let halves = ''
  for await (const { text: line } of records(fd === 0 ? process.stdin : process.reader(fd), bytesToText)) {
    if (options.style === 'plain') {
      halves += line.replace(/[^0-9A-Fa-f]/g, '')
      const whole = halves.slice(0, halves.length & ~1)
      halves = halves.slice(whole.length)
      await write(parseHex(whole))
      continue
    }
    const match = /^\s*([0-9A-Fa-f]+):?\s?(.*)$/.exec(line)
    if (!match) continue
    const offset = parseInt(match[1]!, 16) + options.skip
    const pairs = /^(?:[0-9A-Fa-f]{2} ?)*/
      .exec(match[2]!)![0]
      .replace(/ /g, '')
      .slice(0, (options.columns ?? 16) * 2)
    if (offset > position) {
      await write(new Uint8Array(offset - position))
      position = offset
    }
    await write(parseHex(pairs))
    position += pairs.length / 2
  }
}

const parseHex = (pairs: string) => Uint8Array.from({ length: pairs.length / 2 }, (_, at) => parseInt(pairs.slice(2 * at, 2 * at + 2), 16))
