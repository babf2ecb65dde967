/** Command substitution (POSIX XCU 2.6.3): a subshell writes into a pipe. */
import { O_CLOEXEC, O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { decode } from './escapes.ts'
import { expandWord } from './expansion.ts'
import { fork } from './fork.ts'
import type { Interpreter } from './interpreter.ts'
import { statusOf } from './jobs.ts'
import { readAll, retry } from './read-text.ts'
import { withDescriptors } from './redirection.ts'
import type { List } from './syntax.ts'

export async function substitute(body: List, shell: Interpreter): Promise<string> {
  const { system, state } = shell
  const file = onlyInput(body)
  if (file) return strip(await readFile(file, shell))
  if (!body.length) {
    shell.substituted = state.status = 0
    return ''
  }
  const [readEnd, writeEnd] = await system.pipe(O_CLOEXEC)
  let pid
  try {
    pid = await withDescriptors([[1, writeEnd]], shell, () => fork(shell, body, {}, true))
  } finally {
    await system.close(writeEnd)
  }
  const bytes = await readAll(readEnd, system)
  await system.close(readEnd)
  const ended = await retry(() => system.wait(pid, 0))
  if (ended) shell.substituted = state.status = statusOf(ended)
  shell.traps.noteChild(ended)
  return strip(bytes)
}

/** Newlines at the end go; so do zero bytes, which no variable can hold. */
const strip = (bytes: Uint8Array) => decode(bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes).replace(/\n+$/, '')

/** `$(< file)` */
function onlyInput(body: List) {
  const command = body.length === 1 && !body[0]!.rest.length ? body[0]!.first.commands[0] : undefined
  if (command?.type !== 'simple' || body[0]!.first.commands.length > 1) return undefined
  if (command.words.length || command.assignments.length) return undefined
  const [redirection] = command.redirections
  return command.redirections.length === 1 && redirection?.operator === '<' && redirection.fd === undefined ? redirection.target : undefined
}

async function readFile(target: Parameters<typeof expandWord>[0], shell: Interpreter): Promise<Uint8Array> {
  const path = (await expandWord(target, shell.scope)).join(' ')
  try {
    const fd = await shell.system.open(path, O_RDONLY | O_CLOEXEC)
    const bytes = await readAll(fd, shell.system)
    await shell.system.close(fd)
    shell.substituted = shell.state.status = 0
    return bytes
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    await shell.complain(`${path}: ${error.message}`)
    shell.substituted = shell.state.status = 1
    return new Uint8Array()
  }
}
