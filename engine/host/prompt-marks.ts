/**
 * Reads the shell's OSC 133 prompt marks (FinalTerm's semantic prompts) and OSC 7 directory out of a terminal's output.
 * The bytes pass through untouched elsewhere; this only listens, across chunk borders.
 */
export type PromptMark = { kind: 'prompt' } | { kind: 'input' } | { kind: 'command' } | { kind: 'done'; status: number } | { kind: 'directory'; path: string }

const ESC = 0x1b
const BEL = 0x07
/** Longer than any mark the shell writes; an unending OSC from a program is dropped here. */
const MAX_LENGTH = 8192

export function createPromptMarks(onMark: (mark: PromptMark) => void): (bytes: Uint8Array) => void {
  let state: 'text' | 'escape' | 'osc' = 'text'
  let body: number[] = []
  const decoder = new TextDecoder()

  const end = () => {
    state = 'text'
    const mark = parseMark(decoder.decode(Uint8Array.from(body)))
    body = []
    if (mark) onMark(mark)
  }

  return bytes => {
    for (const byte of bytes) {
      if (state === 'text') {
        if (byte === ESC) state = 'escape'
      } else if (state === 'escape') {
        state = byte === 0x5d ? 'osc' : byte === ESC ? 'escape' : 'text'
      } else if (byte === BEL) {
        end()
      } else if (byte === ESC) {
        end()
        state = 'escape'
      } else if (body.push(byte) > MAX_LENGTH) {
        body = []
        state = 'text'
      }
    }
  }
}

function parseMark(text: string): PromptMark | undefined {
  if (text.startsWith('7;file://')) {
    const path = text.slice('7;file://'.length).replace(/^[^/]*/, '')
    try {
      return { kind: 'directory', path: decodeURIComponent(path) }
    } catch {
      // A directory's name with a bare % in it: shown as it is.
      return { kind: 'directory', path }
    }
  }
  switch (text.slice(0, 5)) {
    case '133;A': return { kind: 'prompt' }
    case '133;B': return { kind: 'input' }
    case '133;C': return { kind: 'command' }
    case '133;D': return { kind: 'done', status: Number(text.slice(6)) || 0 }
  }
  return undefined
}
