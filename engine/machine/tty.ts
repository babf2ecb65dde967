/** A terminal device, the slave side: reads, writes, job control, modes. Its input is in line-discipline.ts. */
import { again, type Again } from './block.ts'
import { createLineDiscipline } from './line-discipline.ts'
import { createOpenFile, type OpenFile } from './open-file.ts'
import { createOutputProcessor } from './output-processor.ts'
import { signals } from './signals.ts'
import type { Stat } from './stat.ts'
import { POLLHUP, POLLIN, POLLOUT, type Termios, type WindowSize } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import { createTerminalOutput, type TerminalOutput } from './terminal-output.ts'
import { cc, lflag, usualTermios } from './termios.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

export interface Tty {
  readonly path: string
  /** The session whose controlling terminal it is. */
  session: number | undefined
  /** The foreground process group; 0 is none. */
  foreground: number
  readonly termios: Termios
  setTermios(termios: Termios): void
  size: WindowSize
  readonly hungUp: boolean
  hangUp(): void
  readonly output: TerminalOutput
  readonly input: WaitQueue
  /** Typed by the outside. */
  receive(bytes: Uint8Array): void
  flushInput(): void
  /** Somebody waits to read and there is nothing. */
  readonly waiting: boolean
  onWaiting: ((waiting: boolean) => void) | undefined
  /** As new for the next session: usual modes, nothing typed. */
  reset(): void
  open(path: string, flags: number): OpenFile
}

export interface TtyOptions {
  path: string
  size: WindowSize
  stat: () => Stat
  signalGroup: (pgid: number, signal: number) => void
  /** True when a process of the background must wait; see job-control.ts. */
  holdInBackground: (task: Task, tty: Tty, signal: number) => boolean
}

/** termios VTIME counts tenths of a second. */
const tenth = 100

export function createTty({ path, size, stat, signalGroup, holdInBackground }: TtyOptions): Tty {
  let termios = usualTermios()
  let hungUp = false
  let waiting = false
  let onWaiting: Tty['onWaiting']
  /** Non-canonical mode with VMIN and VTIME: the time between bytes is over. */
  let pauseOver = false
  let pause: ReturnType<typeof setTimeout> | undefined

  const local = (bit: number) => (termios.lflag & bit) !== 0
  const special = (index: number) => termios.cc[index] ?? 0
  const readable = () => hungUp || discipline.readable() || (pauseOver && discipline.available() > 0)

  const noticeWaiting = () => {
    const now = input.size > 0 && !readable()
    if (now === waiting) return
    waiting = now
    // What the program said before it waits is to be seen first.
    if (waiting) output.flush()
    onWaiting?.(waiting)
  }
  const input = createWaitQueue(noticeWaiting)
  const processor = createOutputProcessor({
    get termios() {
      return termios
    },
  })
  const output = createTerminalOutput()
  const discipline = createLineDiscipline({
    get termios() {
      return termios
    },
    get stopped() {
      return output.stopped
    },
    echo: (bytes) => output.echo(processor.process(bytes)),
    column: () => processor.column,
    setStopped: (stopped) => output.setStopped(stopped),
    signal(signal) {
      if (!local(lflag.NOFLSH)) output.discard()
      if (tty.foreground) signalGroup(tty.foreground, signal)
    },
  })

  const restartPause = () => {
    clearTimeout(pause)
    pauseOver = false
    if (local(lflag.ICANON) || special(cc.VTIME) === 0 || special(cc.VMIN) === 0 || discipline.available() === 0) return
    pause = setTimeout(() => {
      pauseOver = true
      input.wake()
    }, special(cc.VTIME) * tenth)
  }
  const changed = () => {
    restartPause()
    noticeWaiting()
    input.wake()
  }

  const read = (length: number, by: Task): Uint8Array | Again => {
    if (hungUp || length === 0) return new Uint8Array()
    if (holdInBackground(by, tty, signals.SIGTTIN)) return again
    const atOnce = !local(lflag.ICANON) && special(cc.VMIN) === 0 && special(cc.VTIME) === 0
    // A read of less than VMIN bytes is content with less.
    const enough = !local(lflag.ICANON) && discipline.available() >= length
    if (!readable() && !atOnce && !enough) return again
    const bytes = discipline.read(length)
    restartPause()
    return bytes
  }

  const open = (openPath: string, flags: number): OpenFile =>
    createOpenFile(openPath, flags, {
      tty,
      stat,
      input,
      output: output.room,
      read,
      write(bytes, by) {
        if (hungUp) throw new SystemError('EIO')
        if (local(lflag.TOSTOP) && holdInBackground(by, tty, signals.SIGTTOU)) return again
        const taken = output.take(bytes)
        if (taken.length === 0) return again
        output.write(processor.process(taken))
        return taken.length
      },
      reopen: (nextFlags) => open(openPath, nextFlags),
      ready: () => (readable() ? POLLIN : 0) | (output.hasRoom() || hungUp ? POLLOUT : 0) | (hungUp ? POLLHUP : 0),
      readLimit: () => (!local(lflag.ICANON) && special(cc.VMIN) === 0 && special(cc.VTIME) > 0 ? special(cc.VTIME) * tenth : undefined),
      available: () => discipline.available(),
      close() {},
    })

  const tty: Tty = {
    path,
    session: undefined,
    foreground: 0,
    size,
    output,
    input,
    open,
    get termios() {
      return termios
    },
    setTermios(next) {
      const wasCanonical = local(lflag.ICANON)
      termios = { ...next, cc: [...next.cc] }
      if (local(lflag.ICANON) !== wasCanonical) discipline.changeMode(!wasCanonical)
      changed()
    },
    get hungUp() {
      return hungUp
    },
    hangUp() {
      hungUp = true
      output.discard()
      changed()
    },
    receive(bytes) {
      if (hungUp) return
      discipline.receive(bytes)
      changed()
    },
    flushInput() {
      discipline.flush()
      changed()
    },
    get waiting() {
      return waiting
    },
    get onWaiting() {
      return onWaiting
    },
    set onWaiting(listener) {
      onWaiting = listener
    },
    reset() {
      tty.setTermios(usualTermios())
      tty.flushInput()
      output.setStopped(false)
    },
  }
  return tty
}
