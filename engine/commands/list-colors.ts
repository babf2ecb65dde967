import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFSOCK } from '../machine/stat.ts'

/** The colours that ls has without LS_COLORS (its built-in table; the keys are dircolors'). */
const builtIn: Readonly<Record<string, string>> = {
  di: '01;34',
  ln: '01;36',
  pi: '33',
  so: '01;35',
  bd: '01;33',
  cd: '01;33',
  ex: '01;32',
  su: '37;41',
  sg: '30;43',
  st: '37;44',
  ow: '34;42',
  tw: '30;42',
}

export interface Colors {
  /** Wraps a name in the colour of its kind. */
  paint(text: string, name: string, mode: number, missingTarget?: boolean): string
  /** Symlinks are shown by where they lead: something depends on whether the target is there. */
  readonly followsLinks: boolean
}

/** Colours of `ls --color`: ls's own, with LS_COLORS (`di=01;34:*.zip=01;31`) over them. */
export function createColors(setting: string | undefined): Colors {
  const kinds = new Map(Object.entries(builtIn))
  const endings: [ending: string, color: string][] = []
  for (const item of (setting ?? '').split(':')) {
    const [key = '', color] = item.split('=')
    if (color === undefined) continue
    if (key.startsWith('*')) endings.unshift([key.slice(1).toLowerCase(), color])
    else kinds.set(key, color)
  }
  const colored = (kind: string) => {
    const color = kinds.get(kind)
    return color !== undefined && !/^0*$/.test(color)
  }
  let started = false

  return {
    followsLinks: colored('or') || colored('mi'),
    paint(text, name, mode, missingTarget = false) {
      const kind = kindOf(mode, missingTarget, colored)
      const ending = kind === undefined || kind === 'fi' ? endings.find(([end]) => name.toLowerCase().endsWith(end))?.[1] : undefined
      const color = ending ?? (kind !== undefined && colored(kind) ? kinds.get(kind) : undefined)
      if (color === undefined) return text
      const reset = started ? '' : '\x1b[0m'
      started = true
      return `${reset}\x1b[${color}m${text}\x1b[0m`
    },
  }
}

function kindOf(mode: number, missingTarget: boolean, colored: (kind: string) => boolean): string | undefined {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      if (mode & 0o1000 && mode & 0o002 && colored('tw')) return 'tw'
      if (mode & 0o002 && colored('ow')) return 'ow'
      return mode & 0o1000 && colored('st') ? 'st' : 'di'
    case S_IFLNK:
      return missingTarget && colored('or') ? 'or' : 'ln'
    case S_IFIFO:
      return 'pi'
    case S_IFSOCK:
      return 'so'
    case S_IFBLK:
      return 'bd'
    case S_IFCHR:
      return 'cd'
    default:
      if (mode & 0o4000 && colored('su')) return 'su'
      if (mode & 0o2000 && colored('sg')) return 'sg'
      return mode & 0o111 && colored('ex') ? 'ex' : 'fi'
  }
}
