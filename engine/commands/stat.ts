import type { Process } from '../machine/process.ts'
import { S_IFBLK, S_IFCHR, S_IFMT, type Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { formatTime, timeZone } from '../shell/format-time.ts'
import { readAccounts, type Accounts } from './accounts.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { fileKindName, modeText, permissionOctal } from './file-mode.ts'
import { canonicalPath } from './canonical-path.ts'
import { directoryName } from './dirname.ts'
import { quoteName, quoteNameWhereNeeded } from './quote-name.ts'
import { report, reportAction } from './report.ts'

export const stat = command(
  {
    name: 'stat',
    usage: '[OPTION]... FILE...',
    summary: 'Print what the system knows about each FILE.',
    options: {
      '-L, --dereference': 'follow symlinks',
      '-c, --format=FORMAT': 'use FORMAT, and a newline after each use of it',
      '--printf=FORMAT': 'the same, with backslash escapes and no newline',
      '-t, --terse': 'print all in one line',
    },
    details: [
      'Sequences of FORMAT:',
      '  %a %A   permissions: octal, as ls -l        %n %N   name; quoted, with a symlink\'s target',
      '  %b %B   blocks, size of one                 %o      best size of a transfer',
      '  %d %D   device: decimal, hexadecimal        %s      size in bytes',
      '  %f %F   mode in hexadecimal, kind of file   %t %T   device type: major, minor, hexadecimal',
      '  %g %G   group: number, name                 %u %U   owner: number, name',
      '  %h %i   links, inode                        %w %W   birth: for people, as a number of seconds',
      '  %m      where it is mounted                 %x %X   last access    %y %Y   last change of contents    %z %Z   of status',
    ].join('\n'),
  },
  async (args, process) => {
    if (!args.operands.length) throw new Failure('missing operand', { usage: true })
    const accounts = await readAccounts(process.system)
    const zone = timeZone(process.env.TZ)
    const asked = args.latest('c', 'printf')
    let warned = false
    let status = 0
    for (const name of args.operands) {
      try {
        const found =
          name === '-'
            ? await process.system.fstat(process.stdin.fd)
            : await (args.has('L') ? process.system.stat(name) : process.system.lstat(name))
        const file: Described = {
          name,
          stat: found,
          target: await targetOf(process, name, found),
          accounts,
          zone,
          mount: await mountOf(process, name),
        }
        const format =
          asked === 'c'
            ? `${args.value('c') ?? ''}\n`
            : asked === 'printf'
              ? (args.value('printf') ?? '')
              : args.has('t')
                ? terse
                : defaultFormat(found)
        const { text, unknown } = expand(format, file, asked === 'printf')
        if (unknown && !warned) await report(process, `warning: unrecognized escape '\\${unknown}'`)
        warned ||= unknown !== undefined
        await process.stdout.write(text)
      } catch (error) {
        await reportAction(process, 'cannot statx', name, error)
        status = 1
      }
    }
    return status
  },
)

interface Described {
  name: string
  stat: Stat
  target: string | undefined
  accounts: Accounts
  zone: string
  mount: string
}

async function targetOf({ system }: Process, name: string, { mode }: Stat): Promise<string | undefined> {
  return modeText(mode).startsWith('l') ? system.readlink(name) : undefined
}

/** The highest directory above the file that is on the same device. */
async function mountOf({ system }: Process, name: string): Promise<string> {
  if (name === '-') return '?'
  try {
    let path = await canonicalPath(system, name, 'all')
    const { dev } = await system.stat(path)
    while (path !== '/' && (await system.stat(directoryName(path))).dev === dev) path = directoryName(path)
    return path
  } catch (error) {
    if (error instanceof SystemError) return '?'
    throw error
  }
}

const isDevice = ({ mode }: Stat) => [S_IFCHR, S_IFBLK].includes(mode & S_IFMT)
const terse = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n'
/** coreutils' default: `File:` shows the name quoted only where it must be, which no sequence does; `%=` stands for that here. */
const defaultFormat = (found: Stat) =>
  '  File: %=\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n' +
  `Device: %Hd,%Ld\tInode: %-11i Links: ${isDevice(found) ? '%-5h Device type: %Hr,%Lr' : '%h'}\n` +
  'Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w\n'

const escapes: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"',
}

