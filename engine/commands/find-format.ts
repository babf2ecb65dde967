import { decode, encode } from '../shell/escapes.ts'
import { formatTime } from '../shell/format-time.ts'
import { directoryName } from './dirname.ts'
import { modeText, permissionOctal } from './file-mode.ts'
import type { FindContext, FoundFile } from './find-context.ts'
import { kindLetter } from './find-tests.ts'

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' }

/** find's -printf: the format as a function of the file, and what is wrong with it (GNU find's warnings, without their first word). */
export function compileFindFormat(
  text: string,
  { accounts, zone }: FindContext,
): { format: (file: FoundFile) => string; problems: string[] } {
  const problems: string[] = []
  const parts: ((file: FoundFile) => string)[] = []
  const pattern = /\\([0-7]{1,3}|[^]|$)|%([-+ #0]*)(\d*)(?:\.(\d+))?([ACTB].|[^]|$)|[^\\%]+/g
  for (const [whole, escape, flags = '', width = '', precision, directive] of text.matchAll(pattern)) {
    if (escape !== undefined) {
      const known = /^[0-7]/.test(escape) ? String.fromCharCode(parseInt(escape, 8)) : escapes[escape]
      if (known === undefined) problems.push(`unrecognized escape \`\\${escape}'`)
      parts.push(() => known ?? whole)
    } else if (directive === undefined) parts.push(() => whole)
    else if (directive === '%') parts.push(() => '%')
    else {
      const value = valueOf(directive, accounts, zone)
      if (!value) {
        problems.push(`unrecognized format directive \`%${directive}'`)
        parts.push(() => whole)
      } else
        parts.push((file) => field(value(file), precision, flags, Number(width)))
    }
  }
  return { format: (file) => parts.map((part) => part(file)).join(''), problems }
}

/** Width and precision are bytes, as those of C's printf. */
function field(value: string, precision: string | undefined, flags: string, width: number): string {
  const bytes = encode(value)
  const text = precision === undefined ? value : decode(bytes.subarray(0, Number(precision)))
  const missing = Math.max(0, width - Math.min(bytes.length, Number(precision ?? Infinity)))
  if (flags.includes('-')) return text + ' '.repeat(missing)
  return (flags.includes('0') && /^\d+$/.test(text) ? '0' : ' ').repeat(missing) + text
}

function valueOf(directive: string, accounts: FindContext['accounts'], zone: string): ((file: FoundFile) => string) | undefined {
  const timeOf = { A: 'atime', C: 'ctime', T: 'mtime' } as const
  if (directive.length === 2) {
    const [letter = '', format = ''] = directive
    const time = timeOf[letter as keyof typeof timeOf]
    if (time === undefined) return undefined
    if (format === '@') return ({ stat }) => (stat[time] / 1000).toFixed(10)
    if (format === '+') return ({ stat }) => formatTime('%Y-%m-%d+%H:%M:%S.%N0', stat[time], zone)
    return ({ stat }) => formatTime(`%${format}`, stat[time], zone)
  }
  const long = '%a %b %e %H:%M:%S.%N0 %Y'
  const values: Record<string, (file: FoundFile) => string> = {
    a: ({ stat }) => formatTime(long, stat.atime, zone),
    b: ({ stat }) => String(stat.blocks),
    c: ({ stat }) => formatTime(long, stat.ctime, zone),
    d: ({ depth }) => String(depth),
    D: ({ stat }) => String(stat.dev),
    f: ({ name }) => name,
    g: ({ stat }) => accounts.group(stat.gid) ?? String(stat.gid),
    G: ({ stat }) => String(stat.gid),
    h: ({ path }) => (path.includes('/') ? directoryName(path) : '.'),
    H: ({ start }) => start,
    i: ({ stat }) => String(stat.ino),
    k: ({ stat }) => String(Math.ceil(stat.blocks / 2)),
    l: ({ target }) => target,
    m: ({ stat }) => permissionOctal(stat.mode),
    M: ({ stat }) => modeText(stat.mode),
    n: ({ stat }) => String(stat.nlink),
    p: ({ path }) => path,
    P: ({ path, start }) => path.slice(start.length).replace(/^\//, ''),
    s: ({ stat }) => String(stat.size),
    t: ({ stat }) => formatTime(long, stat.mtime, zone),
    u: ({ stat }) => accounts.user(stat.uid) ?? String(stat.uid),
    U: ({ stat }) => String(stat.uid),
    y: ({ stat }) => kindLetter(stat),
  }
  return values[directive]
}
