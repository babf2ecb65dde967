/** The interactive shell: prompt, line, history, command, and what happened to jobs meanwhile. */
import { signals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import { actOnSignals } from './act-on-signals.ts'
import { createCharacterSource } from './character-source.ts'
import { expandHistory } from './history-expansion.ts'
import type { Interpreter } from './interpreter.ts'
import { jobLine, stateOf } from './jobs.ts'
import { createEditorMemory } from './line-editor/line-editor.ts'
import { expandPrompt } from './prompt.ts'
import { readLine, type LineResult } from './read-line.ts'
import { readText } from './read-text.ts'
import { collectCommands } from './run-input.ts'
import { runLine, runText } from './run-text.ts'
import { Leave } from './shell-error.ts'
import type { ShellState } from './shell-state.ts'

/** Thrown by a line's source when the person gave the command up with Ctrl-C. */
class Abandoned extends Error {}

/** What an interactive shell reads as it starts: as Debian's bash the system's file, then the person's. */
export async function readStartupFiles(shell: Interpreter): Promise<void> {
  for (const path of ['/etc/bash.bashrc', `${shell.variables.get('HOME')}/.bashrc`]) {
    const rc = await readText(path, shell.system)
    if (rc !== undefined) await guarded(shell, () => runText(rc, shell))
  }
}

export async function runInteractively(shell: Interpreter, onPrompt?: (state: ShellState) => void): Promise<number> {
  const { state, variables } = shell
  const killRing = createEditorMemory([]).killRing
  const marks = shell.terminal !== undefined && variables.get('TERM') !== 'dumb'
  const mark = (text: string) => (marks && shell.terminal ? shell.write(shell.terminal.fd, `\x1b]133;${text}\x07`) : undefined)
  const location = () => (marks ? `\x1b]7;file://${variables.get('HOSTNAME') ?? ''}${encodeURI(state.cwd)}\x07` : '')
  /** Lines of the command that is being typed. */
  let typed: string[] = []

  async function ask(continues: boolean): Promise<LineResult> {
    const text = await expandPrompt(variables.get(continues ? 'PS2' : 'PS1') ?? '', shell)
    if (shell.terminal && marks) {
      const prompt = { text, before: continues ? '' : `${location()}\x1b]133;A\x07`, after: '\x1b]133;B\x07' }
      return readLine(prompt, { history: state.history, killRing }, shell.terminal, shell)
    }
    await shell.write(2, text)
    return readPlainLine(shell)
  }

  async function next(continues: boolean): Promise<string | undefined> {
    for (;;) {
      const result = await ask(continues)
      if (result.type === 'end-of-file') return undefined
      if (result.type === 'interrupt') throw new Abandoned()
      const expanded = state.options.histexpand ? expandHistory(result.line, state.history) : undefined
      if (expanded && 'error' in expanded) {
        await shell.complain(expanded.error)
        state.status = 1
        continue
      }
      if (expanded) await shell.write(2, `${expanded.line}\n`)
      typed.push(expanded?.line ?? result.line)
      return `${typed.at(-1)}\n`
    }
  }

  for (;;) {
    await reportJobs(shell)
    const command = variables.get('PROMPT_COMMAND')
    if (command) await guarded(shell, () => runText(command, shell))
    onPrompt?.(structuredClone(state))
    typed = []
    try {
      const { lists, text, ended } = await collectCommands({ next }, shell, 1)
      remember(typed, shell)
      const runs = text.trim() !== ''
      if (runs) await mark('C')
      const warned = shell.exitWarned
      for (const list of lists ?? []) await guarded(shell, () => runLine(list, shell))
      if (shell.exitWarned && warned) shell.exitWarned = false
      if (runs) await mark(`D;${state.status}`)
      if (ended && (await leaves(shell))) return state.status
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error
      state.status = 128 + signals.SIGINT
    }
  }
}

/** An interrupt or an error in an expansion ends the line only; `exit` ends the shell. */
async function guarded(shell: Interpreter, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
    await actOnSignals(shell)
  } catch (error) {
    if (!(error instanceof Leave) || error.kind === 'exit') throw error
    shell.state.status = error.status
  } finally {
    for (const text of shell.deaths.splice(0)) await shell.write(2, text)
    shell.loops = 0
    shell.conditions = 0
  }
}

