/** What a key, or a sequence of them, asks of the pager. */
export type PagerAction =
  | 'quit'
  | 'line down'
  | 'line up'
  | 'page down'
  | 'page up'
  | 'half down'
  | 'half up'
  | 'first'
  | 'last'
  | 'search forward'
  | 'search backward'
  | 'search again'
  | 'search back again'
  | 'redraw'
  | 'where'
  | 'next file'
  | 'previous file'
  | 'help'

const actions: readonly [action: PagerAction, keys: readonly string[]][] = [
  ['quit', ['q', 'Q', ':q', ':Q', 'ZZ']],
  ['line down', ['\r', '\n', 'j', 'e', '\x05', '\x0e', '\x1b[B', '\x1bOB']],
  ['line up', ['k', 'y', '\x19', '\x10', '\x0b', '\x1b[A', '\x1bOA']],
  ['page down', [' ', 'f', 'z', '\x06', '\x16', '\x1b[6~']],
  ['page up', ['b', 'w', '\x02', '\x1bv', '\x1b[5~']],
  ['half down', ['d', '\x04']],
  ['half up', ['u', '\x15']],
  ['first', ['g', '<', '\x1b<', '\x1b[H', '\x1bOH', '\x1b[1~']],
  ['last', ['G', '>', '\x1b>', '\x1b[F', '\x1bOF', '\x1b[4~']],
  ['search forward', ['/']],
  ['search backward', ['?']],
  ['search again', ['n']],
  ['search back again', ['N']],
  ['redraw', ['r', 'R', '\x0c', '\x12']],
  ['where', ['=', '\x07', ':f']],
  ['next file', [':n']],
  ['previous file', [':p']],
  ['help', ['h', 'H']],
]

/** The action of the keys typed so far; `more` where they may be the beginning of one; undefined where they mean nothing. */
export function pagerAction(keys: string): PagerAction | 'more' | undefined {
  const exact = actions.find(([, sequences]) => sequences.includes(keys))
  if (exact) return exact[0]
  return actions.some(([, sequences]) => sequences.some((one) => one.startsWith(keys))) ? 'more' : undefined
}

export const pagerHelp = [
  'Keys of less on this machine (q leaves this page)',
  '',
  '  space f PageDown ^F     a page on           b w PageUp ^B       a page back',
  '  Return j e Down         a line on           k y Up              a line back',
  '  d ^D                    half a page on      u ^U                half a page back',
  '  g < Home                the first line      G > End             the last line (or line N: Ng)',
  '  /PATTERN                search on           ?PATTERN            search back',
  '  n                       search again        N                   search the other way',
  '  :n                      next file           :p                  previous file',
  '  = ^G                    where am I          r ^L                draw again',
  '  q Q ZZ                  leave',
]
