/**
 * What a terminal printed since its screen was last empty, so that a screen can be brought back with its machine: a checkpoint
 * remembers files and shell, this remembers what stood above the prompt.
 */
export interface ScreenLog {
  append(bytes: Uint8Array): void
  /** Starts over with these bytes. */
  replace(bytes: Uint8Array): void
  /** All up to where the last prompt began (its OSC 133;A mark); all of it, when there was none. */
  beforePrompt(): Uint8Array
  /** From the last prompt's beginning on; nothing, when there was none. */
  sincePrompt(): Uint8Array
}

const PROMPT_MARK = Array.from('\x1b]133;A', character => character.charCodeAt(0))
/** A program that prints without end: the oldest output falls off, as it does from the terminal's own scrollback. */
const LIMIT = 1 << 20

export function createScreenLog(): ScreenLog {
  let bytes = new Uint8Array(4096)
  let length = 0

  const keep = (wanted: number) => {
    if (wanted <= bytes.length) return
    const grown = new Uint8Array(Math.max(wanted, bytes.length * 2))
    grown.set(bytes.subarray(0, length))
    bytes = grown
  }
  const promptStart = () => {
    for (let at = length - PROMPT_MARK.length; at >= 0; at--)
      if (PROMPT_MARK.every((byte, offset) => bytes[at + offset] === byte)) return at
    return -1
  }

  return {
    append(added) {
      keep(length + added.length)
      bytes.set(added, length)
      length += added.length
      if (length <= LIMIT) return
      bytes.copyWithin(0, length - LIMIT / 2, length)
      length = LIMIT / 2
    },
    replace(content) {
      length = 0
      keep(content.length)
      bytes.set(content)
      length = content.length
    },
    beforePrompt() {
      const start = promptStart()
      return bytes.slice(0, start < 0 ? length : start)
    },
    sincePrompt() {
      const start = promptStart()
      return start < 0 ? new Uint8Array() : bytes.slice(start, length)
    },
  }
}
