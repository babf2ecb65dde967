/** Runs syntax trees: lists, pipelines, and what they are made of. */
import { O_CLOEXEC } from '../machine/system-calls.ts'
import { fork } from './fork.ts'
import { formatItem, formatPipeline } from './format.ts'
import type { Interpreter } from './interpreter.ts'
import { runInBackground, runInForeground } from './job-control.ts'
import { withDescriptors } from './redirection.ts'
import { runCompound } from './run-compound.ts'
import { runSimple } from './run-simple.ts'
import { actOnSignals } from './act-on-signals.ts'
import { Leave } from './shell-error.ts'
import type { CommandNode, List, ListItem, Pipeline } from './syntax.ts'
import { reportTime } from './report-time.ts'

/** Runs the list; `$?` is its status too. */
export async function runList(list: List, shell: Interpreter): Promise<number> {
  for (const item of list) {
    if (item.background) {
      shell.state.status = await startBackground(item, shell)
    } else await runItem(item, shell)
  }
  return shell.state.status
}

async function startBackground(item: ListItem, shell: Interpreter): Promise<number> {
  const job = { ...item, background: false }
  await runInBackground(shell, formatItem(job), (request) => fork(shell, [job], request))
  return 0
}

async function runItem({ first, rest }: ListItem, shell: Interpreter): Promise<void> {
  let status = await runPipeline(first, shell, rest.length > 0)
  for (const [index, { operator, pipeline }] of rest.entries()) {
    if ((status === 0) === (operator === '&&')) status = await runPipeline(pipeline, shell, index < rest.length - 1)
  }
}

/** Runs with `set -e` out of force: what the list's status is used for decides. */
export async function runCondition(list: List, shell: Interpreter): Promise<number> {
  shell.conditions++
  try {
    return await runList(list, shell)
  } finally {
    shell.conditions--
  }
}

/** Milliseconds of processor time, the children's included. */
async function usedBy({ system }: Interpreter): Promise<number> {
  const { own, children } = await system.times()
  return own + children
}

async function runPipeline(pipeline: Pipeline, shell: Interpreter, isCondition: boolean): Promise<number> {
  const { commands, negated, timed } = pipeline
  const [only] = commands
  if (shell.state.options.noexec && !shell.interactive) return shell.state.status
  // An interrupt that came since the last command must not let the next one start.
  await actOnSignals(shell)
  const started = shell.process.now()
  const used = timed ? await usedBy(shell) : 0
  if (isCondition || negated) shell.conditions++
  let status = 0
  try {
    if (only && commands.length === 1) status = await runCommand(only, shell)
    else if (only) status = await runPipe(pipeline, shell)
  } finally {
    if (isCondition || negated) shell.conditions--
  }
  for (const text of shell.deaths.splice(0)) await shell.write(2, text)
  if (timed) await shell.write(2, reportTime(shell.process.now() - started, await usedBy(shell) - used, timed, shell.variables.get('TIMEFORMAT')))
  shell.state.status = negated ? Number(status === 0) : status
  await actOnSignals(shell)
  if (status !== 0 && !negated && !isCondition && shell.conditions === 0 && countsAsFailure(pipeline)) await fail(status, shell)
  return shell.state.status
}

/** POSIX `set -e`: a compound command fails only by what is in it, which has been looked at already. */
function countsAsFailure({ commands }: Pipeline): boolean {
  return commands.length > 1 || ['simple', 'subshell', 'arithmetic', 'conditional'].includes(commands[0]?.type ?? '')
}

async function fail(status: number, shell: Interpreter): Promise<void> {
  const trap = shell.state.traps.get('ERR')
  if (trap && !shell.variables.inFunction) await actOnSignals(shell, trap)
  if (shell.state.options.errexit) throw new Leave('exit', status)
}

export async function runCommand(command: CommandNode, shell: Interpreter): Promise<number> {
  shell.source.line = command.line
  switch (command.type) {
    case 'simple': return runSimple(command, shell)
    case 'function':
      shell.state.functions.set(command.name, { ...command, source: placeOf(shell) })
      return 0
    default: return runCompound(command, shell)
  }
}

/** What messages from inside a function name: its file, and for `-c` what bash calls it. */
const placeOf = ({ isCommandString, sourcing, source }: Interpreter) => (isCommandString && !sourcing ? 'environment' : source.name)

/** Every member runs in a process of its own, all at once; the last one's status counts (or the last failure, with pipefail). */
async function runPipe(pipeline: Pipeline, shell: Interpreter): Promise<number> {
  const { system } = shell
  const statuses = await runInForeground(shell, formatPipeline(pipeline), async (request) => {
    const pids: number[] = []
    let input: number | undefined
    for (const [index, command] of pipeline.commands.entries()) {
      const isLast = index === pipeline.commands.length - 1
      const [readEnd, writeEnd] = isLast ? [undefined, undefined] : await system.pipe(O_CLOEXEC)
      const pairs: [number, number][] = []
      if (input !== undefined) pairs.push([0, input])
      if (writeEnd !== undefined) pairs.push([1, writeEnd])
      const body: List = [{ first: { negated: false, timed: '', commands: [command] }, rest: [], background: false }]
      pids.push(await withDescriptors(pairs, shell, () => fork(shell, body, request(pids[0]))))
      if (input !== undefined) await system.close(input)
      if (writeEnd !== undefined) await system.close(writeEnd)
      input = readEnd
    }
    return pids
  })
  const last = statuses.at(-1) ?? 0
  return shell.state.options.pipefail ? (statuses.findLast((status) => status !== 0) ?? 0) : last
}
