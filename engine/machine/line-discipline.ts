/**
 * A terminal's input side (termios(3), Linux's n_tty): typed bytes become lines to read, echo, signals and flow control.
 * It holds no output and knows no process: it tells its terminal.
 */
import { signals } from './signals.ts'
import { createLineEditor } from './line-editor.ts'
import type { Termios } from './system-calls.ts'
import { cc, iflag, isControlCharacter, lflag } from './termios.ts'

/** MAX_CANON: what more is typed on one line is lost, with a bell if IMAXBEL is set. */
const longestLine = 4095
/** Type-ahead that nobody reads is lost beyond this many bytes. */
const longestTypeAhead = 1 << 18

const newline = 0x0a
const carriageReturn = 0x0d
const bell = 0x07

export interface LineDisciplineTerminal {
  readonly termios: Termios
  /** To be shown, output processing still to come. */
  echo(bytes: readonly number[]): void
  /** Where the cursor stands: erasing a tab needs it. */
  column(): number
  signal(signal: number): void
  /** ^S and ^Q. */
  setStopped(stopped: boolean): void
  readonly stopped: boolean
}

export interface LineDiscipline {
  receive(bytes: Uint8Array): void
  /** Whether a read would have something (end of file included), given how many bytes it may return. */
  readable(): boolean
  read(length: number): Uint8Array
  /** Bytes to be read. */
  available(): number
  flush(): void
  /** ICANON changed: what was typed stays readable. */
  changeMode(canonical: boolean): void
}

export function createLineDiscipline(terminal: LineDisciplineTerminal): LineDiscipline {
  /** Finished lines; an empty one is an end of file. */
  const lines: Uint8Array[] = []
  /** Typed in non-canonical mode. */
  let raw: number[] = []
  let literalNext = false
  const editor = createLineEditor(terminal)

  const local = (bit: number) => (terminal.termios.lflag & bit) !== 0
  const input = (bit: number) => (terminal.termios.iflag & bit) !== 0
  const is = (index: number, byte: number) => isControlCharacter(terminal.termios, index, byte)
  const buffered = () => lines.reduce((sum, line) => sum + line.length, 0)

  const finishLine = () => lines.push(Uint8Array.from(editor.take()))

  const flush = () => {
    lines.length = 0
    raw = []
    literalNext = false
    editor.take()
  }

  const interrupt = (byte: number, signal: number) => {
    if (!local(lflag.NOFLSH)) flush()
    terminal.signal(signal)
    if (terminal.stopped) terminal.setStopped(false)
    if (local(lflag.ECHO)) editor.echo(byte)
  }

  /** Control characters of all modes. True when the byte was one. */
  const control = (byte: number): boolean => {
    if (input(iflag.IXON) && (is(cc.VSTART, byte) || is(cc.VSTOP, byte))) {
      terminal.setStopped(is(cc.VSTOP, byte))
      return true
    }
    if (local(lflag.ISIG)) {
      const signal = is(cc.VINTR, byte) ? signals.SIGINT : is(cc.VQUIT, byte) ? signals.SIGQUIT : is(cc.VSUSP, byte) ? signals.SIGTSTP : 0
      if (signal) {
        interrupt(byte, signal)
        return true
      }
    }
    return false
  }

  /** Editing of the line. True when the byte was used up. */
  const edit = (byte: number): boolean => {
    const extended = local(lflag.IEXTEN)
    if (is(cc.VERASE, byte)) editor.erase('character', byte)
    else if (is(cc.VKILL, byte)) editor.erase('line', byte)
    else if (extended && is(cc.VWERASE, byte)) editor.erase('word', byte)
    else if (extended && is(cc.VLNEXT, byte)) {
      literalNext = true
      if (local(lflag.ECHO) && local(lflag.ECHOCTL)) terminal.echo([0x5e, 0x08])
    } else if (extended && local(lflag.ECHO) && is(cc.VREPRINT, byte)) editor.reprint(byte)
    else if (byte === newline) {
      if (local(lflag.ECHO) || local(lflag.ECHONL)) terminal.echo([newline])
      editor.push(byte)
      finishLine()
    } else if (is(cc.VEOF, byte)) finishLine()
    else if (is(cc.VEOL, byte) || (extended && is(cc.VEOL2, byte))) {
      if (local(lflag.ECHO)) editor.echo(byte)
      editor.push(byte)
      finishLine()
    } else return false
    return true
  }

  /** Outside of canonical mode only a newline that was a carriage return moves the cursor. */
  const store = (byte: number, movesLine: boolean) => {
    const canonical = local(lflag.ICANON)
    const full = canonical ? editor.length >= longestLine || buffered() >= longestTypeAhead : raw.length >= longestTypeAhead
    if (full) {
      if (input(iflag.IMAXBEL)) terminal.echo([bell])
      return
    }
    if (local(lflag.ECHO)) {
      if (byte === newline && movesLine) terminal.echo([newline])
      else editor.echo(byte)
    }
    if (canonical) editor.push(byte)
    else raw.push(byte)
  }

  const receiveByte = (typed: number) => {
    let byte = input(iflag.ISTRIP) ? typed & 0x7f : typed
    if (literalNext) {
      literalNext = false
      return store(byte, false)
    }
    if (control(byte)) return
    if (terminal.stopped && input(iflag.IXON) && input(iflag.IXANY)) terminal.setStopped(false)
    if (byte === carriageReturn) {
      if (input(iflag.IGNCR)) return
      if (input(iflag.ICRNL)) byte = newline
    } else if (byte === newline && input(iflag.INLCR)) byte = carriageReturn
    if (local(lflag.ICANON) && edit(byte)) return
    store(byte, typed !== newline)
  }

  return {
    flush,
    receive: (bytes) => bytes.forEach(receiveByte),
    readable: () => (local(lflag.ICANON) ? lines.length > 0 : raw.length > 0 && raw.length >= (terminal.termios.cc[cc.VMIN] ?? 1)),
    available: () => (local(lflag.ICANON) ? buffered() : raw.length),
    read(length) {
      if (!local(lflag.ICANON)) return Uint8Array.from(raw.splice(0, length))
      const line = lines[0] ?? new Uint8Array()
      if (line.length <= length) lines.shift()
      else lines[0] = line.subarray(length)
      return line.subarray(0, length)
    },
    changeMode(canonical) {
      if (canonical) {
        if (raw.length > 0) lines.push(Uint8Array.from(raw))
        raw = []
      } else {
        raw = [...lines.flatMap((line) => [...line]), ...editor.take()]
        lines.length = 0
      }
    },
  }
}
