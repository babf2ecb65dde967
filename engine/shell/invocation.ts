/** The shell's own command line (bash's "Invocation"). */
import { readShellOptions } from './builtins/set.ts'
import { createState, type Options } from './shell-state.ts'

export interface Invocation {
  /** `-c`: the commands. */
  text: string | undefined
  /** The script to read; undefined means standard input. */
  file: string | undefined
  /** `$0` where `-c` gives one. */
  zero: string | undefined
  positional: string[]
  /** -i; undefined leaves it to what descriptors 0 and 2 are. */
  interactive: boolean
  login: boolean
  readsInput: boolean
  options: Options
}

export const version = '5.2.15(1)-release'

const versionText = `GNU bash, version ${version} (x86_64-pc-linux-gnu)
The shell of the pex-pectations machine: it behaves as GNU bash 5.2 does, in TypeScript.
`

const usageText = (name: string) => `Usage:\t${name} [GNU long option] [option] ...
\t${name} [GNU long option] [option] script-file ...
GNU long options:
\t--help
\t--login
\t--noprofile
\t--norc
\t--posix
\t--verbose
\t--version
Shell options:
\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)
\t-abefhkmnptuvxBCEHPT or -o option
`

/** What to do, or what to print and end with. */
export function readInvocation(args: string[], argv0: string): Invocation | { status: number; stdout?: string; stderr?: string } {
  const options = createState({ zero: argv0, pid: 0, cwd: '/' }).options
  const found: Invocation = {
    text: undefined,
    file: undefined,
    zero: undefined,
    positional: [],
    interactive: false,
    login: argv0.startsWith('-'),
    readsInput: false,
    options,
  }
  const name = argv0.replace(/^-/, '')
  let rest = args
  while (rest[0]?.startsWith('--') && rest[0] !== '--') {
    const [option] = rest
    rest = rest.slice(1)
    if (option === '--version') return { status: 0, stdout: versionText }
    if (option === '--help') return { status: 0, stdout: versionText + usageText(name) }
    if (option === '--login') found.login = true
    else if (option === '--verbose') options.verbose = true
    else if (option === '--posix') options.posix = true
    else if (option !== '--norc' && option !== '--noprofile' && option !== '--noediting') {
      return { status: 2, stderr: `${name}: ${option}: invalid option\n${usageText(name)}` }
    }
  }
  let isCommand = false
  const own: Record<string, () => void> = {
    c: () => (isCommand = true),
    i: () => (found.interactive = true),
    l: () => (found.login = true),
    s: () => (found.readsInput = true),
  }
  // The invocation's own letters stand among those of `set`.
  const cleaned: string[] = []
  for (const [index, arg] of rest.entries()) {
    if (!/^[-+]./.test(arg) || arg === '--') {
      cleaned.push(...rest.slice(index))
      break
    }
    const isOwn = (letter: string) => arg.startsWith('-') && Object.hasOwn(own, letter)
    for (const letter of arg.slice(1)) if (isOwn(letter)) own[letter]?.()
    const letters = [...arg.slice(1)].filter((letter) => !isOwn(letter))
    if (letters.length) cleaned.push(arg[0] + letters.join(''))
    if (letters.includes('o')) {
      cleaned.push(...rest.slice(index + 1))
      break
    }
  }
  let problem: string | undefined
  let others: string[] = []
  try {
    others = readShellOptions(cleaned, options, (text) => {
      problem = text
      throw new RangeError(text)
    }).rest
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const isName = problem?.endsWith('name')
    return { status: 2, stderr: isName ? `${name}: line 0: ${name}: ${problem}\n` : `${name}: ${problem}\n${usageText(name)}` }
  }
  if (isCommand) {
    const [text, zero, ...positional] = others
    if (text === undefined) return { status: 2, stderr: `${name}: -c: option requires an argument\n` }
    return { ...found, text, zero, positional }
  }
  if (found.readsInput || !others.length) return { ...found, positional: others, readsInput: true }
  const [file, ...positional] = others
  return { ...found, file, positional }
}
