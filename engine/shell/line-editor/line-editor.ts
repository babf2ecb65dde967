/**
 * The line editor as a state machine: keys in, a line and a cursor out. It knows no terminal; screen.ts draws it, completion comes from
 * outside. Keys are those of readline's emacs mode.
 */
import { bindings, type EditContext } from './bindings.ts'
import type { Key } from './keys.ts'
import { createKillRing, type KillRing } from './kill-ring.ts'
import { createSearch, type Search } from './search.ts'

/** What the editor asks for, or how it ended. */
export type Effect =
  | { type: 'none' | 'bell' | 'clear' | 'interrupt' | 'end-of-file' }
  | { type: 'accept'; line: string }
  | { type: 'complete'; again: boolean; list: boolean }

export interface View {
  text: string
  /** Index into the text. */
  cursor: number
  /** Takes the prompt's place during a search. */
  prompt: string | undefined
  /** Part of the text that is shown inverse. */
  highlight: { start: number; end: number } | undefined
}

export interface LineEditor {
  press(key: Key): Effect
  view(): View
  /** Puts text in the place of [start, cursor). */
  replaceBefore(start: number, text: string): void
}

/** The shell's whole session shares one: kills outlive a line. */
export interface EditorMemory {
  readonly history: readonly string[]
  readonly killRing: KillRing
}

export const createEditorMemory = (history: readonly string[]): EditorMemory => ({ history, killRing: createKillRing() })

export function createLineEditor({ history, killRing }: EditorMemory): LineEditor {
  /** The lines one can go to, edits included; the last one is new. */
  const lines = [...history, '']
  let search: Search | undefined
  let last = ''
  let quotedInsert = false
  const undo: { text: string; cursor: number }[] = []

  const context: EditContext = {
    text: '',
    cursor: 0,
    lines,
    index: lines.length - 1,
    killRing,
    last: '',
    yankStart: 0,
    argument: { depth: 0, start: 0 },
    replace(start, end, text) {
      undo.push({ text: context.text, cursor: context.cursor })
      context.text = context.text.slice(0, start) + text + context.text.slice(end)
      context.cursor = start + text.length
    },
    kill(start, end, direction) {
      killRing.kill(context.text.slice(start, end), direction)
      context.replace(start, end, '')
      context.cursor = start
    },
    goTo(index) {
      if (index < 0 || index >= lines.length) return false
      lines[context.index] = context.text
      context.index = index
      context.text = lines[index] ?? ''
      context.cursor = context.text.length
      undo.length = 0
      return true
    },
    undo() {
      const state = undo.pop()
      if (!state) return false
      Object.assign(context, state)
      return true
    },
  }

  const insert = (text: string) => context.replace(context.cursor, context.cursor, text)
  const none: Effect = { type: 'none' }

  function pressInSearch(name: string, found: Search): Effect {
    const result = found.press(name)
    if (result === 'stay') return none
    if (result === 'bell') return { type: 'bell' }
    search = undefined
    if (result === 'abort') return none
    return name === 'M-Escape' ? none : press({ name })
  }

  function press(key: Key): Effect {
    if ('paste' in key) {
      search = undefined
      insert(key.paste.replace(/\n$/, ''))
      last = 'paste'
      return none
    }
    const { name } = key
    if (quotedInsert) {
      quotedInsert = false
      insert(literalOf(name))
      return none
    }
    if (search) return pressInSearch(name, search)
    context.last = last
    const before = last
    last = name
    if (!/^(C-k|C-u|C-w|M-d|M-Backspace)$/.test(name)) killRing.close()
    switch (name) {
      case 'Enter': return { type: 'accept', line: context.text }
      case 'C-c': return { type: 'interrupt' }
      case 'C-d':
        if (!context.text) return { type: 'end-of-file' }
        break
      case 'C-l': return { type: 'clear' }
      case 'C-q':
      case 'C-v':
        quotedInsert = true
        return none
      case 'Tab': return { type: 'complete', again: before === 'Tab', list: false }
      case 'M-?': return { type: 'complete', again: true, list: true }
      case 'C-r':
      case 'C-s':
        search = createSearch(context, name === 'C-r' ? -1 : 1)
        return none
    }
    const binding = Object.hasOwn(bindings, name) ? bindings[name] : undefined
    if (binding) return binding(context) === false ? { type: 'bell' } : none
    if (/^.-/.test(name) || name.length > 2 && /^[A-Z]/.test(name)) return { type: 'bell' }
    insert(name)
    return none
  }

  return {
    press,
    view: () => ({ text: context.text, cursor: context.cursor, prompt: search?.prompt(), highlight: search?.highlight() }),
    replaceBefore: (start, text) => context.replace(start, context.cursor, text),
  }
}

/** The character that a key sends, for Ctrl-V. */
function literalOf(name: string): string {
  if (name === 'Tab') return '\t'
  if (name === 'Enter') return '\r'
  return /^C-.$/.test(name) ? String.fromCharCode((name.codePointAt(2) ?? 0) & 0x1f) : name
}
