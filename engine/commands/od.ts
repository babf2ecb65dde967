import { command } from './command.ts'
import { dumpInput } from './dump-input.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { reportName } from './report.ts'

/** One -t type: how many bytes make a cell, how wide it is, and how it looks. */
interface Format {
  size: number
  width: number
  show(view: DataView, at: number): string
  /** The z after a type: the printable characters at the line's end. */
  trailer: boolean
}

const BLOCK = 16
const names = [
  'nul',
  'soh',
  'stx',
  'etx',
  'eot',
  'enq',
  'ack',
  'bel',
  'bs',
  'ht',
  'nl',
  'vt',
  'ff',
  'cr',
  'so',
  'si',
  'dle',
  'dc1',
  'dc2',
  'dc3',
  'dc4',
  'nak',
  'syn',
  'etb',
  'can',
  'em',
  'sub',
  'esc',
  'fs',
  'gs',
  'rs',
  'us',
  'sp',
]
const escapes: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' }
const sizes: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 }
/** Old options that stand for a type (POSIX od). */
const traditional: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  f: 'fF',
  i: 'dI',
  l: 'dL',
  o: 'o2',
  s: 'd2',
  x: 'x2',
}

export const od = command(
  {
    name: 'od',
    usage: '[OPTION]... [FILE]...',
    summary:
      'Write an unambiguous representation, octal bytes by default, of FILE to standard output.\n\n' +
      'With no FILE, or when FILE is -, read standard input.',
    options: {
      '-A, --address-radix=RADIX': 'output format for file offsets; RADIX is one of [doxn]',
      '-j, --skip-bytes=BYTES': 'skip BYTES input bytes first',
      '-N, --read-bytes=BYTES': 'limit dump to BYTES input bytes',
      '-t, --format=TYPE':
        'select output format: a, c, d[SIZE], f[SIZE], o[SIZE], u[SIZE], x[SIZE],\nand z after it for the printable characters',
      '-v, --output-duplicates': 'do not use * to mark line suppression',
      '-w[BYTES], --width[=BYTES]': 'output BYTES bytes per output line (32 without a number, default 16)',
      '-a': 'same as -t a',
      '-b': 'same as -t o1',
      '-c': 'same as -t c',
      '-d': 'same as -t u2',
      '-f': 'same as -t fF',
      '-i': 'same as -t dI',
      '-l': 'same as -t dL',
      '-o': 'same as -t o2',
      '-s': 'same as -t d2',
      '-x': 'same as -t x2',
    },
  },
  async (args, process) => {
    const count = (name: 'j' | 'N' | 'w', otherwise: number): number => {
      const text = args.value(name)
      if (text === undefined) return otherwise
      const match = /^(0x[0-9a-f]+|\d+)(b|[kKMG]?)$/i.exec(text)
      if (!match) throw new Failure(`invalid -${name} argument ${quoteWord(text)}`)
      const unit = { b: 512, k: 1024, K: 1024, M: 2 ** 20, G: 2 ** 30 }[match[2]!] ?? 1
      return Number(/^0[0-7]+$/.test(match[1]!) ? `0o${match[1]}` : match[1]) * unit
    }
    const radix = args.value('A') ?? 'o'
    if (!/^[doxn]/.test(radix)) throw new Failure(`invalid output address radix '${radix[0] ?? ''}'; it must be one character from [doxn]`)
    const types = args.given.flatMap(({ name, value }) =>
      name === 't' ? parseTypes(value!) : traditional[name] ? parseTypes(traditional[name]) : [],
    )
    const formats = types.length ? types : parseTypes('o2')
    const line = args.has('w') ? count('w', 32) : BLOCK
    const address = (offset: number) => {
      if (radix[0] === 'n') return ''
      const base = radix[0] === 'd' ? 10 : radix[0] === 'x' ? 16 : 8
      return offset.toString(base).padStart(base === 16 ? 6 : 7, '0')
    }
    // All formats of a line share columns: each cell is as wide as the widest of them needs per byte.
    const perByte = Math.max(...formats.map((format) => Math.ceil(((format.width + 1) / format.size) * 1000) / 1000))
    const skip = count('j', 0)
    let previous: string | undefined
    let squeezing = false
    let seen = false
    let opened = args.operands.length === 0
    const { status, end } = await dumpInput(
      process,
      args.operands.length ? args.operands : ['-'],
      line,
      { skip, length: count('N', Infinity) },
      async (bytes, offset) => {
        seen = true
        opened = true
        const key = bytes.join()
        if (!args.has('v') && key === previous && bytes.length === line) {
          if (!squeezing) await process.stdout.write('*\n')
          squeezing = true
          return
        }
        previous = key
        squeezing = false
        for (const [index, format] of formats.entries()) {
          const padded = new Uint8Array(Math.ceil(bytes.length / format.size) * format.size)
          padded.set(bytes)
          const view = new DataView(padded.buffer)
          const cell = Math.max(format.width + 1, Math.round(perByte * format.size))
          let text = ''
          for (let at = 0; at < padded.length; at += format.size) text += format.show(view, at).padStart(cell)
          if (format.trailer) {
            const shown = Array.from(bytes, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
            text = `${text.padEnd(cell * Math.ceil(line / format.size))}  >${shown}<`
          }
          await process.stdout.write(`${index ? ' '.repeat(address(offset).length) : address(offset)}${text}\n`)
        }
      },
      async (name, error, wasOpened) => {
        opened ||= wasOpened
        await reportName(process, name, error)
      },
    )
    if (!seen && skip > 0 && end < skip) throw new Failure('cannot skip past end of combined input')
    // Where nothing could be read there is no end to show.
    if (radix[0] !== 'n' && !(status && !opened)) await process.stdout.write(`${address(end)}\n`)
    return status
  },
)

function parseTypes(text: string): Format[] {
  const formats: Format[] = []
  const pattern = /([acdfoux])([CSILFD]|\d+)?(z?)/y
  let at = 0
  while (at < text.length) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match) throw new Failure(`invalid character '${text[at]}' in type string ${quoteWord(text)}`)
    const [whole, kind, sizeText, trailer] = match as unknown as [string, string, string | undefined, string]
    const size = kind === 'a' || kind === 'c' ? 1 : sizeText === undefined ? (kind === 'f' ? 8 : 4) : (sizes[sizeText] ?? Number(sizeText))
    if (kind === 'f' ? size !== 4 && size !== 8 : ![1, 2, 4, 8].includes(size)) {
      throw new Failure(
        `invalid type string ${quoteWord(text)};\n` +
        `this system doesn't provide a ${size}-byte ${kind === 'f' ? 'floating point' : 'integral'} type`,
      )
    }
    formats.push({ ...formatOf(kind, size), trailer: trailer === 'z' })
    at += whole.length
  }
  return formats
}

