/**
 * Gives the shell's prompt and the typed command their look, by the OSC 133 marks around them: the prompt in the accent colour,
 * the command bold, as the static transcript shows them. The shell itself stays plain (PS1 is `$ `).
 */
const LOOK: Record<string, string> = { A: '\x1b[0;32m', B: '\x1b[0;1m', C: '\x1b[0m', D: '\x1b[0m' }
const MARK = /\x1b\]133;([ABCD])[^\x07\x1b]*(?:\x07|\x1b\\)/g
/** A mark that the end of a chunk has cut off. */
const BEGUN = /\x1b(?:\](?:1(?:3(?:3(?:;[^\x07\x1b]{0,64}(?:\x1b)?)?)?)?)?)?$/

/** Returns a filter for a stream of output chunks. */
export function createPromptColours(): (bytes: Uint8Array) => Uint8Array {
  let held = ''
  return bytes => {
    if (!held && !bytes.includes(0x1b)) return bytes
    let text = held
    for (const byte of bytes) text += String.fromCharCode(byte)
    held = BEGUN.exec(text)?.[0] ?? ''
    text = text.slice(0, text.length - held.length).replace(MARK, (mark, kind: string) => mark + LOOK[kind])
    return Uint8Array.from(text, character => character.charCodeAt(0))
  }
}
