import { command } from './command.ts'
import { dumpInput } from './dump-input.ts'
import { Failure } from './failure.ts'
import { report } from './report.ts'

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0')
const words = (bytes: Uint8Array) =>
  Array.from({ length: Math.ceil(bytes.length / 2) }, (_, at) => bytes[2 * at]! | ((bytes[2 * at + 1] ?? 0) << 8))
const named: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' }
const printable = (byte: number) => byte >= 32 && byte < 127

/** The lines a block of sixteen bytes makes, without offset, by option. */
const layouts: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  x: (bytes) =>
    words(bytes)
      .map((word) => `    ${hex(word, 4)}`)
      .join(''),
  d: (bytes) =>
    words(bytes)
      .map((word) => `   ${String(word).padStart(5, '0')}`)
      .join(''),
  o: (bytes) =>
    words(bytes)
      .map((word) => `  ${word.toString(8).padStart(6, '0')}`)
      .join(''),
  b: (bytes) => Array.from(bytes, (byte) => ` ${byte.toString(8).padStart(3, '0')}`).join(''),
  c: (bytes) =>
    Array.from(
      bytes,
      (byte) => ` ${(named[byte] ?? (printable(byte) ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))).padStart(3)}`,
    ).join(''),
  default: (bytes) =>
    words(bytes)
      .map((word) => ` ${hex(word, 4)}`)
      .join(''),
}
const widths: Readonly<Record<string, number>> = { x: 64, d: 64, o: 64, b: 64, c: 64, default: 40 }

function canonical(bytes: Uint8Array): string {
  const half = (from: number) =>
    Array.from(bytes.subarray(from, from + 8), (byte) => `${hex(byte, 2)} `)
      .join('')
      .padEnd(24)
  const text = Array.from(bytes, (byte) => (printable(byte) ? String.fromCharCode(byte) : '.')).join('')
  return `  ${half(0)} ${half(8)} |${text}|`
}

export const hexdump = command(
  {
    name: 'hexdump',
    usage: '[options] <file>...',
    summary: 'Display file contents in hexadecimal, decimal, octal, or ascii.',
    options: {
      '-b, --one-byte-octal': 'one-byte octal display',
      '-c, --one-byte-char': 'one-byte character display',
      '-C, --canonical': 'canonical hex+ASCII display',
      '-d, --two-bytes-decimal': 'two-byte decimal display',
      '-o, --two-bytes-octal': 'two-byte octal display',
      '-x, --two-bytes-hex': 'two-byte hexadecimal display',
      '-n, --length=LENGTH': 'interpret only length bytes of input',
      '-s, --skip=OFFSET': 'skip offset bytes from the beginning',
      '-v, --no-squeezing': 'output identical lines',
    },
  },
  async (args, process) => {
    const count = (name: 'n' | 's', otherwise: number) => {
      const text = args.value(name)
      if (text === undefined) return otherwise
      const match = /^(0x[0-9a-f]+|\d+)([bkmKMG]?)$/i.exec(text)
      if (!match) throw new Failure(`failed to parse ${name === 'n' ? 'length' : 'offset'}: '${text}': Invalid argument`)
      const unit = { b: 512, k: 1024, K: 1024, m: 2 ** 20, M: 2 ** 20, G: 2 ** 30 }[match[2]!] ?? 1
      return Number(/^0[0-7]+$/.test(match[1]!) ? `0o${match[1]}` : match[1]) * unit
    }
    const layout = args.latest('b', 'c', 'C', 'd', 'o', 'x') ?? 'default'
    const canonicalLayout = layout === 'C'
    const offsetText = (offset: number) => hex(offset, canonicalLayout ? 8 : 7)
    let previous: string | undefined
    let squeezing = false
    let unopened = 0
    const { end } = await dumpInput(
      process,
      args.operands.length ? args.operands : ['-'],
      16,
      { skip: count('s', 0), length: count('n', Infinity) },
      async (bytes, offset) => {
        const key = bytes.join()
        if (!args.has('v') && key === previous && bytes.length === 16) {
          if (!squeezing) await process.stdout.write('*\n')
          squeezing = true
          return
        }
        previous = key
        squeezing = false
        const body = canonicalLayout ? canonical(bytes) : layouts[layout]!(bytes).padEnd(widths[layout]!)
        await process.stdout.write(`${offsetText(offset)}${body}\n`)
      },
      async (name, error, opened) => {
        if (!opened) unopened++
        await report(process, `${name}: ${error.message}`)
      },
    )
    const names = args.operands.length
    if (names && unopened === names) {
      if (names === 1) await report(process, 'all input file arguments failed')
      return 1
    }
    if (end > 0) await process.stdout.write(`${offsetText(end)}\n`)
    return unopened ? 1 : 0
  },
)
