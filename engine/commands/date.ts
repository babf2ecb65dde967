import { decode } from '../shell/escapes.ts'
import { formatTime, timeZone } from '../shell/format-time.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { parseDate } from './parse-date.ts'
import { quoteNameInMessage, quoteWord } from './quote-name.ts'
import { records } from './records.ts'
import { report } from './report.ts'
import { SystemError } from '../machine/system-error.ts'

const isoFormats: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
}
const rfc3339Formats: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  seconds: '%Y-%m-%d %H:%M:%S%:z',
  ns: '%Y-%m-%d %H:%M:%S.%N%:z',
}

export const date = command(
  {
    name: 'date',
    usage: '[OPTION]... [+FORMAT]',
    summary: 'Display date and time in the given FORMAT.',
    options: {
      '-d, --date=STRING': "display time described by STRING, not 'now'",
      '-f, --file=DATEFILE': 'like --date; once for each line of DATEFILE',
      '-I[FMT], --iso-8601[=FMT]': "output in ISO 8601 format; FMT is 'date', 'hours', 'minutes',\n'seconds' or 'ns'",
      '-R, --rfc-email': 'output in RFC 5322 format',
      '--rfc-3339=FMT': "output in RFC 3339 format; FMT is 'date', 'seconds' or 'ns'",
      '-r, --reference=FILE': 'display the last modification time of FILE',
      '-s, --set=STRING': "set time described by STRING (this machine's clock is not to be set)",
      '-u, --utc, --universal': 'print Coordinated Universal Time (UTC)',
    },
    details:
      'FORMAT has the conversions of strftime(3), with the flags - _ 0 + ^ # and a width after the %;\n' +
      'the time zone is that of the variable TZ.',
  },
  async (args, process) => {
    const formats = args.operands.filter((operand) => operand.startsWith('+'))
    const other = args.operands.find((operand) => !operand.startsWith('+'))
    const sources = args.given.filter(({ name }) => name === 'd' || name === 'f' || name === 'r')
    if (new Set(sources.map(({ name }) => name)).size > 1)
      throw new Failure('the options to specify dates for printing are mutually exclusive', { usage: true })
    if (args.operands.length > 1) throw new Failure(`extra operand ${quoteWord(args.operands[1]!)}`, { usage: true })
    if (other !== undefined && sources.length) {
      throw new Failure(
        `the argument ${quoteWord(other)} lacks a leading '+';\nwhen using an option to specify date(s), any non-option\n` +
        `argument must be a format string beginning with '+'`,
        { usage: true },
      )
    }
    const preset = (name: 'I' | 'rfc-3339', table: Readonly<Record<string, string>>, word: string) => {
      const found = Object.keys(table).filter((key) => key.startsWith(word))
      if (found.length === 1) return table[found[0]!]!
      const options = Object.keys(table).map((key) => `  - '${key}'`)
      const order = name === 'I' ? ['hours', 'minutes', 'date', 'seconds', 'ns'].map((key) => `  - '${key}'`) : options
      throw new Failure(
        `invalid argument ${quoteWord(word)} for '${name === 'I' ? '--iso-8601' : '--rfc-3339'}'\nValid arguments are:\n` +
        `${order.join('\n')}`,
        { usage: true },
      )
    }
    const chosen = [
      ...formats.map((format) => format.slice(1)),
      ...args.given.flatMap(({ name, value }) =>
        name === 'I'
          ? [preset('I', isoFormats, value ?? 'date')]
          : name === 'R'
            ? ['%a, %d %b %Y %H:%M:%S %z']
            : name === 'rfc-3339'
              ? [preset('rfc-3339', rfc3339Formats, value!)]
              : [],
      ),
    ]
    if (chosen.length > 1) throw new Failure('multiple output formats specified')
    const format = chosen[0] ?? '%a %b %e %H:%M:%S %Z %Y'
    const zone = args.has('u') ? 'UTC' : timeZone(process.env.TZ)
    const print = (moment: number) => process.stdout.write(`${formatTime(format, moment, zone)}\n`)
    const now = process.now()
    const setting = args.value('s') ?? other
    if (setting !== undefined) {
      const moment = args.has('s') ? parseDate(setting, now, zone) : /^\d{8}(?:\d{2}){0,2}(?:\.\d\d)?$/.test(setting) ? now : undefined
      if (moment === undefined) throw new Failure(`invalid date ${quoteWord(setting)}`)
      await report(process, 'cannot set date: Operation not permitted')
      await print(moment)
      return 1
    }
    const source = sources.at(-1)
    if (!source) {
      await print(now)
      return 0
    }
    if (source.name === 'r') {
      try {
        await print((await process.system.stat(source.value!)).mtime)
        return 0
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        await report(process, quoteNameInMessage(source.value!), error)
        return 1
      }
    }
    let status = 0
    const printParsed = async (text: string) => {
      const moment = parseDate(text, now, zone)
      if (moment === undefined) {
        await report(process, `invalid date ${quoteWord(text)}`)
        status = 1
      } else await print(moment)
    }
    if (source.name === 'd') await printParsed(source.value!)
    else {
      const failed = await eachInput(process, [source.value!], async (input) => {
        for await (const { text } of records(input, decode)) await printParsed(text)
      })
      status ||= failed
    }
    return status
  },
)
