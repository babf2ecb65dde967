/**
 * Redirections (POSIX XCU 2.7). They change the shell's own descriptors for as long as a command runs: children inherit them, builtins
 * write to them; then the old ones come back.
 */
import { isRegular } from '../machine/stat.ts'
import { O_APPEND, O_CLOEXEC, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, SEEK_SET } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { encode } from './escapes.ts'
import { expandQuoted, expandString, expandWord } from './expansion.ts'
import type { Interpreter } from './interpreter.ts'
import { ShellError } from './shell-error.ts'
import type { Redirection } from './syntax.ts'

/** Descriptors from here on are the shell's own. */
export const firstPrivateDescriptor = 10
/** A here-document longer than a pipe holds goes into a file. */
const pipeCapacity = 65536

type Saved = { fd: number; copy: number | undefined }

/** Runs with these redirections; throws ShellError (reach: command) where one of them fails. */
export async function withRedirections<T>(redirections: Redirection[], shell: Interpreter, run: () => Promise<T>): Promise<T> {
  if (!redirections.length) return run()
  const saved: Saved[] = []
  try {
    for (const redirection of redirections) await apply(redirection, shell, saved)
    return await run()
  } finally {
    await restore(saved, shell)
  }
}

/** `exec > file`: for good. */
export async function redirectForGood(redirections: Redirection[], shell: Interpreter): Promise<void> {
  const saved: Saved[] = []
  try {
    for (const redirection of redirections) await apply(redirection, shell, saved)
  } catch (error) {
    await restore(saved, shell)
    throw error
  }
  for (const { copy } of saved) if (copy !== undefined) await shell.system.close(copy)
}

/** Runs while descriptor a is a copy of b, for each [a, b]. */
export async function withDescriptors<T>(pairs: [fd: number, from: number][], shell: Interpreter, run: () => Promise<T>): Promise<T> {
  const saved: Saved[] = []
  try {
    for (const [fd, from] of pairs) {
      await save(fd, shell, saved)
      await shell.system.dup2(from, fd)
    }
    return await run()
  } finally {
    await restore(saved, shell)
  }
}

async function save(fd: number, shell: Interpreter, saved: Saved[]) {
  let copy
  try {
    copy = await shell.system.dup(fd, firstPrivateDescriptor, true)
  } catch (error) {
    if (!(error instanceof SystemError && error.code === 'EBADF')) throw error
  }
  saved.push({ fd, copy })
}

async function restore(saved: Saved[], { system }: Interpreter) {
  for (const { fd, copy } of saved.reverse()) {
    if (copy === undefined) await closeIfOpen(fd, system)
    else {
      await system.dup2(copy, fd)
      await system.close(copy)
    }
  }
}

async function closeIfOpen(fd: number, system: Interpreter['system']) {
  try {
    await system.close(fd)
  } catch (error) {
    if (!(error instanceof SystemError && error.code === 'EBADF')) throw error
  }
}

async function apply(redirection: Redirection, shell: Interpreter, saved: Saved[]): Promise<void> {
  const { operator } = redirection
  const fd = redirection.fd ?? (operator.startsWith('<') ? 0 : 1)
  const to = async (opened: number, target: number) => {
    if (opened === target) return
    await shell.system.dup2(opened, target)
    await shell.system.close(opened)
  }
  const openOnto = async (path: string, flags: number, target: number) => {
    await save(target, shell, saved)
    await to(await open(path, flags, shell), target)
  }

  if (operator === '<<' || operator === '<<-' || operator === '<<<') {
    const text = operator === '<<<'
      ? `${await expandString(redirection.target, shell.scope)}\n`
      : await expandQuoted(redirection.body?.parts ?? [], shell.scope)
    await save(fd, shell, saved)
    await to(await documentDescriptor(encode(text), shell), fd)
    return
  }
  const fields = await expandWord(redirection.target, shell.scope)
  const [path] = fields
  if (path === undefined || fields.length > 1) throw new ShellError(`${redirection.target.source}: ambiguous redirect`, 'command')

  switch (operator) {
    case '<': return openOnto(path, O_RDONLY, fd)
    case '<>': return openOnto(path, O_RDWR | O_CREAT, fd)
    case '>': return openOnto(path, O_WRONLY | O_CREAT | O_TRUNC | (await guard(path, shell)), fd)
    case '>|': return openOnto(path, O_WRONLY | O_CREAT | O_TRUNC, fd)
    case '>>': return openOnto(path, O_WRONLY | O_CREAT | O_APPEND, fd)
    case '&>':
    case '&>>': return both(path, operator === '&>>' ? O_APPEND : O_TRUNC)
  }
  // <& and >&
  const copied = /^(\d+)(-?)$/.exec(path)
  if (path === '-') {
    await save(fd, shell, saved)
    return closeIfOpen(fd, shell.system)
  }
  if (!copied) {
    if (operator === '>&' && redirection.fd === undefined) return both(path, O_TRUNC)
    throw new ShellError(`${redirection.target.source}: ambiguous redirect`, 'command')
  }
  const from = Number(copied[1])
  await save(fd, shell, saved)
  try {
    await shell.system.dup2(from, fd)
  } catch (error) {
    if (error instanceof SystemError) throw new ShellError(`${copied[1]}: ${error.message}`, 'command')
    throw error
  }
  if (copied[2] && from !== fd) await shell.system.close(from)

  async function both(name: string, flag: number) {
    await openOnto(name, O_WRONLY | O_CREAT | flag | (flag === O_TRUNC ? await guard(name, shell) : 0), 1)
    await save(2, shell, saved)
    await shell.system.dup2(1, 2)
  }
}

/** `set -C`: a regular file is not overwritten. */
async function guard(path: string, { state, system }: Interpreter): Promise<number> {
  if (!state.options.noclobber) return 0
  try {
    if (isRegular((await system.stat(path)).mode)) throw new ShellError(`${path}: cannot overwrite existing file`, 'command')
    return 0
  } catch (error) {
    if (error instanceof SystemError) return O_EXCL
    throw error
  }
}

async function open(path: string, flags: number, { system }: Interpreter): Promise<number> {
  try {
    return await system.open(path, flags, 0o666)
  } catch (error) {
    if (error instanceof SystemError) throw new ShellError(`${path}: ${error.message}`, 'command')
    throw error
  }
}

async function documentDescriptor(bytes: Uint8Array, { system, process }: Interpreter): Promise<number> {
  if (bytes.length <= pipeCapacity) {
    const [readEnd, writeEnd] = await system.pipe(O_CLOEXEC)
    if (bytes.length) await system.write(writeEnd, bytes)
    await system.close(writeEnd)
    return readEnd
  }
  const path = `/tmp/sh-thd.${process.pid}.${process.now()}`
  const fd = await system.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  await system.unlink(path)
  await system.write(fd, bytes)
  await system.lseek(fd, 0, SEEK_SET)
  return fd
}
