/**
 * Keys out of what a terminal sends (xterm's and VT220's sequences). A key is named `a`, `C-a`, `M-b`, `Up`, `C-Left`, `Delete`, `Tab`,
 * `Enter`, `Backspace`; pasted text (bracketed paste) comes as one `paste`.
 */
export type Key = { name: string } | { paste: string }

const finals: Record<string, string> = { A: 'Up', B: 'Down', C: 'Right', D: 'Left', H: 'Home', F: 'End' }
const numbers: Record<string, string> = { 1: 'Home', 2: 'Insert', 3: 'Delete', 4: 'End', 5: 'PageUp', 6: 'PageDown', 7: 'Home', 8: 'End' }
const pasteEnd = '\x1b[201~'

/** Feed it characters in order; each call returns the keys that are now complete. */
export function createKeyDecoder(): (text: string) => Key[] {
  let sequence = ''
  let pasted: string | undefined

  function character(text: string): Key[] {
    if (pasted !== undefined) {
      pasted += text
      if (!pasted.endsWith(pasteEnd)) return []
      const paste = pasted.slice(0, -pasteEnd.length)
      pasted = undefined
      return [{ paste: paste.replace(/\r\n?/g, '\n') }]
    }
    if (!sequence && text !== '\x1b') return [{ name: nameOf(text) }]
    sequence += text
    const rest = sequence.slice(1)
    if (rest === '' || rest === '[' || rest === 'O' || /^\[[\d;]+$/.test(rest)) return []
    sequence = ''
    if (rest === '[200~') {
      pasted = ''
      return []
    }
    const found = /^(?:O|\[(?:(\d+)?(?:;(\d+))?)?)([A-Za-z~])$/.exec(rest)
    if (!found) return rest.startsWith('[') ? [] : [{ name: `M-${nameOf(rest)}` }]
    const [, number, modifiers, final = ''] = found
    const name = final === '~' ? numbers[number ?? ''] : finals[final]
    if (name === undefined) return []
    const bits = Number(modifiers ?? 1) - 1
    return [{ name: `${bits & 2 ? 'M-' : ''}${bits & 4 ? 'C-' : ''}${name}` }]
  }

  return (text) => [...text].flatMap(character)
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\r' || character === '\n') return 'Enter'
  if (character === '\t') return 'Tab'
  if (code === 0x7f || code === 8) return 'Backspace'
  if (code === 0x1f) return 'C-_'
  if (code < 0x20) return `C-${String.fromCharCode(code + 0x60)}`
  return character
}
