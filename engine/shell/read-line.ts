/** One line from the terminal through the line editor: the terminal is in the editor's mode while it edits, and only then. */
import { signals } from '../machine/signals.ts'
import { cc, iflag, lflag } from '../machine/termios.ts'
import type { Termios } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { createCharacterSource } from './character-source.ts'
import { complete } from './completion.ts'
import type { Interpreter } from './interpreter.ts'
import { inColumns } from './line-editor/columns.ts'
import { createKeyDecoder } from './line-editor/keys.ts'
import { createLineEditor, type EditorMemory, type Effect } from './line-editor/line-editor.ts'
import { createScreen } from './line-editor/screen.ts'
import { ShellError } from './shell-error.ts'
import type { Terminal } from './terminal.ts'

export type LineResult = { type: 'line'; line: string } | { type: 'interrupt' } | { type: 'end-of-file' }

/** Above so many candidates readline asks before it lists them. */
const askFrom = 100

const pasteOn = '\x1b[?2004h'
const pasteOff = '\x1b[?2004l\r'

/** `before` is printed ahead of the prompt and `after` behind it, once: the prompt marks. */
export async function readLine(
  prompt: { text: string; before: string; after: string }, memory: EditorMemory, terminal: Terminal, shell: Interpreter,
): Promise<LineResult> {
  const { system, process } = shell
  const { fd } = terminal
  const show = (text: string) => (text ? shell.write(fd, text) : undefined)
  let resized = false
  process.onSignal(signals.SIGWINCH, () => {
    resized = true
  })
  const columns = async () => (await system.getWindowSize(fd)).columns || 80

  await terminal.setTermios(editing(terminal.termios))
  const editor = createLineEditor(memory)
  const screen = createScreen(prompt.text, await columns())
  const decode = createKeyDecoder()
  const source = createCharacterSource(fd, shell)
  await show(pasteOn + prompt.before + screen.draw(editor.view()) + prompt.after)

  try {
    for (;;) {
      const character = await nextCharacter()
      if (character === undefined) return await finish('', { type: 'end-of-file' })
      for (const key of decode(character)) {
        const result = await act(editor.press(key))
        if (result) return result
      }
      // While more is waiting (a paste, a script's typing) there is no need to draw each character.
      if ((await system.available(fd)) === 0) await show(screen.draw(editor.view()))
    }
  } finally {
    await terminal.setTermios(terminal.termios)
    await system.sigaction(signals.SIGWINCH, 'default')
  }

  /** undefined when the terminal is gone. A resize redraws, and an interrupt from outside counts as Ctrl-C. */
  async function nextCharacter(): Promise<string | undefined> {
    for (;;) {
      try {
        const found = await source.next(() => resized)
        return typeof found === 'string' ? found : undefined
      } catch (error) {
        if (error instanceof SystemError) return undefined
        if (!(error instanceof ShellError)) throw error
        if (shell.traps.interrupted) {
          shell.traps.interrupted = false
          return '\x03'
        }
        resized = false
        await show(screen.resize(await columns(), editor.view()))
      }
    }
  }

  async function finish(text: string, result: LineResult): Promise<LineResult> {
    await show(screen.draw({ ...editor.view(), prompt: undefined, highlight: undefined }) + screen.leave() + text + pasteOff)
    return result
  }

  async function act(effect: Effect): Promise<LineResult | undefined> {
    switch (effect.type) {
      case 'none': return undefined
      case 'bell':
        await show('\x07')
        return undefined
      case 'accept': return finish('\n', { type: 'line', line: effect.line })
      case 'interrupt': return finish('^C\n', { type: 'interrupt' })
      case 'end-of-file': return finish('\n', { type: 'end-of-file' })
      case 'clear':
        await show(screen.redraw(editor.view(), true))
        return undefined
      case 'complete': return completeWord(effect.again, effect.list)
    }
  }

  async function completeWord(again: boolean, list: boolean): Promise<undefined> {
    const { text, cursor } = editor.view()
    const found = await complete(text, cursor, shell)
    if (!found) return void (await show('\x07'))
    const replacement = found.common + found.suffix
    if (!list && replacement !== text.slice(found.start, cursor)) {
      editor.replaceBefore(found.start, replacement)
      if (found.names.length > 1) await show('\x07')
      return
    }
    if (!again) return void (await show('\x07'))
    await show(`${screen.draw(editor.view())}${screen.leave()}\n`)
    if (found.names.length < askFrom || (await agrees(found.names.length))) await show(inColumns(found.names, await columns()))
    await show(screen.redraw(editor.view(), false))
  }

  async function agrees(count: number): Promise<boolean> {
    await show(`Display all ${count} possibilities? (y or n)`)
    const answer = await nextCharacter()
    await show('\n')
    return answer === 'y' || answer === 'Y' || answer === ' '
  }
}

/** Characters one by one, no echo, no signals from keys; output stays as commands have it. */
function editing(termios: Termios): Termios {
  const characters = [...termios.cc]
  characters[cc.VMIN] = 1
  characters[cc.VTIME] = 0
  return {
    ...termios,
    iflag: termios.iflag & ~(iflag.ICRNL | iflag.INLCR | iflag.IXON),
    lflag: termios.lflag & ~(lflag.ICANON | lflag.ECHO | lflag.ISIG | lflag.IEXTEN),
    cc: characters,
  }
}
