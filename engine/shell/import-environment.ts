/** The variables a shell starts with: what the environment brings, and bash's own. */
import type { Interpreter } from './interpreter.ts'
import { version } from './invocation.ts'
import { readText } from './read-text.ts'
import { isName } from './word.ts'

export async function importEnvironment(shell: Interpreter): Promise<void> {
  const { process, system, state, variables } = shell
  for (const [name, value] of Object.entries(process.env)) {
    if (isName(name)) state.variables.set(name, { value, exported: true, readonly: false, integer: false })
  }
  const { uid, gid } = await system.getuid()
  const defaults: Record<string, string> = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TERM: 'dumb',
    HOSTNAME: ((await readText('/etc/hostname', system)) ?? '').trim(),
    PS2: '> ',
    PS4: '+ ',
    ...(shell.interactive && { PS1: '\\s-\\v\\$ ', HISTSIZE: '500' }),
  }
  for (const [name, value] of Object.entries(defaults)) if (variables.get(name) === undefined) variables.set(name, value)
  variables.set('IFS', ' \t\n')
  variables.set('OPTIND', '1')
  variables.set('BASH', '/bin/bash')
  variables.set('BASH_VERSION', version)
  variables.set('OSTYPE', 'linux-gnu')
  variables.set('HOSTTYPE', 'x86_64')
  variables.set('MACHTYPE', 'x86_64-pc-linux-gnu')
  for (const [name, value] of [['UID', uid], ['EUID', uid], ['GROUPS', gid]] as const) {
    variables.set(name, String(value))
    if (name !== 'GROUPS') variables.declare(name, { readonly: true })
  }
  variables.set('SHLVL', String((Number(process.env.SHLVL) || 0) + 1))
  variables.declare('SHLVL', { exported: true })
  state.cwd = await logicalDirectory(shell)
  variables.set('PWD', state.cwd)
  variables.declare('PWD', { exported: true })
  variables.declare('OLDPWD', { exported: true })
}

/** PWD from the environment where it names the working directory (POSIX: it may go through symbolic links). */
async function logicalDirectory({ process, system }: Interpreter): Promise<string> {
  const inherited = process.env.PWD
  const physical = await system.getcwd()
  if (!inherited?.startsWith('/') || inherited === physical) return physical
  try {
    const [there, here] = [await system.stat(inherited), await system.stat('.')]
    return there.ino === here.ino && there.dev === here.dev ? inherited : physical
  } catch {
    // A PWD that cannot be looked at names nothing.
    return physical
  }
}
