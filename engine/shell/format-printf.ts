/**
 * printf(1), for bash's builtin and for the program. The format is used again while arguments are left (POSIX printf);
 * integers are 64 bits, floating point is `long double`; %s, %c, widths and precisions count bytes, as both real ones do.
 */
import { joinBytes } from '../bytes/join-bytes.ts'
import { expandEscapes, readEscape, type Dialect } from './backslash-escapes.ts'
import { backslashQuote } from './backslash-quote.ts'
import { decode, encode } from './escapes.ts'
import { formatTime } from './format-time.ts'
import { formatLongDouble, parseLongDouble } from './long-double.ts'
import { formatSigned, formatUnsigned, padField, parsePrintfInteger, type FieldShape } from './printf-fields.ts'

export interface PrintfResult {
  bytes: Uint8Array
  status: number
  /** Lines for stderr, without the `printf: ` before them and without newline. */
  messages: string[]
}

export interface PrintfOptions {
  dialect?: Dialect
  /** How %q quotes. Default: as bash does. */
  quote?: (text: string) => string
  /** For %(format)T: milliseconds since the epoch now, when the shell started, and the time zone. */
  now?: number
  startedAt?: number
  zone?: string
}

/** Coreutils refuses flags that mean nothing for a conversion (C leaves them undefined). */
const refusedByFlag: Readonly<Record<string, string>> = { "'": 'aAceEosxX', '#': 'cdisu', '0': 'cs' }
const directive = /%([-+ #0']*)(\*|\d+)?(\.(?:\*|-?\d*))?[hlLjtz]*/y
const bashDirective = /%([-+ #0']*)(\*|\d+)?(\.(?:\*|-?\d*))?[hlLjtz]*(?:\(([^)]*)\)(?=T))?/y

/** Thrown within to end the output early. */
const END = Symbol('end of output')

export function formatPrintf(format: string, args: readonly string[], options: PrintfOptions = {}): PrintfResult {
  const dialect = options.dialect ?? 'bash'
  const parts: Uint8Array[] = []
  const messages: string[] = []
  let status = 0
  let used = 0
  const complain = (message: string) => {
    messages.push(message)
    status = 1
  }
  const end = (message?: string): never => {
    if (message !== undefined) complain(message)
    throw END
  }
  const nextArgument = (): string | undefined => args[used++]

  const integer = (text: string | undefined, unsigned: boolean): bigint => {
    if (text === undefined) return 0n
    const { value, message, warning } = parsePrintfInteger(text, unsigned, dialect)
    if (message !== undefined) complain(message)
    if (warning !== undefined) messages.push(warning)
    return value
  }
  const floating = (text: string | undefined) => {
    const quoted = /^["'](.)/su.exec(text ?? '')
    const source = quoted ? String(quoted[1]!.codePointAt(0)) : (text ?? '0')
    const { value, length, outOfRange } = parseLongDouble(source)
    if (outOfRange && dialect === 'bash') messages.push(`warning: ${source}: Numerical result out of range`)
    else if (outOfRange) complain(`'${source}': Numerical result out of range`)
    else if (length < source.length) {
      complain(
        dialect === 'bash'
          ? `${source}: invalid number`
          : length === 0
            ? `'${source}': expected a numeric value`
            : `'${source}': value not completely converted`,
      )
    }
    return value
  }

  /** Handles the directive at `format[at]`; returns the index after it. */
  function convert(at: number): number {
    if (format[at + 1] === '%') {
      parts.push(encode('%'))
      return at + 2
    }
    const pattern = dialect === 'bash' ? bashDirective : directive
    pattern.lastIndex = at
    const match = pattern.exec(format)!
    const flags = match[1]!
    const time = match[4]
    const after = at + match[0].length
    const conversion = format[after] ?? ''
    const spec = format.slice(at, after + 1)
    if (dialect === 'coreutils') {
      const plain = (conversion === 'b' || conversion === 'q') && spec.length === 2
      const refused = [...flags].some((flag) => refusedByFlag[flag]?.includes(conversion)) || (match[3] !== undefined && conversion === 'c')
      const known = conversion !== '' && 'aAcdeEfFgGiosuxX'.includes(conversion)
      if (!plain && (refused || !known)) end(`${spec}: invalid conversion specification`)
    } else if (conversion === '') end(`\`${format.slice(at)}': missing format character`)

    const shape: FieldShape = {
      left: flags.includes('-'),
      plus: flags.includes('+'),
      space: flags.includes(' '),
      alternate: flags.includes('#'),
      zero: flags.includes('0'),
    }
    const starred = () => Number(BigInt.asIntN(32, integer(nextArgument(), false)))
    if (match[2] !== undefined) {
      const width = match[2] === '*' ? starred() : Number(match[2])
      if (width < 0) shape.left = true
      shape.width = Math.abs(width)
    }
    if (match[3] !== undefined) {
      const precision = match[3] === '.*' ? starred() : Number(match[3].slice(1) || 0)
      if (precision >= 0) shape.precision = precision
    }
    const text = (bytes: Uint8Array) =>
      padField(shape.precision === undefined ? bytes : bytes.subarray(0, shape.precision), { ...shape, zero: false })

    switch (conversion) {
      case 's':
        parts.push(text(encode(nextArgument() ?? '')))
        break
      case 'c':
        parts.push(padField(encode(nextArgument() || '\0').subarray(0, 1), { ...shape, zero: false }))
        break
      case 'q':
      case 'Q': {
        if (conversion === 'Q' && dialect === 'coreutils') end(`${spec}: invalid conversion specification`)
        const argument = encode(nextArgument() ?? '')
        const kept = conversion === 'Q' && shape.precision !== undefined ? argument.subarray(0, shape.precision) : argument
        const quoted = encode((options.quote ?? backslashQuote)(decode(kept)))
        parts.push(conversion === 'Q' ? padField(quoted, { ...shape, zero: false }) : text(quoted))
        break
      }
      case 'b': {
        const { bytes, stop, problems } = expandEscapes(nextArgument() ?? '', 'argument', dialect)
        if (problems.length && dialect === 'coreutils') end(problems[0])
        messages.push(...problems)
        parts.push(text(bytes))
        if (stop) end()
        break
      }
      case 'd':
      case 'i':
        parts.push(padField(encode(formatSigned(integer(nextArgument(), false), shape)), shape))
        break
      case 'o':
      case 'u':
      case 'x':
      case 'X':
        parts.push(padField(encode(formatUnsigned(integer(nextArgument(), true), conversion, shape)), shape))
        break
      case 'a':
      case 'A':
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        const value = floating(nextArgument())
        const sign = value.negative ? '-' : shape.plus ? '+' : shape.space ? ' ' : ''
        const body = formatLongDouble(value, conversion, shape.precision, shape.alternate)
        parts.push(padField(encode(sign + body), { ...shape, precision: undefined, zero: shape.zero && value.kind === 'finite' }))
        break
      }
      case 'T': {
        if (time === undefined) end(`\`T': invalid format character`)
        const argument = nextArgument()
        const seconds = argument === undefined ? -1n : integer(argument, false)
        const now = options.now ?? Date.now()
        const moment = seconds === -1n ? now : seconds === -2n ? (options.startedAt ?? now) : Number(seconds) * 1000
        parts.push(text(encode(formatTime(time || '%X', moment, options.zone))))
        break
      }
      default:
        end(`\`${conversion}': invalid format character`)
    }
    return after + 1
  }

  try {
    do {
      const before = used
      for (let at = 0; at < format.length;) {
        const special = /[%\\]/g
        special.lastIndex = at
        const found = special.exec(format)?.index ?? format.length
        if (found > at) parts.push(encode(format.slice(at, found)))
        at = found
        if (format[at] === '%') at = convert(at)
        else if (format[at] === '\\') {
          const escape = readEscape(format, at, 'format', dialect)
          if (escape.problem) {
            if (dialect === 'coreutils') end(escape.problem)
            messages.push(escape.problem)
          }
          parts.push(escape.bytes)
          if (escape.stop) end()
          at = escape.next
        }
      }
      if (used === before) {
        if (dialect === 'coreutils' && used < args.length)
          messages.push(`warning: ignoring excess arguments, starting with '${args[used]}'`)
        break
      }
    } while (used < args.length)
  } catch (reason) {
    if (reason !== END) throw reason
  }
  return { bytes: joinBytes(parts), status, messages }
}
