/** The line that is being typed in canonical mode: its erasing, and how that and control characters look (ECHOE, ECHOKE, ECHOCTL). */
import type { Termios } from './system-calls.ts'
import { iflag, lflag } from './termios.ts'

const backspace = 0x08
const tab = 0x09
const newline = 0x0a
const wipe = [backspace, 0x20, backspace]

const isControl = (byte: number) => byte < 0x20 || byte === 0x7f
const isContinuation = (byte: number) => (byte & 0xc0) === 0x80
/** Linux's ctype is Latin-1's: a letter beyond ASCII counts as one by its first UTF-8 byte. */
const isWord = (byte: number) => byte >= 0xc0 || byte === 0x5f || /[0-9A-Za-z]/.test(String.fromCharCode(byte))

export interface LineEditor {
  readonly length: number
  push(byte: number): void
  /** Empties it. */
  take(): number[]
  /** `byte` is the control character that asked for it. */
  erase(what: 'character' | 'word' | 'line', byte: number): void
  reprint(byte: number): void
  /** Shows a typed byte: as ^X where it is a control character. */
  echo(byte: number): void
}

export function createLineEditor(terminal: { readonly termios: Termios; echo(bytes: readonly number[]): void; column(): number }): LineEditor {
  let line: number[] = []
  /** The column where the line began. */
  let start = 0

  const local = (bit: number) => (terminal.termios.lflag & bit) !== 0
  const echoed = (byte: number) =>
    isControl(byte) && byte !== tab && local(lflag.ECHOCTL) ? [0x5e, byte ^ 0x40] : [byte]

  /** How many columns the line's first bytes take, from `start`. */
  const columnAfter = (count: number) => {
    let column = start
    for (const byte of line.slice(0, count)) {
      if (byte === tab) column = (column | 7) + 1
      else if (isControl(byte)) column += local(lflag.ECHOCTL) ? 2 : 0
      else if (!(terminal.termios.iflag & iflag.IUTF8 && isContinuation(byte))) column++
    }
    return column
  }

  /** Where the last character begins. */
  const lastCharacter = () => {
    let at = line.length - 1
    if (terminal.termios.iflag & iflag.IUTF8) while (at > 0 && isContinuation(line[at]!)) at--
    return at
  }

  const eraseCharacter = (visibly: boolean, byte: number) => {
    const at = lastCharacter()
    const width = columnAfter(line.length) - columnAfter(at)
    const isTab = line[at] === tab
    line.length = at
    if (!local(lflag.ECHO)) return
    if (!visibly) return terminal.echo(echoed(byte))
    for (let column = 0; column < width; column++) terminal.echo(isTab ? [backspace] : wipe)
  }

  /** Always visible: ECHOE is about VERASE only. */
  const eraseWord = (byte: number) => {
    let inWord = false
    while (line.length > 0) {
      const word = isWord(line[lastCharacter()]!)
      if (inWord && !word) return
      inWord ||= word
      eraseCharacter(true, byte)
    }
  }

  const eraseLine = (byte: number) => {
    if (local(lflag.ECHO) && local(lflag.ECHOK) && local(lflag.ECHOKE) && local(lflag.ECHOE)) {
      while (line.length > 0) eraseCharacter(true, byte)
      return
    }
    line = []
    if (!local(lflag.ECHO)) return
    terminal.echo(echoed(byte))
    if (local(lflag.ECHOK)) terminal.echo([newline])
  }

  return {
    get length() {
      return line.length
    },
    push(byte) {
      line.push(byte)
    },
    take() {
      const taken = line
      line = []
      return taken
    },
    erase(what, byte) {
      if (line.length === 0) return
      if (what === 'character') eraseCharacter(local(lflag.ECHOE), byte)
      else if (what === 'word') eraseWord(byte)
      else eraseLine(byte)
    },
    reprint(byte) {
      terminal.echo([...echoed(byte), newline, ...line.flatMap(echoed)])
      start = 0
    },
    echo(byte) {
      if (line.length === 0) start = terminal.column()
      terminal.echo(echoed(byte))
    },
  }
}
