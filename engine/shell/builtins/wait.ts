import { SystemError } from '../../machine/system-error.ts'
import { WUNTRACED } from '../../machine/system-calls.ts'
import type { Interpreter } from '../interpreter.ts'
import { stateOf, statusOf, type Job } from '../jobs.ts'
import { ShellError } from '../shell-error.ts'
import { signalNumber } from '../traps.ts'
import { readOptions, type Builtin } from './builtin.ts'

export const wait: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('wait', args, 'fnp:')
  await shell.jobs.poll(shell.system)
  if (options.has('n')) return waitForNext(shell)
  if (!rest.length) {
    for (const job of [...shell.jobs.list]) if (stateOf(job) === 'running') await waitFor(job, shell)
    return 0
  }
  let status = 0
  for (const spec of rest) {
    if (!/^%|^\d+$/.test(spec)) throw new ShellError(`\`${spec}': not a pid or valid job spec`, 'command')
    status = await waitFor(findJob(spec, shell), shell)
  }
  return status
}

function findJob(spec: string, shell: Interpreter): Job {
  if (spec.startsWith('%') && !shell.jobs.has(spec)) throw new ShellError(`${spec}: no such job`, 'command', 127)
  const found = spec.startsWith('%') || shell.jobs.list.some(({ processes }) => processes.some(({ pid }) => pid === Number(spec)))
  if (!found) throw new ShellError(`pid ${spec} is not a child of this shell`, 'command', 127)
  return shell.jobs.find(spec)
}

/** A trapped signal, or an interrupt, ends the wait with 128 + n (POSIX wait). */
async function waitFor(job: Job, shell: Interpreter): Promise<number> {
  for (const process of job.processes) {
    while (!process.status) {
      try {
        const status = await shell.system.wait(process.pid, WUNTRACED)
        if (status) shell.jobs.note(status)
      } catch (error) {
        if (!(error instanceof SystemError && error.code === 'EINTR')) throw error
        if (shell.traps.waiting) throw new ShellError('', 'command', 128 + interruptedBy(shell))
      }
    }
  }
  const last = job.processes.at(-1)?.status
  if (stateOf(job) === 'done' && !shell.interactive) shell.jobs.remove(job)
  return last ? statusOf(last) : 0
}

const interruptedBy = (shell: Interpreter) => signalNumber(shell.traps.next ?? 'INT') ?? 2

async function waitForNext(shell: Interpreter): Promise<number> {
  for (;;) {
    const ended = shell.jobs.list.find((job) => stateOf(job) === 'done')
    if (ended) {
      shell.jobs.remove(ended)
      return statusOf(ended.processes.at(-1)?.status ?? { pid: 0, kind: 'exited', status: 0 })
    }
    if (!shell.jobs.list.length) return 127
    const status = await shell.system.wait(-1)
    if (status) shell.jobs.note(status)
  }
}