/** Ctrl-D: `exit`, unless jobs are stopped and it has not been said yet. */
async function leaves(shell: Interpreter): Promise<boolean> {
  if (shell.terminal) await shell.write(2, shell.isLogin ? 'logout\n' : 'exit\n')
  if (!shell.exitWarned && shell.jobs.list.some((job) => stateOf(job) === 'stopped')) {
    shell.exitWarned = true
    await shell.write(2, 'There are stopped jobs.\n')
    return false
  }
  await hangUpStopped(shell)
  return true
}

/** Before each prompt: jobs that ended or stopped since. */
async function reportJobs(shell: Interpreter): Promise<void> {
  const { jobs, state } = shell
  await jobs.poll(shell.system)
  for (const job of [...jobs.list]) {
    const now = stateOf(job)
    if (now !== job.reported && now !== 'running') await shell.write(2, jobLine(job, jobs.mark(job), state.cwd))
    job.reported = now
    if (now === 'done') jobs.remove(job)
  }
}

/** A line behind which no semicolon may stand. */
const opensList = /(?:\b(?:do|then|else|in)|[{(|&;])\s*$/

/** True where a quote is still open at the text's end. */
function endsInQuotes(text: string): boolean {
  return /['"]/.test(text.replace(/\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"/g, ''))
}

/** bash's cmdhist: the lines of one command make one entry. Inside quotes and here-documents the newlines count. */
function remember(lines: string[], { state, variables }: Interpreter): void {
  const control = variables.get('HISTCONTROL') ?? ''
  if (!lines.some((line) => line.trim())) return
  const isQuoted = lines.some((_, index) => index > 0 && endsInQuotes(lines.slice(0, index).join('\n')))
  const literal = isQuoted || lines.some((line) => /<<|\\$/.test(line))
  const joined = (whole: string, line: string) => `${whole}${opensList.test(whole) ? ' ' : '; '}${line.trimStart()}`
  const entry = literal ? lines.join('\n') : lines.reduce(joined)
  if (/ignorespace|ignoreboth/.test(control) && entry.startsWith(' ')) return
  if (/ignoredups|ignoreboth/.test(control) && state.history.at(-1) === entry) return
  state.history = [...state.history, entry]
}

async function readPlainLine(shell: Interpreter): Promise<LineResult> {
  const source = createCharacterSource(0, shell)
  let line = ''
  for (;;) {
    const character = await source.next()
    if (typeof character !== 'string') return line ? { type: 'line', line } : { type: 'end-of-file' }
    if (character === '\n') {
      await source.giveBack()
      return { type: 'line', line }
    }
    line += character
  }
}

/** A stopped job that nobody can continue any more ends with its shell. */
async function hangUpStopped(shell: Interpreter): Promise<void> {
  for (const job of shell.jobs.list) if (stateOf(job) === 'stopped' && !job.keepsOnHangup) await signalJob(shell, job.pgid)
}

/** SIGHUP: passed on to all jobs, then it ends the shell. */
export async function hangUp(shell: Interpreter): Promise<void> {
  for (const job of shell.jobs.list) if (stateOf(job) !== 'done' && !job.keepsOnHangup) await signalJob(shell, job.pgid)
  await shell.system.sigaction(signals.SIGHUP, 'default')
  await shell.system.kill(shell.process.pid, signals.SIGHUP)
}

async function signalJob({ system }: Interpreter, pgid: number): Promise<void> {
  try {
    await system.kill(-pgid, signals.SIGHUP)
    await system.kill(-pgid, signals.SIGCONT)
  } catch (error) {
    // It ended on its own meanwhile.
    if (!(error instanceof SystemError && error.code === 'ESRCH')) throw error
  }
}
