/** Incremental search in the history (Ctrl-R, Ctrl-S), with bash's prompts. */
import type { EditContext } from './bindings.ts'

export interface Search {
  /** `leave`: the search is over and the key is for the line that was found. */
  press(name: string): 'stay' | 'bell' | 'abort' | 'leave'
  prompt(): string
  highlight(): { start: number; end: number } | undefined
}

export function createSearch(context: EditContext, direction: -1 | 1): Search {
  const origin = { text: context.text, cursor: context.cursor, index: context.index }
  let query = ''
  let way: -1 | 1 = direction
  let failed = false

  /** Looks from the place on; `again` leaves the match where the cursor stands. */
  function find(again: boolean): boolean {
    if (!query) return true
    for (let index = context.index; index >= 0 && index < context.lines.length; index += way) {
      const line = index === context.index ? context.text : (context.lines[index] ?? '')
      const from = index === context.index ? context.cursor + (again ? way : 0) : way < 0 ? line.length : 0
      const at = from < 0 ? -1 : way < 0 ? line.lastIndexOf(query, from) : line.indexOf(query, from)
      if (at < 0) continue
      if (index !== context.index) context.goTo(index)
      context.cursor = at
      failed = false
      return true
    }
    failed = true
    return false
  }

  return {
    press(name) {
      if (name === 'C-g' || name === 'C-c') {
        if (origin.index !== context.index) context.goTo(origin.index)
        context.text = origin.text
        context.cursor = origin.cursor
        return name === 'C-c' ? 'leave' : 'abort'
      }
      if (name === 'C-r' || name === 'C-s') {
        way = name === 'C-r' ? -1 : 1
        return find(true) ? 'stay' : 'bell'
      }
      if (name === 'Backspace' || name === 'C-h') {
        query = [...query].slice(0, -1).join('')
        if (origin.index !== context.index) context.goTo(origin.index)
        context.cursor = way < 0 ? context.text.length : 0
        return find(false) ? 'stay' : 'bell'
      }
      if ([...name].length === 1) {
        query += name
        return find(false) ? 'stay' : 'bell'
      }
      return 'leave'
    },
    prompt: () => `(${failed ? 'failed ' : ''}${way < 0 ? 'reverse-' : ''}i-search)\`${query}': `,
    highlight: () => (query && !failed ? { start: context.cursor, end: context.cursor + query.length } : undefined),
  }
}
