/** The job table (POSIX XCU 2.11, and what bash prints about jobs). */
import { signalText } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import { WCONTINUED, WNOHANG, WUNTRACED, type SystemCalls, type Termios, type WaitStatus } from '../machine/system-calls.ts'
import { ShellError } from './shell-error.ts'

export interface Job {
  readonly number: number
  /** The process group of a job under job control, else the pid of its last process. */
  readonly pgid: number
  readonly processes: { readonly pid: number; status: WaitStatus | undefined }[]
  readonly command: string
  /** Directory in which it was started; said where the shell has moved on. */
  readonly cwd: string
  /** Terminal attributes at the time it stopped. */
  termios: Termios | undefined
  /** What the user has been told of last. */
  reported: JobState
  /** `disown -h` */
  keepsOnHangup: boolean
}

export type JobState = 'running' | 'stopped' | 'done'

export interface Jobs {
  readonly list: readonly Job[]
  add(init: { pgid: number; pids: number[]; command: string; cwd: string }): Job
  remove(job: Job): void
  /** Makes it `%+`. */
  touch(job: Job): void
  /** `%1 %+ %- %% %name %?text`, or a pid. Throws ShellError `x: no such job`. */
  find(spec: string | undefined): Job
  has(spec: string): boolean
  /** `+`, `-` or a blank. */
  mark(job: Job): string
  /** Takes in what `wait` said; false where it is about no job. */
  note(status: WaitStatus): boolean
  /** Asks the kernel about all children without waiting. */
  poll(system: SystemCalls): Promise<void>
}

export function createJobs(): Jobs {
  let list: Job[] = []
  /** Numbers by how recently they were current. */
  let recent: number[] = []

  const current = (back: 0 | 1): Job | undefined => {
    // Stopped jobs come before running ones (POSIX "current job").
    const order = [...recent].reverse().flatMap((number) => list.find((job) => job.number === number) ?? [])
    const sorted = [...order.filter((job) => stateOf(job) === 'stopped'), ...order.filter((job) => stateOf(job) !== 'stopped')]
    return sorted[back]
  }

  const jobs: Jobs = {
    get list() {
      return list
    },
    add({ pgid, pids, command, cwd }) {
      const number = Math.max(0, ...list.map((job) => job.number)) + 1
      const processes = pids.map((pid) => ({ pid, status: undefined }))
      const job: Job = { number, pgid, processes, command, cwd, termios: undefined, reported: 'running', keepsOnHangup: false }
      list = [...list, job]
      recent.push(number)
      return job
    },
    remove(job) {
      list = list.filter((other) => other !== job)
      recent = recent.filter((number) => number !== job.number)
    },
    touch(job) {
      recent = [...recent.filter((number) => number !== job.number), job.number]
    },
    find(spec) {
      const fail = (what = 'no such job') => new ShellError(`${spec ?? 'current'}: ${what}`, 'command')
      const text = spec?.replace(/^%/, '') ?? ''
      if (spec === undefined || text === '' || text === '+' || text === '%') return current(0) ?? raise(fail())
      if (text === '-') return current(1) ?? current(0) ?? raise(fail())
      if (/^\d+$/.test(text)) {
        const isPid = !spec.startsWith('%')
        const number = Number(text)
        const found = list.find((job) => (isPid ? job.processes.some(({ pid }) => pid === number) : job.number === number))
        return found ?? raise(fail())
      }
      const found = list.filter(({ command }) => (text.startsWith('?') ? command.includes(text.slice(1)) : command.startsWith(text)))
      if (found.length > 1) throw new ShellError(`${text.replace(/^\?/, '')}: ambiguous job spec`, 'command')
      return found[0] ?? raise(fail())
    },
    has(spec) {
      try {
        jobs.find(spec)
        return true
      } catch (error) {
        if (error instanceof ShellError) return false
        throw error
      }
    },
    mark: (job) => (job === current(0) ? '+' : job === current(1) ? '-' : ' '),
    note(status) {
      const job = list.find(({ processes }) => processes.some(({ pid }) => pid === status.pid))
      const process = job?.processes.find(({ pid }) => pid === status.pid)
      if (!job || !process) return false
      process.status = status.kind === 'continued' ? undefined : status
      if (status.kind === 'stopped') jobs.touch(job)
      return true
    },
    async poll(system) {
      for (;;) {
        let status
        try {
          status = await system.wait(-1, WNOHANG | WUNTRACED | WCONTINUED)
        } catch (error) {
          if (error instanceof SystemError && error.code === 'ECHILD') return
          throw error
        }
        if (!status) return
        jobs.note(status)
      }
    },
  }
  return jobs
}

function raise(error: Error): never {
  throw error
}

export function stateOf({ processes }: Job): JobState {
  if (processes.every(({ status }) => status && status.kind !== 'stopped')) return 'done'
  return processes.some(({ status }) => status?.kind === 'stopped') && processes.every(({ status }) => status) ? 'stopped' : 'running'
}

/** `$?` for a child's end: 128 + n for a signal. */
export function statusOf(status: WaitStatus): number {
  return status.kind === 'exited' ? status.status : status.kind === 'continued' ? 0 : 128 + status.signal
}

/** `Running`, `Done`, `Exit 3`, `Stopped`, `Terminated`: by the job's last process. */
export function stateText(job: Job): string {
  const state = stateOf(job)
  if (state === 'running') return 'Running'
  const statuses = job.processes.flatMap(({ status }) => status ?? [])
  const status = state === 'stopped' ? statuses.find(({ kind }) => kind === 'stopped') : statuses.at(-1)
  if (!status || status.kind === 'continued') return 'Running'
  if (status.kind === 'exited') return status.status === 0 ? 'Done' : `Exit ${status.status}`
  return signalText[status.signal] ?? `Unknown signal ${status.signal}`
}

/** A line of `jobs`: `[1]+  Running                 sleep 10 &`. `pid` adds the process id (`jobs -l`). */
export function jobLine(job: Job, mark: string, cwd: string, pid = false): string {
  const running = stateOf(job) === 'running'
  const head = `[${job.number}]${mark} ${pid ? `${String(job.processes[0]?.pid ?? job.pgid).padStart(5)} ` : ' '}`
  const where = job.cwd === cwd ? '' : `  (wd: ${job.cwd})`
  return `${head}${stateText(job).padEnd(23)} ${job.command}${running ? ' &' : ''}${where}\n`
}
