import type { Process } from '../machine/process.ts'
import { O_CREAT, O_WRONLY, type SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { timeZone } from '../shell/format-time.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { lookUp } from './look-up.ts'
import { parseDate } from './parse-date.ts'
import { quoteName, quoteWord } from './quote-name.ts'
import { reportAction } from './report.ts'

export const touch = command(
  {
    name: 'touch',
    usage: '[OPTION]... FILE...',
    summary:
      'Set the access and modification times of each FILE to now.\nA FILE that does not exist is created empty, unless -c or -h is given.',
    options: {
      '-a': 'change only the access time',
      '-c, --no-create': 'do not create files',
      '-d, --date=STRING': 'parse STRING and use it for now',
      '-f': '(ignored)',
      '-h, --no-dereference': 'change a symlink, not the file it points to',
      '-m': 'change only the modification time',
      '-r, --reference=FILE': "use this file's times",
      '-t STAMP': 'use [[CC]YY]MMDDhhmm[.ss] for now',
    },
  },
  async (args, process) => {
    if (!args.operands.length) throw new Failure('missing file operand', { usage: true })
    const { system } = process
    const times = await timesToSet(process, { date: args.value('d'), stamp: args.value('t'), reference: args.value('r') })
    const atime = args.has('m') && !args.has('a') ? undefined : times.atime
    const mtime = args.has('a') && !args.has('m') ? undefined : times.mtime
    let status = 0
    for (const name of args.operands) {
      try {
        if (!args.has('c') && !args.has('h')) await create(process, name)
        await system.utimes(name, atime, mtime, !args.has('h'))
      } catch (error) {
        if (error instanceof SystemError && error.code === 'ENOENT' && args.has('c')) continue
        await reportAction(process, 'cannot touch', name, error)
        status = 1
      }
    }
    return status
  },
)

async function create({ system }: Process, name: string): Promise<void> {
  try {
    await system.close(await system.open(name, O_WRONLY | O_CREAT, 0o666))
  } catch (error) {
    // A directory, or a file of the user's own that is not writable: its times can be set all the same.
    if (!(error instanceof SystemError) || !['EISDIR', 'EACCES'].includes(error.code)) throw error
    if (error.code === 'EACCES' && !(await exists(system, name))) throw error
  }
}

async function exists(system: SystemCalls, name: string): Promise<boolean> {
  try {
    return (await lookUp(system, name)) !== undefined
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

interface Times {
  /** Milliseconds since the epoch; null means now. */
  atime: number | null
  mtime: number | null
}

async function timesToSet(process: Process, asked: { date?: string; stamp?: string; reference?: string }): Promise<Times> {
  const zone = timeZone(process.env.TZ)
  if (asked.stamp !== undefined) {
    const time = parseStamp(asked.stamp, process.now())
    if (time === undefined) throw new Failure(`invalid date format ${quoteWord(asked.stamp)}`)
    return { atime: time, mtime: time }
  }
  const base = asked.reference === undefined ? undefined : await timesOf(process, asked.reference)
  if (asked.date === undefined) return base ?? { atime: null, mtime: null }
  const parse = (now: number) => {
    const time = parseDate(asked.date ?? '', now, zone)
    if (time === undefined) throw new Failure(`invalid date format ${quoteWord(asked.date ?? '')}`)
    return time
  }
  const now = process.now()
  return { atime: parse(base?.atime ?? now), mtime: parse(base?.mtime ?? now) }
}

async function timesOf(process: Process, name: string): Promise<Times> {
  try {
    return await process.system.stat(name)
  } catch (error) {
    if (error instanceof SystemError) throw new Failure(`failed to get attributes of ${quoteName(name)}: ${error.message}`)
    throw error
  }
}

/** POSIX touch -t: `[[CC]YY]MMDDhhmm[.ss]`, in UTC. */
function parseStamp(text: string, now: number): number | undefined {
  const match = /^(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text)
  if (!match) return undefined
  const [century, year, month, day, hour, minute, second] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
  // With one pair only before the month, the pattern's first group took it: it is the year of the century.
  const shortYear = year ?? century
  const fullYear =
    shortYear === undefined
      ? new Date(now).getUTCFullYear()
      : (year === undefined || century === undefined ? (shortYear < 69 ? 20 : 19) : century) * 100 + shortYear
  const time = Date.UTC(fullYear, (month ?? 0) - 1, day, hour, minute, second ?? 0)
  const back = new Date(time)
  const valid =
    back.getUTCMonth() + 1 === month && back.getUTCDate() === day && back.getUTCHours() === hour && back.getUTCMinutes() === minute
  return valid && (second ?? 0) <= 60 ? time : undefined
}
