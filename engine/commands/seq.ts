import {
  addLongDoubles,
  compareLongDoubles,
  formatLongDouble,
  multiplyLongDoubles,
  parseLongDouble,
  type LongDouble,
} from '../shell/long-double.ts'
import type { Process } from '../machine/process.ts'
import { formatPrintf } from '../shell/format-printf.ts'
import { Failure } from './failure.ts'
import { command } from './command.ts'
import { quoteWord } from './quote-name.ts'

/** Negative numbers are operands, not options. */
const shield = (args: string[]) => {
  const isNumber = (arg: string) => /^-[\d.]/.test(arg)
  let at = 0
  while (at < args.length && args[at]!.startsWith('-') && args[at] !== '--' && !isNumber(args[at]!))
    at += /^(?:-[fs]|--format|--separator)$/.test(args[at]!) ? 2 : 1
  return isNumber(args[at] ?? '') ? [...args.slice(0, at), '--', ...args.slice(at)] : args
}

const parsed = command(
  {
    name: 'seq',
    usage: ['[OPTION]... LAST', '[OPTION]... FIRST LAST', '[OPTION]... FIRST INCREMENT LAST'],
    summary: 'Print numbers from FIRST to LAST, in steps of INCREMENT.',
    options: {
      '-f, --format=FORMAT': 'use a FORMAT for floating point numbers as in printf',
      '-s, --separator=STRING': 'put STRING between the numbers (default: newline)',
      '-w, --equal-width': 'make all equally wide by leading zeros',
    },
    operandsEndOptions: true,
  },
  async (args, process) => {
    const { operands } = args
    if (operands.length === 0) throw new Failure('missing operand', { usage: true })
    if (operands.length > 3) throw new Failure(`extra operand ${quoteWord(operands[3]!)}`, { usage: true })
    const values = operands.map((text) => number(text))
    const [first, step, last] = [
      operands.length > 1 ? values[0]! : number('1'),
      operands.length > 2 ? values[1]! : number('1'),
      values.at(-1)!,
    ]
    const zero = number('0').value
    const direction = compareLongDoubles(step.value, zero)
    if (direction === 0) throw new Failure(`invalid Zero increment value: ${quoteWord(operands[1]!)}`, { usage: true })
    const format = args.value('f')
    if (format !== undefined) checkFormat(format)
    if (format !== undefined && args.has('w'))
      throw new Failure('format string may not be specified when printing equal width strings', { usage: true })

    const precision = Math.max(first.decimals, step.decimals)
    const text = (value: LongDouble) =>
      format !== undefined
        ? new TextDecoder().decode(
            formatPrintf(format.replace(/(^|[^%])((?:%%)*%[-+ #0']*\d*(?:\.\d*)?)L/, '$1$2'), [exactText(value)]).bytes,
          )
        : (value.negative ? '-' : '') + formatLongDouble(value, 'f', precision, false)
    const width = args.has('w') ? Math.max(text(first.value).length, text({ ...last.value }).length) : 0
    const pad = (shown: string) => (shown.startsWith('-') ? `-${shown.slice(1).padStart(width - 1, '0')}` : shown.padStart(width, '0'))
    const separator = args.value('s') ?? '\n'

    const plain = format === undefined ? integers([first, step, last], operands) : undefined
    if (plain) {
      await writeIntegers(process, plain, pad, separator)
      return 0
    }
    let count = 0
    for (let index = 0; ; index++) {
      const value = index === 0 ? first.value : addLongDoubles(first.value, multiplyLongDoubles(step.value, number(String(index)).value))
      let shown = pad(text(value))
      if (compareLongDoubles(value, last.value) * direction > 0) {
        // A sum that rounding has pushed past LAST still counts where it prints as LAST does (seq.c, print_numbers).
        const printed = parseLongDouble(shown).value
        if (count === 0 || precision === 0 || compareLongDoubles(printed, last.value) !== 0) break
        shown = pad(text(last.value))
        await process.stdout.write(separator + shown)
        count++
        break
      }
      await process.stdout.write(count ? separator + shown : shown)
      count++
      if (index % 256 === 255) await process.breathe()
    }
    if (count) await process.stdout.write('\n')
    return 0
  },
)

export const seq: typeof parsed = (args, process) => parsed(shield(args), process)

/** As numbers where all are so small that counting with them is exact; not `-0`, which seq prints as such. */
function integers(values: readonly { value: LongDouble; decimals: number }[], operands: readonly string[]) {
  if (!operands.every((text) => /^[+-]?\d{1,15}$/.test(text) && !/^-0+$/.test(text))) return undefined
  const [first = 0, step = 0, last = 0] = values.map(({ value }) => Number(exactText(value)))
  return { first, step, last }
}

async function writeIntegers(
  process: Process,
  { first, step, last }: { first: number; step: number; last: number },
  pad: (shown: string) => string,
  separator: string,
): Promise<void> {
  const some = 8192
  let text = ''
  for (let value = first; step > 0 ? value <= last : value >= last; value += step) {
    text += value === first ? pad(String(value)) : separator + pad(String(value))
    if (text.length < some) continue
    await process.stdout.write(text)
    text = ''
    await process.breathe()
  }
  if (step > 0 ? first <= last : first >= last) await process.stdout.write(`${text}\n`)
}

function number(text: string): { value: LongDouble; decimals: number } {
  const { value, length } = parseLongDouble(text)
  if (length === 0 || length !== text.length) throw new Failure(`invalid floating point argument: ${quoteWord(text)}`, { usage: true })
  if (value.kind === 'nan') throw new Failure(`invalid 'not-a-number' argument: ${quoteWord(text)}`, { usage: true })
  const [, fraction = '', exponent = '0'] = /^[^.e]*(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text.trim()) ?? []
  return { value, decimals: Math.max(0, fraction.length - Number(exponent)) }
}

/** A decimal text that reads back as the same long double. */
const exactText = (value: LongDouble) => (value.negative ? '-' : '') + formatLongDouble(value, 'e', 21, false)

function checkFormat(format: string): void {
  const directives = format.replaceAll('%%', '').match(/%/g)?.length ?? 0
  if (directives === 0) throw new Failure(`format ${quoteWord(format)} has no % directive`)
  const match = /%(?!%)[-+ #0']*\d*(?:\.\d*)?L?(.?)/.exec(format.replaceAll('%%', ''))
  if (!match?.[1]) throw new Failure(`format ${quoteWord(format)} ends in %`)
  if (!'efgaEFGA'.includes(match[1])) throw new Failure(`format ${quoteWord(format)} has unknown %${match[1]} directive`)
  if (directives > 1) throw new Failure(`format ${quoteWord(format)} has too many % directives`)
}
