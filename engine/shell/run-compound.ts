/** Compound commands (POSIX XCU 2.9.4). */
import { runCondition, runList } from './execute.ts'
import { evaluate, expandPattern, expandString, expandWords } from './expansion.ts'
import { evaluateConditional } from './conditional.ts'
import { fork } from './fork.ts'
import { formatCommand } from './format.ts'
import type { Interpreter } from './interpreter.ts'
import { runInForeground } from './job-control.ts'
import { matchesPattern } from './pattern.ts'
import { withRedirections } from './redirection.ts'
import { Leave, ShellError } from './shell-error.ts'
import type { Compound, CompoundCommand, List } from './syntax.ts'
import { complainAbout } from './complain-about.ts'
import { trace } from './trace.ts'
import { isName } from './word.ts'

export async function runCompound(command: CompoundCommand, shell: Interpreter): Promise<number> {
  try {
    return await withRedirections(command.redirections, shell, async () => {
      try {
        return await run(command, shell)
      } catch (error) {
        return complainAbout(error, shell)
      }
    })
  } catch (error) {
    return complainAbout(error, shell)
  }
}

function run(command: CompoundCommand, shell: Interpreter): Promise<number> {
  switch (command.type) {
    case 'group': return runList(command.body, shell)
    case 'subshell': return runSubshell(command, shell)
    case 'if': return runIf(command, shell)
    case 'for': return runFor(command, shell)
    case 'for-arithmetic': return runForArithmetic(command, shell)
    case 'while': return runLoop(shell, async () => ((await runCondition(command.condition, shell)) === 0) !== command.until, command.body)
    case 'case': return runCase(command, shell)
    case 'arithmetic': return runArithmetic(command, shell)
    case 'conditional': return evaluateConditional(command.expression, shell)
  }
}

async function runSubshell(command: CompoundCommand & { type: 'subshell' }, shell: Interpreter): Promise<number> {
  const text = formatCommand(command)
  const [status = 0] = await runInForeground(shell, text, async (request) => [await fork(shell, command.body, request(undefined))])
  return status
}

async function runIf({ clauses, otherwise }: Compound & { type: 'if' }, shell: Interpreter): Promise<number> {
  for (const { condition, body } of clauses) {
    if ((await runCondition(condition, shell)) === 0) return runList(body, shell)
  }
  return otherwise ? runList(otherwise, shell) : 0
}

async function runFor({ name, words, body }: Compound & { type: 'for' }, shell: Interpreter): Promise<number> {
  if (!isName(name)) throw new ShellError(`\`${name}': not a valid identifier`, 'command')
  const values = (words ? await expandWords(words, shell.scope) : [...shell.state.positional]).values()
  return runLoop(shell, async () => {
    const { value, done } = values.next()
    if (!done) await trace(() => `for ${name} in ${words?.map(({ source }) => source).join(' ') ?? '"$@"'}`, shell)
    if (!done) shell.variables.set(name, value)
    return !done
  }, body)
}

async function runForArithmetic(command: Compound & { type: 'for-arithmetic' }, shell: Interpreter): Promise<number> {
  const { start, condition, step, body } = command
  await evaluate(start, shell.scope)
  let first = true
  return runLoop(shell, async () => {
    if (!first) await evaluate(step, shell.scope)
    first = false
    return !condition.length || (await evaluate(condition, shell.scope)) !== 0n
  }, body)
}

async function runLoop(shell: Interpreter, next: () => Promise<boolean>, body: List): Promise<number> {
  let status = 0
  shell.loops++
  try {
    for (;;) {
      await shell.process.breathe()
      try {
        if (!(await next())) return status
        status = await runList(body, shell)
      } catch (error) {
        if (!(error instanceof Leave) || (error.kind !== 'break' && error.kind !== 'continue')) throw error
        status = error.status
        if (--error.levels > 0) throw error
        if (error.kind === 'break') return status
      }
    }
  } finally {
    shell.loops--
  }
}

async function runCase({ word, clauses }: Compound & { type: 'case' }, shell: Interpreter): Promise<number> {
  await trace(() => `case ${word.source} in`, shell)
  const text = await expandString(word, shell.scope)
  let status = 0
  let fallsThrough = false
  for (const { patterns, body, end } of clauses) {
    let matches = fallsThrough
    for (const pattern of patterns) matches ||= matchesPattern(text, await expandPattern(pattern.parts, shell.scope))
    if (!matches) continue
    status = body.length ? await runList(body, shell) : 0
    if (end === ';;') return status
    fallsThrough = end === ';&'
  }
  return status
}

async function runArithmetic({ expression, source }: Compound & { type: 'arithmetic' }, shell: Interpreter): Promise<number> {
  await trace(() => `(( ${source} ))`, shell)
  try {
    return (await evaluate(expression, shell.scope)) === 0n ? 1 : 0
  } catch (error) {
    if (!(error instanceof ShellError)) throw error
    throw new ShellError(`((: ${error.message}`, 'command')
  }
}