function expand(format: string, file: Described, escaped: boolean): { text: string; unknown: string | undefined } {
  let unknown: string | undefined
  const pattern = /%([-+ #0I']*)(\d*)(?:\.(\d*))?([HL]?)(.|$)|\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.|$))/gs
  const text = format.replace(
    pattern,
    (whole, flags: string, width: string, precision: string | undefined, part: string, letter: string | undefined, octal, hex, simple) => {
      if (whole.startsWith('\\')) {
        if (!escaped) return whole
        if (octal !== undefined) return String.fromCharCode(parseInt(octal as string, 8))
        if (hex !== undefined) return String.fromCharCode(parseInt(hex as string, 16))
        const known = escapes[simple as string]
        if (known === undefined) unknown ??= simple as string
        return known ?? (simple as string)
      }
      if (letter === '%') return '%'
      if (letter === undefined || letter === '') return '%'
      return pad(valueOf(letter, part, precision, flags, file), flags, width, precision, letter)
    },
  )
  return { text, unknown }
}

function pad(value: string, flags: string, width: string, precision: string | undefined, letter: string): string {
  const cut = precision && !'XYZWxyzw'.includes(letter) && /[A-Za-z]/.test(value) ? value.slice(0, Number(precision)) : value
  // A time is a text to printf: its precision cuts it, as any text's.
  const shown = precision && 'xyzw'.includes(letter) ? cut.slice(0, Number(precision)) : cut
  if (flags.includes('-')) return shown.padEnd(Number(width))
  return shown.padStart(Number(width), flags.includes('0') && /^\d+$/.test(shown) ? '0' : ' ')
}

function valueOf(letter: string, part: string, precision: string | undefined, flags: string, file: Described): string {
  const { stat: s, accounts, name, target } = file
  const device = (number: number, radix: number) =>
    part === 'H' ? String(number >> 8) : part === 'L' ? String(number & 0xff) : number.toString(radix)
  const seconds = (time: number) =>
    precision === undefined ? String(Math.floor(time / 1000)) : (time / 1000).toFixed(precision === '' ? 9 : Number(precision))
  const time = (value: number) => formatTime('%Y-%m-%d %H:%M:%S.%N %z', value, file.zone)
  switch (letter) {
    case 'a': return (flags.includes('#') ? '0' : '') + permissionOctal(s.mode)
    case 'A': return modeText(s.mode)
    case 'b': return String(s.blocks)
    case 'B': return '512'
    case 'C': return '?'
    case 'd': return device(s.dev, 10)
    case 'D': return device(s.dev, 16)
    case 'f': return s.mode.toString(16)
    case 'F': return fileKindName(s.mode, s.size)
    case 'g': return String(s.gid)
    case 'G': return accounts.group(s.gid) ?? 'UNKNOWN'
    case 'h': return String(s.nlink)
    case 'i': return String(s.ino)
    case 'm': return file.mount
    case 'n': return name
    case 'N': return quoteName(name) + (target === undefined ? '' : ` -> ${quoteName(target)}`)
    case '=': return quoteNameWhereNeeded(name) + (target === undefined ? '' : ` -> ${quoteNameWhereNeeded(target)}`)
    case 'o': return '4096'
    case 'r': return device(s.rdev, 10)
    case 'R': return device(s.rdev, 16)
    case 's': return String(s.size)
    case 't': return (s.rdev >> 8).toString(16)
    case 'T': return (s.rdev & 0xff).toString(16)
    case 'u': return String(s.uid)
    case 'U': return accounts.user(s.uid) ?? 'UNKNOWN'
    // The file system keeps no time of birth.
    case 'w': return '-'
    case 'W': return '0'
    case 'x': return time(s.atime)
    case 'X': return seconds(s.atime)
    case 'y': return time(s.mtime)
    case 'Y': return seconds(s.mtime)
    case 'z': return time(s.ctime)
    case 'Z': return seconds(s.ctime)
    default: return '?'
  }
}
