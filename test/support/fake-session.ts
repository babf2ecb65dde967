import type { Session, SessionState } from '../../engine/host/session.ts'

/**
 * A shell that knows `add WORD` (remembers it), `show` (prints what it remembers) and `wait` (reads lines until one says `stop`),
 * on a terminal that echoes. It speaks the marks of the real one.
 */
export function fakeSession() {
  const encoder = new TextEncoder()
  const listeners = new Set<(bytes: Uint8Array) => void>()
  const checkpoints: string[][] = []
  let words: string[] = []
  let line = ''
  let reading = false
  /** At its prompt. */
  let waits = false
  /** A restore ends every process: what a command of an earlier life would still do is not done. */
  let lives = 0
  const typed: string[] = []
  const state: SessionState = { cwd: '/', atPrompt: false, command: undefined, status: 0, waiting: false }

  const print = (text: string) => { for (const listener of listeners) listener(encoder.encode(text)) }
  // A real one's output overtakes its state, which is a message of its own.
  const prompt = () => {
    waits = true
    print('\x1b]133;A\x07$ \x1b]133;B\x07')
    const now = lives
    setTimeout(() => { if (now === lives && waits) Object.assign(state, { atPrompt: true, waiting: false, command: undefined }) })
  }
  const done = (status = 0) => {
    print(`\x1b]133;D;${status}\x07`)
    state.status = status
    prompt()
  }
  function run(command: string) {
    state.atPrompt = waits = false
    print('\x1b]133;C\x07')
    const [name, word = ''] = command.split(' ')
    const started = lives
    queueMicrotask(() => {
      if (lives !== started) return
      if (name === 'wait') {
        print('waiting\r\n')
        reading = true
        state.waiting = true
        return
      }
      if (name === 'add') words = [...words, word]
      else if (name === 'show') print(`${words.join(' ')}\r\n`)
      else return done(127)
      done()
    })
  }
  function input(text: string) {
    typed.push(text)
    for (const character of text) {
      if (character === '\x15') {
        line = ''
        continue
      }
      if (character !== '\r') {
        line += character
        print(character)
        continue
      }
      print('\r\n')
      const whole = line
      line = ''
      if (!reading) run(whole)
      else if (whole === 'stop') {
        reading = false
        done()
      } else print(`read ${whole}\r\n`)
    }
  }
  const session: Session = {
    get state() { return state },
    input,
    resize: () => undefined,
    onOutput: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onState: () => () => undefined,
    endServers: async () => [],
    checkpoint: async () => {
      if (!waits) throw new Error('not at the prompt')
      return checkpoints.push(words) - 1
    },
    restore: async number => {
      words = checkpoints[number] ?? []
      lives++
      line = ''
      reading = false
      setTimeout(prompt)
    },
    readFile: async () => new Uint8Array(),
    writeFile: async path => path,
    watch: () => () => undefined,
    connect: () => Promise.reject(new Error('no network here')),
    watchPort: () => () => undefined,
    close: () => undefined,
  }
  return { session, prompt, typed, remembered: () => words }
}
