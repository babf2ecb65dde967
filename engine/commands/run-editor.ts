import type { Process } from '../machine/process.ts'
import { signals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import type { EditBuffer } from './edit-buffer.ts'
import { editScreen, FRAME, type EditLook } from './edit-screen.ts'
import { takeKeys } from './take-keys.ts'

/** A key by the bytes that a terminal sends for it. */
const key = /\x1b(?:\[[0-9;]*[~A-Za-z]|O[A-Z]|[^])|[^]/gu

/** Shows the buffer on the terminal and obeys the keys typed on descriptor `keyboard`, until one says exit. `save` rejects with a SystemError. */
export async function runEditor(
  process: Process, buffer: EditBuffer, keyboard: number, file: { name: string; message: string; save(name: string, text: string): Promise<void> },
): Promise<void> {
  const { system, stdout } = process
  const look: EditLook = { rows: 24, columns: 80, name: file.name, top: 0, message: file.message, asking: false }
  const decoder = new TextDecoder()
  let typed: string[] = []
  let sought = ''

  async function draw() {
    const size = await system.getWindowSize(stdout.fd)
    look.rows = Math.max(FRAME + 1, size.rows)
    look.columns = Math.max(2, size.columns)
    const page = look.rows - FRAME
    if (buffer.row < look.top || buffer.row >= look.top + page) look.top = Math.max(0, buffer.row - Math.floor(page / 2))
    await stdout.write(editScreen(buffer, look))
    await stdout.flush()
  }

  /** '' where a signal came: the window has another size. */
  async function readKeys(): Promise<string[]> {
    try {
      const bytes = await system.read(keyboard, 4096)
      return bytes.length ? decoder.decode(bytes, { stream: true }).match(key) ?? [] : ['\x18']
    } catch (error) {
      if (error instanceof SystemError && error.code === 'EINTR') return ['']
      throw error
    }
  }

  async function nextKey(): Promise<string> {
    if (!typed.length) {
      await draw()
      typed = await readKeys()
    }
    return typed.shift() ?? ''
  }

  /** A line from the person, which begins as `answer`; undefined where they gave it up. */
  async function ask(question: string, answer: string): Promise<string | undefined> {
    look.asking = true
    try {
      for (;;) {
        look.message = `${question}: ${answer}`
        const pressed = await nextKey()
        if (pressed === '\r' || pressed === '\n') return answer
        if (pressed === '\x03' || pressed === '\x07') return undefined
        if (pressed === '\x7f' || pressed === '\b') answer = answer.slice(0, -1)
        else if (pressed >= ' ' && !pressed.startsWith('\x1b')) answer += pressed
      }
    } finally {
      look.asking = false
      look.message = ''
    }
  }

  async function save(): Promise<boolean> {
    const name = await ask('File to write', look.name)
    return name ? saveAs(name) : false
  }

  async function saveAs(name: string): Promise<boolean> {
    try {
      await file.save(name, buffer.text())
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      look.message = `${name}: ${error.message}`
      return false
    }
    look.name = name
    look.message = `${buffer.lines.length} ${buffer.lines.length === 1 ? 'line' : 'lines'} written`
    buffer.saved()
    return true
  }

  async function mayLeave(): Promise<boolean> {
    if (!buffer.modified) return true
    for (;;) {
      look.asking = true
      look.message = 'Save what has changed? (y, n; ^C: stay) '
      const pressed = await nextKey()
      look.asking = false
      look.message = ''
      if (/^y$/i.test(pressed)) return save()
      if (/^n$/i.test(pressed)) return true
      if (pressed === '\x03' || pressed === '\x07') return false
    }
  }

  async function search() {
    const words = await ask(sought ? `Search [${sought}]` : 'Search', '')
    if (words === undefined) return
    sought = words || sought
    if (sought && !buffer.find(sought)) look.message = `"${sought}" is not in it`
  }

  const page = () => look.rows - FRAME
  const actions: Record<string, () => unknown> = {
    '': () => undefined,
    '\r': () => buffer.insert('\n'),
    '\n': () => buffer.insert('\n'),
    '\t': () => buffer.insert('\t'),
    '\x7f': buffer.backspace,
    '\b': buffer.backspace,
    '\x04': buffer.delete,
    '\x1b[3~': buffer.delete,
    '\x02': () => buffer.moveBy(-1),
    '\x1b[D': () => buffer.moveBy(-1),
    // As nano does since 8.0; browsers close their tab on ^W.
    '\x06': search,
    '\x1b[C': () => buffer.moveBy(1),
    '\x10': () => buffer.moveRows(-1),
    '\x1b[A': () => buffer.moveRows(-1),
    '\x0e': () => buffer.moveRows(1),
    '\x1b[B': () => buffer.moveRows(1),
    '\x19': () => buffer.moveRows(-page()),
    '\x1b[5~': () => buffer.moveRows(-page()),
    '\x16': () => buffer.moveRows(page()),
    '\x1b[6~': () => buffer.moveRows(page()),
    '\x01': () => buffer.moveToColumn(0),
    '\x1b[H': () => buffer.moveToColumn(0),
    '\x05': () => buffer.moveToColumn(Infinity),
    '\x1b[F': () => buffer.moveToColumn(Infinity),
    '\x0b': buffer.cut,
    '\x15': buffer.paste,
    '\x17': search,
    '\x0f': save,
    '\x13': () => look.name ? saveAs(look.name) : save(),
    '\x03': () => { look.message = `line ${buffer.row + 1} of ${buffer.lines.length}, column ${buffer.column + 1}` },
  }

  process.onSignal(signals.SIGWINCH, () => {})
  const giveBack = await takeKeys(system, keyboard, true)
  try {
    await stdout.write('\x1b[?1049h')
    for (;;) {
      const pressed = await nextKey()
      look.message = ''
      if (pressed === '\x18') {
        if (await mayLeave()) return
        continue
      }
      // Some programs leave the terminal in the mode in which arrows begin otherwise.
      const action = actions[pressed.replace(/^\x1bO/, '\x1b[')]
      if (action) await action()
      else if (pressed >= ' ' && !pressed.startsWith('\x1b')) buffer.insert(pressed)
    }
  } finally {
    await stdout.write('\x1b[?1049l')
    await stdout.flush()
    await giveBack()
  }
}
