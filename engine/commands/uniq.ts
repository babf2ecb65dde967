import { O_CREAT, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { bytesToText, textToBytes } from './byte-text.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { quoteName, quoteWord } from './quote-name.ts'
import { NEWLINE, NUL, records } from './records.ts'
import { report, reportName } from './report.ts'

export const uniq = command(
  {
    name: 'uniq',
    usage: '[OPTION]... [INPUT [OUTPUT]]',
    summary: 'Filter adjacent matching lines from INPUT (or standard input), writing to OUTPUT (or standard output).',
    options: {
      '-c, --count': 'prefix lines by the number of occurrences',
      '-d, --repeated': 'only print duplicate lines, one for each group',
      '-D': 'print all duplicate lines',
      '-f, --skip-fields=N': 'avoid comparing the first N fields',
      '-i, --ignore-case': 'ignore differences in case when comparing',
      '-s, --skip-chars=N': 'avoid comparing the first N characters',
      '-u, --unique': 'only print unique lines',
      '-z, --zero-terminated': 'line delimiter is NUL, not newline',
      '-w, --check-chars=N': 'compare no more than N characters in lines',
    },
  },
  async (args, process) => {
    const count = (name: 'f' | 's' | 'w', what: string): number | undefined => {
      const text = args.value(name)
      if (text !== undefined && !/^\d+$/.test(text)) throw new Failure(`${text}: invalid number of ${what}`)
      return text === undefined ? undefined : Number(text)
    }
    const skipFields = count('f', 'fields to skip') ?? 0
    const skipCharacters = count('s', 'bytes to skip') ?? 0
    const width = count('w', 'bytes to compare') ?? Infinity
    if (args.operands.length > 2) throw new Failure(`extra operand ${quoteWord(args.operands[2]!)}`, { usage: true })
    if (args.has('D') && args.has('c')) throw new Failure('printing all duplicated lines and repeat counts is meaningless', { usage: true })
    const end = args.has('z') ? NUL : NEWLINE
    const [input = '-', output = '-'] = args.operands
    const [counting, ignoreCase, repeated] = [args.has('c'), args.has('i'), args.has('d')]
    const [unique, everyRepeated] = [args.has('u'), args.has('D')]
    const key = (line: string) => {
      let text = line
      for (let field = 0; field < skipFields; field++) text = text.replace(/^[ \t\n]*[^ \t\n]*/, '')
      text = text.slice(skipCharacters, skipCharacters + width)
      // Letters of ASCII, as the C locale folds.
      return ignoreCase ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
    }

    return eachInput(process, [input], async (reader) => {
      const out = output === '-' ? process.stdout : process.writer(await process.system.open(output, O_WRONLY | O_CREAT | O_TRUNC, 0o666))
      let group: { key: string; first: string; count: number } | undefined
      const write = (line: string, prefix = '') => out.write(textToBytes(prefix + line + String.fromCharCode(end)))
      const finish = async () => {
        if (!group || everyRepeated) return
        if (group.count === 1 ? repeated : unique) return
        await write(group.first, counting ? `${String(group.count).padStart(7)} ` : '')
      }
      for await (const { text } of records(reader, bytesToText, end)) {
        const own = key(text)
        if (group?.key === own) {
          group.count++
          if (everyRepeated && !unique) {
            if (group.count === 2) await write(group.first)
            await write(text)
          }
        } else {
          await finish()
          group = { key: own, first: text, count: 1 }
        }
        await process.breathe()
      }
      await finish()
      await out.flush()
    }, async (_, error, opened) => {
      if (opened && error.code === 'EISDIR') return report(process, `error reading ${quoteName(input)}`)
      return reportName(process, error.path ?? input, error)
    })
  },
)
