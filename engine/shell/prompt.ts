/** PS1 and its like: bash's backslash sequences, then parameters and substitutions. */
import { shorten } from './builtins/directory-stack.ts'
import { expandQuoted } from './expansion.ts'
import { formatTime, timeZone } from './format-time.ts'
import { parseDocument } from './grammar.ts'
import type { Interpreter } from './interpreter.ts'
import { version } from './invocation.ts'

/** The prompt as it is printed; what stands between \[ and \] is enclosed in \x01 and \x02. */
export async function expandPrompt(text: string, shell: Interpreter): Promise<string> {
  const decoded = decode(text, shell)
  const { status } = shell.state
  const expanded = await expandQuoted(parseDocument(decoded), shell.scope)
  shell.state.status = status
  return expanded
}

function decode(text: string, shell: Interpreter): string {
  const { state, variables, process } = shell
  const time = (format: string) => formatTime(format, process.now(), timeZone(variables.get('TZ')))
  const shortPath = () => shorten(state.cwd, variables.get('HOME'))
  const sequences: Record<string, () => string> = {
    a: () => '\x07',
    d: () => time('%a %b %d'),
    e: () => '\x1b',
    H: () => variables.get('HOSTNAME') ?? '',
    h: () => (variables.get('HOSTNAME') ?? '').split('.')[0] ?? '',
    j: () => String(shell.jobs.list.length),
    l: () => 'tty',
    n: () => '\n',
    r: () => '\r',
    s: () => state.zero.replace(/^.*\/|^-/, ''),
    T: () => time('%I:%M:%S'),
    t: () => time('%H:%M:%S'),
    '@': () => time('%I:%M %p'),
    A: () => time('%H:%M'),
    u: () => variables.get('USER') ?? '',
    V: () => version.replace(/\(.*/, ''),
    v: () => version.replace(/\.\d+\(.*/, ''),
    w: shortPath,
    W: () => (state.cwd === variables.get('HOME') ? '~' : (state.cwd.replace(/^.*\/(?=.)/, '') || '/')),
    '!': () => String(state.history.length + 1),
    '#': () => String(state.history.length + 1),
    $: () => (variables.get('UID') === '0' ? '#' : '$'),
    '\\': () => '\\',
    '[': () => '\x01',
    ']': () => '\x02',
  }
  return text.replace(/\\(?:([0-7]{3})|D\{([^}]*)\}|([^]))/g, (whole, octal?: string, format?: string, letter?: string) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8))
    const value = format !== undefined ? time(format || '%X') : sequences[letter ?? '']?.()
    // What a sequence gives is not expanded again.
    return value === undefined ? whole : value.replace(/[$`\\]/g, '\\$&')
  })
}