function formatOf(kind: string, size: number): Omit<Format, 'trailer'> {
  const integer = (view: DataView, at: number): bigint => {
    if (size === 1) return BigInt(view.getUint8(at))
    if (size === 2) return BigInt(view.getUint16(at, true))
    return size === 4 ? BigInt(view.getUint32(at, true)) : view.getBigUint64(at, true)
  }
  const bits = size * 8
  switch (kind) {
    case 'a':
      return {
        size,
        width: 3,
        show: (view, at) =>
          names[view.getUint8(at) & 127] ?? ((view.getUint8(at) & 127) === 127 ? 'del' : String.fromCharCode(view.getUint8(at) & 127)),
      }
    case 'c':
      return {
        size,
        width: 3,
        show: (view, at) => {
          const byte = view.getUint8(at)
          return escapes[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
        },
      }
    case 'd':
      return { size, width: [4, 6, 11, 20][Math.log2(size)]!, show: (view, at) => BigInt.asIntN(bits, integer(view, at)).toString() }
    case 'u':
      return { size, width: [3, 5, 10, 20][Math.log2(size)]!, show: (view, at) => integer(view, at).toString() }
    case 'f':
      return size === 4
        ? { size, width: 15, show: (view, at) => floatText(view.getFloat32(at, true), (value) => Math.fround(value)) }
        : { size, width: 24, show: (view, at) => floatText(view.getFloat64(at, true), (value) => value) }
    default: {
      const base = kind === 'o' ? 8 : 16
      const width = kind === 'o' ? Math.ceil(bits / 3) : size * 2
      return { size, width, show: (view, at) => integer(view, at).toString(base).padStart(width, '0') }
    }
  }
}

/** The shortest %g that reads back as the same number. */
function floatText(value: number, round: (value: number) => number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  for (let digits = 1; digits <= 17; digits++) {
    const text = value.toPrecision(digits)
    if (round(Number(text)) !== value) continue
    const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))))
    if (exponent >= -4 && exponent < digits) return String(Number(text))
    const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e')
    return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${power.replace(/^[+-]/, '').padStart(2, '0')}`
  }
  return String(value)
}
