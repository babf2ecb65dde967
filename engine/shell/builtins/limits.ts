/** umask, ulimit, times. */
import { ShellError } from '../shell-error.ts'
import { readOptions, usage, type Builtin } from './builtin.ts'

export const umask: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('umask', args, 'pS')
  const current = await shell.system.umask()
  const [mode] = rest
  if (mode === undefined) {
    const text = options.has('S') ? symbolic(current) : current.toString(8).padStart(4, '0')
    await shell.write(1, `${options.has('p') ? `umask ${options.has('S') ? '-S ' : ''}` : ''}${text}\n`)
    return 0
  }
  if (/^\d/.test(mode)) {
    if (!/^[0-7]+$/.test(mode) || parseInt(mode, 8) > 0o7777) throw new ShellError(`${mode}: octal number out of range`, 'command')
    await shell.system.umask(parseInt(mode, 8) & 0o777)
  } else await shell.system.umask(applySymbolic(mode, current))
  if (options.has('S')) await shell.write(1, `${symbolic(await shell.system.umask())}\n`)
  return 0
}

const letters = (bits: number) => `${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}`
const symbolic = (mask: number) => `u=${letters(~(mask >> 6) & 7)},g=${letters(~(mask >> 3) & 7)},o=${letters(~mask & 7)}`

function applySymbolic(mode: string, mask: number): number {
  let allowed = ~mask & 0o777
  for (const clause of mode.split(',')) {
    const found = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause)
    if (!found) {
      const kind = /^[ugoa]*[-+=]/.test(clause) ? 'character' : 'operator'
      const wrong = clause.replace(kind === 'operator' ? /^[ugoa]*/ : /^[ugoa]*[-+=][rwx]*/, '').slice(0, 1)
      throw new ShellError(`\`${wrong}': invalid symbolic mode ${kind}`, 'command')
    }
    const [, who = '', operator, what = ''] = found
    const bits = [...what].reduce((sum, letter) => sum | { r: 4, w: 2, x: 1 }[letter as 'r']!, 0)
    const all = who === '' || who.includes('a') ? 'ugo' : who
    for (const [letter, shift] of [['u', 6], ['g', 3], ['o', 0]] as const) {
      if (!all.includes(letter)) continue
      if (operator === '=') allowed &= ~(7 << shift)
      allowed = operator === '-' ? allowed & ~(bits << shift) : allowed | (bits << shift)
    }
  }
  return ~allowed & 0o777
}

/** The machine sets no limits but these two: open files of a process, and what a pipe takes in one piece. */
const limits: [name: string, unit: string, letter: string, value: string][] = [
  ['core file size', 'blocks, ', 'c', '0'],
  ['data seg size', 'kbytes, ', 'd', 'unlimited'],
  ['file size', 'blocks, ', 'f', 'unlimited'],
  ['max memory size', 'kbytes, ', 'm', 'unlimited'],
  ['open files', '', 'n', '1024'],
  ['pipe size', '512 bytes, ', 'p', '8'],
  ['stack size', 'kbytes, ', 's', '8192'],
  ['cpu time', 'seconds, ', 't', 'unlimited'],
  ['max user processes', '', 'u', 'unlimited'],
  ['virtual memory', 'kbytes, ', 'v', 'unlimited'],
]

export const ulimit: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('ulimit', args, `SHa${limits.map(([, , letter]) => letter).join('')}`)
  if (rest.length) {
    if (rest[0] !== 'unlimited' && !/^\d+$/.test(rest[0] ?? '')) throw new ShellError(`${rest[0]}: invalid number`, 'command')
    const name = limits.find(([, , letter]) => options.has(letter))?.[0] ?? 'file size'
    throw new ShellError(`${name}: cannot modify limit: Operation not permitted`, 'command')
  }
  if (options.has('a')) {
    const lines = limits.map(([name, unit, letter, value]) => `${name.padEnd(20)}${`(${unit}-${letter})`.padStart(20)} ${value}\n`)
    await shell.write(1, lines.join(''))
    return 0
  }
  const asked = limits.filter(([, , letter]) => options.has(letter))
  const values = asked.length ? asked : limits.filter(([, , letter]) => letter === 'f')
  if (!values.length) throw usage('ulimit')
  await shell.write(1, values.map(([, , , value]) => `${value}\n`).join(''))
  return 0
}

/** Of the shell's own time nothing is known: it shares the kernel's thread. All counts as the user's. */
export const times: Builtin = async (_args, shell) => {
  const { own, children } = await shell.system.times()
  const text = (milliseconds: number) => `${Math.floor(milliseconds / 60_000)}m${((milliseconds / 1000) % 60).toFixed(3)}s 0m0.000s\n`
  await shell.write(1, text(own) + text(children))
  return 0
}
