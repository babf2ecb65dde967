import type { Command, Process } from '../machine/process.ts'
import type { ProcessInfo } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { timeZone } from '../shell/format-time.ts'
import { readAccounts } from './accounts.ts'
import { Failure } from './failure.ts'
import { plainCommand } from './plain-command.ts'
import { psColumns, psTable, type PsColumn } from './ps-columns.ts'

const usage =
  "\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n" +
  " for additional help text.\n\nFor more details see ps(1).\n"

const layouts = {
  simple: ['pid', 'tname', 'time', 'ucmd'],
  full: ['user=UID', 'pid', 'ppid', 'c', 'stime', 'tname', 'time', 'cmd'],
  user: ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tname', 'stat', 'start_time', 'bsdtime', 'command'],
  bsd: ['pid', 'tname', 'stat', 'bsdtime', 'command'],
  jobs: ['pid', 'pgid', 'sid', 'tname', 'time', 'ucmd'],
} as const

interface Request {
  columns: string[]
  layout: keyof typeof layouts
  select: ((process: ProcessInfo, own: ProcessInfo | undefined) => boolean)[]
  forest: boolean
  headers: boolean
  sort: string[]
}

/** procps' ps, over the kernel's process table. Options come in three dialects (UNIX, BSD, GNU long), so it reads them itself. */
export const ps: Command = plainCommand(
  {
    name: 'ps',
    usage: '[options]',
    summary: 'Report the processes of this machine.',
    details: [
      'Which:   default: yours on this terminal; -e or -A: all; a: on terminals; x: also without',
      '         terminal; -p LIST: by pid; -u LIST: by user; -t LIST: by terminal; -C NAME: by name',
      'How:     -f full, -j jobs, u with user and times, -o LIST (pid,ppid,stat,tty,etime,comm,args,...),',
      '         --forest or f as a tree, --sort=[-]COLUMN, --no-headers',
    ].join('\n'),
  },
  async (args, process) => {
    const table = await process.system.processes()
    const accounts = await readAccounts(process.system)
    let request: Request
    try {
      request = parse(args, (name) => accounts.uid(name))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      await process.stderr.write(`error: ${error.message}\n${usage}`)
      return 1
    }
    const own = table.find((one) => one.pid === process.pid)
    let shown = table.filter((one) =>
      request.select.length ? request.select.some((test) => test(one, own)) : one.tty === own?.tty && one.uid === own?.uid,
    )
    shown.sort((a, b) => a.pid - b.pid)
    for (const key of [...request.sort].reverse()) shown = sorted(shown, key, await context(process, accounts.user))
    const depth = new Map<number, number>()
    if (request.forest) shown = asForest(shown, depth)
    const columns = request.columns.map(columnOf)
    const lines = psTable(request.headers ? columns : columns.map((column) => ({ ...column, header: '' })), shown, {
      ...(await context(process, accounts.user)),
      indent: (pid) => (depth.get(pid) ? `${'    '.repeat(depth.get(pid)! - 1)} \\_ ` : ''),
    })
    const width = await lineWidth(process)
    for (const line of lines) await process.stdout.write(`${line.slice(0, width)}\n`)
    return shown.length ? 0 : 1
  },
)

const context = async (process: Process, user: (uid: number) => string | undefined) => ({
  now: process.now(),
  zone: timeZone(process.env.TZ),
  user: (uid: number) => user(uid) ?? String(uid),
  indent: () => '',
})

/** A terminal's lines are cut at its width. */
async function lineWidth(process: Process): Promise<number> {
  try {
    return (await process.system.getWindowSize(process.stdout.fd)).columns || Infinity
  } catch (error) {
    if (error instanceof SystemError) return Infinity
    throw error
  }
}

function columnOf(spec: string): PsColumn {
  const equals = spec.indexOf('=')
  const name = equals === -1 ? spec : spec.slice(0, equals)
  const column = Object.hasOwn(psColumns, name) ? psColumns[name] : undefined
  if (!column) throw new Failure(`unknown user-defined format specifier "${name}"`)
  if (equals === -1) return column
  const header = spec.slice(equals + 1)
  return { ...column, header, width: Math.max(column.width, header.length) }
}

