import type { ProcessInfo } from '../machine/system-calls.ts'
import { dayNames, localTime, monthNames } from '../shell/format-time.ts'

/** What a column may ask about. */
export interface PsContext {
  now: number
  zone: string
  user(uid: number): string
  /** The foreground group of each terminal is not known to a process; sessions' leaders and groups are. */
  indent(pid: number): string
}
export interface PsColumn {
  header: string
  width: number
  right?: true
  value(process: ProcessInfo, context: PsContext): string
}

const two = (n: number) => String(n).padStart(2, '0')
const shortTty = (tty: string | undefined) => tty?.replace(/^\/dev\//, '') ?? '?'
const commandName = (process: ProcessInfo) => (process.argv[0] ?? '').replace(/^.*\//, '').slice(0, 15)
const ended = (process: ProcessInfo) => (process.state === 'Z' ? ' <defunct>' : '')

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** Time since the start: [[dd-]hh:]mm:ss. */
function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const [days, hours] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24]
  const before = (days ? `${days}-` : '') + (days || hours ? `${two(hours)}:` : '')
  return `${before}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** When it started: the time today, the day within a year, or the year. */
function started(process: ProcessInfo, { now, zone }: PsContext): string {
  const [start, today] = [localTime(process.startedAt, zone), localTime(now, zone)]
  if (start.year !== today.year) return String(start.year)
  if (start.yearDay !== today.yearDay) return `${monthNames[start.month]!.slice(0, 3)}${two(start.day)}`
  return `${two(start.hour)}:${two(start.minute)}`
}

function fullStart(process: ProcessInfo, { zone }: PsContext): string {
  const at = localTime(process.startedAt, zone)
  const day = `${dayNames[at.weekday]!.slice(0, 3)} ${monthNames[at.month]!.slice(0, 3)} ${String(at.day).padStart(2)}`
  return `${day} ${two(at.hour)}:${two(at.minute)}:${two(at.second)} ${at.year}`
}

function percentCpu(process: ProcessInfo, { now }: PsContext): string {
  return (Math.min(0.999, process.cpu / Math.max(1, now - process.startedAt)) * 100).toFixed(1)
}

const number = (header: string, width: number, value: PsColumn['value']): PsColumn => ({ header, width, right: true, value })
const text = (header: string, width: number, value: PsColumn['value']): PsColumn => ({ header, width, value })
const user = text('USER', 8, (process, { user: nameOf }) => nameOf(process.uid))
const args = text('COMMAND', 27, (process, { indent }) => indent(process.pid) + (process.argv.join(' ') || '[?]') + ended(process))
const comm = text('COMMAND', 15, (process, { indent }) => indent(process.pid) + commandName(process) + ended(process))
const stat = text('STAT', 4, (process) => process.state + (process.sid === process.pid ? 's' : ''))
const memory = (header: string, width: number): PsColumn => number(header, width, () => '0')

/** Columns by the names of `ps -o`, with procps' widths. Memory is not accounted for a process here and shows as 0. */
export const psColumns: Readonly<Record<string, PsColumn>> = {
  pid: number('PID', 7, (process) => String(process.pid)),
  ppid: number('PPID', 7, (process) => String(process.ppid)),
  pgid: number('PGID', 7, (process) => String(process.pgid)),
  pgrp: number('PGRP', 7, (process) => String(process.pgid)),
  sid: number('SID', 7, (process) => String(process.sid)),
  sess: number('SESS', 7, (process) => String(process.sid)),
  uid: number('UID', 5, (process) => String(process.uid)),
  user,
  euser: { ...user, header: 'EUSER' },
  ruser: { ...user, header: 'RUSER' },
  tty: text('TT', 8, (process) => shortTty(process.tty)),
  tt: text('TT', 8, (process) => shortTty(process.tty)),
  tname: text('TTY', 8, (process) => shortTty(process.tty)),
  time: number('TIME', 8, (process) => clock(process.cpu)),
  cputime: number('TIME', 8, (process) => clock(process.cpu)),
  bsdtime: number('TIME', 6, (process) => `${Math.floor(process.cpu / 60_000)}:${two(Math.floor(process.cpu / 1000) % 60)}`),
  etime: number('ELAPSED', 11, (process, { now }) => elapsed(now - process.startedAt)),
  etimes: number('ELAPSED', 7, (process, { now }) => String(Math.max(0, Math.floor((now - process.startedAt) / 1000)))),
  start: number('STARTED', 8, started),
  start_time: text('START', 5, started),
  stime: text('STIME', 5, started),
  bsdstart: number('START', 6, started),
  lstart: number('STARTED', 24, fullStart),
  stat,
  state: text('S', 1, (process) => process.state),
  s: text('S', 1, (process) => process.state),
  pcpu: number('%CPU', 4, percentCpu),
  '%cpu': number('%CPU', 4, percentCpu),
  c: number('C', 2, (process, context) => String(Math.floor(Number(percentCpu(process, context))))),
  pmem: number('%MEM', 4, () => '0.0'),
  '%mem': number('%MEM', 4, () => '0.0'),
  vsz: memory('VSZ', 6),
  rss: memory('RSS', 5),
  nice: number('NI', 3, () => '0'),
  ni: number('NI', 3, () => '0'),
  args,
  cmd: { ...args, header: 'CMD' },
  command: args,
  comm,
  ucmd: { ...comm, header: 'CMD' },
  ucomm: comm,
}

/** Rows as lines: each column at least as wide as procps makes it, the last one as long as it is. */
export function psTable(columns: readonly PsColumn[], processes: readonly ProcessInfo[], context: PsContext): string[] {
  const rows = processes.map((process) => columns.map((column) => column.value(process, context)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        const { right, width } = columns[at]!
        return right ? cell.padStart(width) : at === columns.length - 1 ? cell : cell.padEnd(width)
      })
      .join(' ')
      .trimEnd()
  const header = columns.some((column) => column.header) ? [line(columns.map((column) => column.header))] : []
  return [...header, ...rows.map(line)]
}
