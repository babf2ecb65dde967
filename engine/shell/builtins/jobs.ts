/** jobs, fg, bg, disown. */
import { signals } from '../../machine/signals.ts'
import type { Interpreter } from '../interpreter.ts'
import { waitForJob } from '../job-control.ts'
import { jobLine, stateOf, type Job } from '../jobs.ts'
import { ShellError } from '../shell-error.ts'
import { readOptions, type Builtin } from './builtin.ts'

export const jobs: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('jobs', args, 'lnprs')
  await shell.jobs.poll(shell.system)
  const list = rest.length ? rest.map((spec) => shell.jobs.find(spec)) : shell.jobs.list
  for (const job of [...list]) {
    const state = stateOf(job)
    if ((options.has('r') && state !== 'running') || (options.has('s') && state !== 'stopped')) continue
    if (options.has('n') && state === job.reported) continue
    if (options.has('p')) await shell.write(1, `${job.pgid}\n`)
    else {
      await shell.write(1, jobLine(job, shell.jobs.mark(job), shell.state.cwd, options.has('l')))
      job.reported = state
    }
  }
  for (const job of [...list]) if (job.reported === 'done') shell.jobs.remove(job)
  return 0
}

function requireJobControl({ state }: Interpreter) {
  if (!state.options.monitor) throw new ShellError('no job control', 'command')
}

async function resume(job: Job, shell: Interpreter) {
  for (const process of job.processes) if (process.status?.kind === 'stopped') process.status = undefined
  await shell.system.kill(-job.pgid, signals.SIGCONT)
}

export const fg: Builtin = async (args, shell) => {
  requireJobControl(shell)
  await shell.jobs.poll(shell.system)
  const { rest } = readOptions('fg', args, '')
  const job = shell.jobs.find(rest[0])
  if (stateOf(job) === 'done') throw new ShellError('job has terminated', 'command')
  await shell.write(1, `${job.command}\n`)
  if (shell.terminal) {
    await shell.terminal.setForeground(job.pgid)
    if (job.termios) await shell.terminal.setTermios(job.termios)
  }
  shell.jobs.touch(job)
  await resume(job, shell)
  return (await waitForJob(job, shell)).at(-1) ?? 0
}

export const bg: Builtin = async (args, shell) => {
  requireJobControl(shell)
  await shell.jobs.poll(shell.system)
  const { rest } = readOptions('bg', args, '')
  for (const spec of rest.length ? rest : [undefined]) {
    const job = shell.jobs.find(spec)
    if (stateOf(job) === 'running') throw new ShellError(`job ${job.number} already in background`, 'command', 0)
    const mark = shell.jobs.mark(job)
    await resume(job, shell)
    job.reported = 'running'
    await shell.write(1, `[${job.number}]${mark} ${job.command} &\n`)
  }
  return 0
}

export const disown: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('disown', args, 'ahr')
  await shell.jobs.poll(shell.system)
  const all = options.has('a') || (options.has('r') && !rest.length)
  const chosen = all
    ? shell.jobs.list.filter((job) => !options.has('r') || stateOf(job) === 'running')
    : (rest.length ? rest : [undefined]).map((spec) => shell.jobs.find(spec))
  for (const job of [...chosen]) {
    if (options.has('h')) job.keepsOnHangup = true
    else shell.jobs.remove(job)
  }
  return 0
}
