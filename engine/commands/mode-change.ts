/**
 * chmod's mode operand, octal or symbolic (POSIX chmod, "grammar of the symbolic mode"), as a function from old to new permission bits.
 * `umask` limits clauses that name nobody (`+w`). Set-id bits of a directory are kept by an octal mode of fewer than five digits, as in
 * GNU. undefined where the text is no mode.
 */
export type ModeChange = (mode: number, isDirectory: boolean, umask: number) => number

export function parseModeChange(text: string): ModeChange | undefined {
  if (/^[0-7]+$/.test(text)) {
    const bits = parseInt(text, 8)
    if (bits > 0o7777) return undefined
    return (mode, isDirectory) => bits | (isDirectory && text.length < 5 ? mode & 0o6000 : 0)
  }
  const clauses = text.split(',').map(parseClause)
  if (!clauses.every((clause) => clause !== undefined)) return undefined
  return (mode, isDirectory, umask) => clauses.reduce((old, clause) => clause(old, isDirectory, umask), mode & 0o7777)
}

const whoMask: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 }
const permissionBits: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111, s: 0o6000, t: 0o1000 }
const copyShift: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 }

function parseClause(text: string): ModeChange | undefined {
  const match = /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*|[0-7]+))+)$/.exec(text)
  if (!match) return undefined
  const [, who = '', actions = ''] = match
  const steps = [...actions.matchAll(/([-+=])([^-+=]*)/g)]
  return (mode, isDirectory, umask) => {
    const reach = who ? [...who].reduce((mask, one) => mask | (whoMask[one] ?? 0), 0) : 0o7777
    return steps.reduce((old, [, operator = '', what = '']) => {
      const octal = /^[0-7]+$/.test(what)
      let bits = octal ? parseInt(what, 8) : copied(what, old) ?? named(what, old, isDirectory)
      bits &= who || octal ? reach : ~umask
      if (operator === '+') return old | bits
      if (operator === '-') return old & ~bits
      const kept = isDirectory && !what.includes('s') && !octal ? 0o6000 : 0
      return (old & ~(reach & ~kept)) | bits
    }, mode)
  }
}

function copied(what: string, mode: number): number | undefined {
  const shift = copyShift[what]
  return shift === undefined ? undefined : ((mode >> shift) & 7) * 0o111
}

function named(what: string, mode: number, isDirectory: boolean): number {
  const bits = (letter: string) => (letter === 'X' ? (isDirectory || mode & 0o111 ? 0o111 : 0) : permissionBits[letter] ?? 0)
  return [...what].reduce((all, letter) => all | bits(letter), 0)
}
