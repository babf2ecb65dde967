import { bytesToText, textToBytes } from './byte-text.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { openAll } from './open-all.ts'
import { quoteWord } from './quote-name.ts'
import { NEWLINE, NUL, records } from './records.ts'
import { report } from './report.ts'

export const comm = command(
  {
    name: 'comm',
    usage: '[OPTION]... FILE1 FILE2',
    summary: 'Compare sorted files FILE1 and FILE2 line by line: lines only in the first, only in the second, in both.',
    options: {
      '-1': 'suppress column 1 (lines unique to FILE1)',
      '-2': 'suppress column 2 (lines unique to FILE2)',
      '-3': 'suppress column 3 (lines that appear in both files)',
      '--check-order': 'check that the input is correctly sorted',
      '--nocheck-order': 'do not check',
      '--output-delimiter=STR': 'separate columns with STR',
      '--total': 'output a summary',
      '-z, --zero-terminated': 'line delimiter is NUL, not newline',
    },
  },
  async (args, process) => {
    const [first, second, extra] = args.operands
    if (first === undefined) throw new Failure('missing operand', { usage: true })
    if (second === undefined) throw new Failure(`missing operand after ${quoteWord(first)}`, { usage: true })
    if (extra !== undefined) throw new Failure(`extra operand ${quoteWord(extra)}`, { usage: true })
    const { inputs } = await openAll(process, [first, second], 'stop')
    if (!inputs) return 1
    const end = args.has('z') ? NUL : NEWLINE
    const finish = String.fromCharCode(end)
    const delimiter = args.value('output-delimiter') ?? '\t'
    const hidden = [args.has('1'), args.has('2'), args.has('3')] as const
    const totals: [number, number, number] = [0, 0, 0]
    const sources = inputs.map(({ reader }) => records(reader, bytesToText, end))
    const last: (string | undefined)[] = [undefined, undefined]
    const complained = [false, false]
    const take = async (at: 0 | 1): Promise<string | undefined> => {
      const next = await sources[at]!.next()
      if (next.done) return undefined
      const line = next.value.text
      if (last[at] !== undefined && line < last[at] && !complained[at] && !args.has('nocheck-order')) {
        complained[at] = true
        const message = `file ${at + 1} is not in sorted order`
        if (args.has('check-order')) throw new Failure(message)
        await report(process, message)
      }
      last[at] = line
      return line
    }
    const print = async (column: 0 | 1 | 2, line: string) => {
      totals[column]++
      if (hidden[column]) return
      const indent = column === 0 ? 0 : column === 1 ? Number(!hidden[0]) : Number(!hidden[0]) + Number(!hidden[1])
      await process.stdout.write(textToBytes(delimiter.repeat(indent) + line + finish))
    }
    let [left, right] = [await take(0), await take(1)]
    while (left !== undefined || right !== undefined) {
      if (right === undefined || (left !== undefined && left < right)) {
        await print(0, left!)
        left = await take(0)
      } else if (left === undefined || right < left) {
        await print(1, right)
        right = await take(1)
      } else {
        await print(2, left)
        left = await take(0)
        right = await take(1)
      }
      await process.breathe()
    }
    if (args.has('total')) await process.stdout.write(`${totals.join(delimiter)}${delimiter}total${finish}`)
    if (!complained[0] && !complained[1]) return 0
    await report(process, 'input is not in sorted order')
    return 1
  },
)