function parse(args: readonly string[], uid: (name: string) => number | undefined): Request {
  const request: Request = { columns: [], layout: 'simple', select: [], forest: false, headers: true, sort: [] }
  const bsd = new Set<string>()
  const rest = [...args]
  const list = (text: string | undefined, complaint: string) => {
    if (!text) throw new Failure(complaint)
    return text.split(/[,\s]+/).filter(Boolean)
  }
  const byPid = (text: string | undefined) => {
    const pids = list(text, 'list of process IDs must follow -p').map((one) => (/^\d+$/.test(one) ? Number(one) : undefined))
    if (pids.includes(undefined)) throw new Failure('process ID list syntax error')
    request.select.push((process) => pids.includes(process.pid))
  }
  const byUser = (text: string | undefined) => {
    const ids = list(text, 'list of users must follow -u').map((name) => {
      const id = uid(name)
      if (id === undefined) throw new Failure('user name does not exist')
      return id
    })
    request.select.push((process) => ids.includes(process.uid))
  }
  const output = (text: string | undefined) => {
    if (!text) throw new Failure('format specification must follow -o')
    const names = text.split(text.includes('=') ? ',' : /[,\s]+/).filter(Boolean)
    names.forEach(columnOf)
    request.columns.push(...names)
  }
  const everything = () => request.select.push(() => true)
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg.startsWith('--')) {
      const [name, attached] = arg.slice(2).split(/=(.*)/s) as [string, string | undefined]
      if (name === 'forest') request.forest = true
      else if (name === 'no-headers' || name === 'no-heading') request.headers = false
      else if (name === 'headers') request.headers = true
      else if (name === 'sort') request.sort.push(...list(attached ?? rest.shift(), 'must set sort key'))
      else if (name === 'pid') byPid(attached ?? rest.shift())
      else if (name === 'user') byUser(attached ?? rest.shift())
      else if (name === 'format') output(attached ?? rest.shift())
      else throw new Failure('unknown gnu long option')
      continue
    }
    if (/^\d+$/.test(arg)) {
      byPid(arg)
      continue
    }
    const unix = arg.startsWith('-')
    const letters = unix ? arg.slice(1) : arg
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at]!
      const value = () => {
        const attached = letters.slice(at + 1)
        at = letters.length
        return attached || rest.shift()
      }
      if (letter === 'o' || (unix && letter === 'O')) output(value())
      else if (letter === 'p') byPid(value())
      else if (unix && (letter === 'e' || letter === 'A')) everything()
      else if (unix && letter === 'a') request.select.push((process) => process.tty !== undefined && process.sid !== process.pid)
      else if (unix && letter === 'f') request.layout = 'full'
      else if (letter === 'j') request.layout = 'jobs'
      else if (unix && (letter === 'u' || letter === 'U')) byUser(value())
      else if (unix && letter === 'C') {
        const names = list(value(), 'list of command names must follow -C')
        request.select.push((process) => names.includes((process.argv[0] ?? '').replace(/^.*\//, '')))
      } else if (letter === 't') {
        const terminals = list(value(), 'list of terminals (pty, tty...) must follow -t').map((name) => name.replace(/^\/dev\//, ''))
        request.select.push((process) => terminals.includes(process.tty?.replace(/^\/dev\//, '') ?? '?'))
      } else if (unix && letter === 'H') request.forest = true
      else if (!unix && letter === 'f') request.forest = true
      else if (!unix && letter === 'h') request.headers = false
      else if (!unix && 'aux'.includes(letter)) bsd.add(letter)
      else if (letter !== 'w') throw new Failure(`unsupported ${unix ? 'SysV option' : 'option (BSD syntax)'}`)
    }
  }
  if (bsd.has('u')) request.layout = 'user'
  else if (bsd.size) request.layout = 'bsd'
  if (bsd.has('a') && bsd.has('x')) everything()
  else if (bsd.has('a')) request.select.push((process) => process.tty !== undefined)
  else if (bsd.has('x')) request.select.push((process, own) => process.uid === own?.uid)
  else if (bsd.has('u') && request.select.length === 0)
    request.select.push((process, own) => process.tty !== undefined && process.uid === own?.uid)
  if (request.columns.length === 0) request.columns = [...layouts[request.layout]]
  for (const key of request.sort) {
    if (!Object.hasOwn(psColumns, key.replace(/^[+-]/, ''))) throw new Failure('unknown sort specifier')
  }
  return request
}

function sorted(processes: ProcessInfo[], key: string, about: Parameters<PsColumn['value']>[1]): ProcessInfo[] {
  const column = psColumns[key.replace(/^[+-]/, '')]!
  const direction = key.startsWith('-') ? -1 : 1
  return [...processes].sort((a, b) => {
    const [left, right] = [column.value(a, about), column.value(b, about)]
    return direction * (column.right ? Number(left) - Number(right) : left < right ? -1 : left > right ? 1 : 0)
  })
}

/** Children after their parents; `depth` gets each one's. */
function asForest(processes: ProcessInfo[], depth: Map<number, number>): ProcessInfo[] {
  const pids = new Set(processes.map((one) => one.pid))
  const below = (parent: ProcessInfo | undefined, level: number): ProcessInfo[] =>
    processes
      .filter((one) => (parent ? one.ppid === parent.pid && one.pid !== parent.pid : !pids.has(one.ppid) || one.ppid === one.pid))
      .flatMap((one) => {
        depth.set(one.pid, level)
        return [one, ...below(one, level + 1)]
      })
  return below(undefined, 0)
}
