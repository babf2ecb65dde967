/** Starts jobs and waits for them (POSIX XCU 2.11). */
import { O_RDONLY, WUNTRACED, type SpawnRequest, type WaitStatus } from '../machine/system-calls.ts'
import { signals, signalText } from '../machine/signals.ts'
import type { Interpreter } from './interpreter.ts'
import { jobLine, statusOf, type Job } from './jobs.ts'
import { retry } from './read-text.ts'
import { withDescriptors } from './redirection.ts'

/** What every process of a job is spawned with. `leader` is the first process's pid once there is one. */
export type JobRequest = (leader: number | undefined) => Partial<SpawnRequest>

/** Runs a job and waits until it ended or stopped; a stopped one is in the table then. Returns its processes' statuses. */
export async function runInForeground(
  shell: Interpreter, command: string, start: (request: JobRequest) => Promise<number[]>,
): Promise<number[]> {
  const { terminal } = shell
  const control = shell.state.options.monitor && terminal
  const pids = await start((leader) => (control ? { pgid: leader ?? 0, foreground: terminal.fd } : {}))
  const job = shell.jobs.add({ pgid: pids[0] ?? 0, pids, command, cwd: shell.state.cwd })
  // A Ctrl-C that was typed while the job was being started reached the shell instead.
  if (control && shell.traps.interrupted) await shell.system.kill(-job.pgid, signals.SIGINT)
  return waitForJob(job, shell)
}

/** Waits for a job that has the terminal, takes the terminal back, and says what has to be said. */
export async function waitForJob(job: Job, shell: Interpreter): Promise<number[]> {
  const { system, jobs, traps, terminal } = shell
  job.reported = 'running'
  for (const process of job.processes) {
    while (!process.status) {
      const status = await retry(() => system.wait(process.pid, shell.state.options.monitor ? WUNTRACED : 0))
      if (status) jobs.note(status)
    }
    if (process.status.kind === 'stopped') break
  }
  const ends = job.processes.map(({ status }) => status)
  const stopped = ends.find((status) => status?.kind === 'stopped')
  const last = ends.findLast((status) => status !== undefined)
  if (shell.state.options.monitor && terminal) await reclaimTerminal(job, shell, stopped ?? last)
  if (stopped) {
    for (const process of job.processes) process.status ??= stopped
    job.reported = 'stopped'
    jobs.touch(job)
    await shell.write(2, `\n${jobLine(job, jobs.mark(job), shell.state.cwd)}`)
    return [statusOf(stopped)]
  }
  jobs.remove(job)
  traps.noteChild(last)
  noteDeath(job, shell, last)
  return ends.map((status) => (status ? statusOf(status) : 0))
}

/** A process that ended well may leave the terminal as it set it; after one that a signal ended or stopped, the old mode comes back. */
async function reclaimTerminal(job: Job, { system, terminal }: Interpreter, status: WaitStatus | undefined) {
  if (!terminal) return
  const found = await system.tcgetattr(terminal.fd)
  await terminal.setForeground(terminal.pgid)
  if (status?.kind === 'exited') terminal.termios = found
  else {
    if (status?.kind === 'stopped') job.termios = found
    await terminal.setTermios(terminal.termios)
  }
}

function noteDeath(job: Job, shell: Interpreter, last: WaitStatus | undefined) {
  if (last?.kind !== 'signaled' || last.signal === signals.SIGPIPE) return
  const { signal } = last
  if (signal === signals.SIGINT) {
    shell.traps.interrupted = shell.interactive || shell.traps.interrupted
    return
  }
  const text = signalText[signal] ?? `Unknown signal ${signal}`
  const { name, line } = shell.source
  shell.deaths.push(shell.interactive || signal === signals.SIGTERM
    ? `${text}\n`
    : `${name}: line ${line}: ${String(last.pid).padStart(5)} ${text.padEnd(23)} ${job.command}\n`)
}

/** Starts a job that is not waited for. Without job control its input is empty and it does not hear the keyboard (POSIX XCU 2.9.3.1). */
export async function runInBackground(
  shell: Interpreter, command: string, start: (request: Partial<SpawnRequest>) => Promise<number>,
): Promise<void> {
  let pid: number
  if (shell.state.options.monitor) pid = await start({ pgid: 0 })
  else {
    const ignore = [signals.SIGINT, signals.SIGQUIT]
    const empty = await shell.system.open('/dev/null', O_RDONLY)
    try {
      pid = await withDescriptors([[0, empty]], shell, () => start({ ignore }))
    } finally {
      await shell.system.close(empty)
    }
  }
  shell.state.lastBackground = pid
  const job = shell.jobs.add({ pgid: pid, pids: [pid], command, cwd: shell.state.cwd })
  if (shell.interactive) await shell.write(2, `[${job.number}] ${pid}\n`)
}
