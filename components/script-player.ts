/**
 * Plays a transcript's steps on a live session: a pure state machine over what the terminal prints. It knows the commands' ends by
 * the shell's OSC 133 marks, goes back by checkpoints, and leaves the terminal to a person at any time.
 */
import type { Session } from '../engine/host/session.ts'
import { createPromptMarks } from '../engine/host/prompt-marks.ts'
import { controlKey } from '../engine/transcript/control-key.ts'
import type { Step } from '../engine/transcript/transcript.ts'
import { createMarkWaits, givenUp } from './mark-waits.ts'
import { createScreenLog } from './screen-log.ts'
import { typingDelay } from './typing-delay.ts'

export type Doing = 'nothing' | 'typing' | 'running' | 'restoring'

export interface PlayerState {
  /** Steps that are done. */
  position: number
  doing: Doing
  /** A person has the keyboard. */
  hand: boolean
}

export interface PlayerOptions {
  steps: Step[]
  session: Session
  /** Puts bytes on the screen. */
  print(bytes: Uint8Array): void
  /** Empties the screen. */
  clear(): void
  onChange(state: PlayerState): void
  /** False: commands appear whole (reduced motion). */
  typing(): boolean
}

export interface ScriptPlayer {
  readonly state: PlayerState
  /** Waits for the first prompt and remembers it as the script's beginning. */
  begin(): Promise<void>
  /**
   * Brings the terminal to the state after `step` steps. Only a single step forward that was clicked is typed for the eyes; resolves
   * when it is there, or when a later call has taken over.
   */
  goTo(step: number, clicked: boolean): Promise<void>
  /** Completes the command that is being typed. False: nothing was. */
  hurry(): boolean
  takeOver(): void
  /** A person has brought the machine to the state after `step` steps: the click that says so finds nothing left to do. */
  reached(step: number): void
  /** The script goes on with the next step, from where it left. */
  giveBack(): void
  /** Back to the script's state at its present step, now. */
  reset(): Promise<void>
  close(): void
}

/** Milliseconds without output after which a program that waits for input has said what it had to say. */
const QUIET = 150
/** The same for one that does not read its terminal (a server). */
const LONG_QUIET = 700
const KILL_LINE = '\x15'
/** Python's prompt indents the line after; the script brings its own indentation. */
const NEXT_LINE = `\r${KILL_LINE}`

/** Before this step the program at the terminal is one that asks for nothing. */
const isLeftRunning = (next: Step | undefined) => next === undefined || next.prompt === ''

export function createScriptPlayer(options: PlayerOptions): ScriptPlayer {
  const { steps, session } = options
  const state: PlayerState = { position: 0, doing: 'nothing', hand: false }
  const log = createScreenLog()
  const checkpoints: ({ number: number; screen: Uint8Array } | undefined)[] = []
  const waits = createMarkWaits()
  const { until } = waits
  let wanted = 0
  /** Steps before this one are replayed whole. */
  let replayTo = 0
  /** The terminal is not where the script left it. */
  let strayed = false
  let resetting = false
  let unrunLine = false
  let hurried: (() => void) | undefined
  let held: ReturnType<typeof createScreenLog> | undefined
  let lastOutput = 0
  let spoke = false
  /** As the output says, which comes before the session's state. */
  let atPrompt = session.state.atPrompt
  let closed = false
  let pumps = false
  let pumping = Promise.resolve()
  /** The answer that the script's beginning is remembered, while it has not come. */
  let beginning: Promise<void> | undefined

  const marks = createPromptMarks(mark => {
    if (mark.kind === 'command') spoke = atPrompt = false
    if (mark.kind === 'input') atPrompt = true
    waits.hear(mark.kind)
  })
  const unsubscribe = session.onOutput(bytes => {
    lastOutput = performance.now()
    spoke = true
    if (held) held.append(bytes)
    else {
      log.append(bytes)
      options.print(bytes)
    }
    marks(bytes)
  })

  function change(next: Partial<PlayerState>) {
    Object.assign(state, next)
    options.onChange({ ...state })
  }

  /** Not while restoring: its prompt would come in the middle of what is done next. */
  function giveUp() {
    if (state.doing === 'restoring' && !closed) return
    waits.giveUp()
  }

  async function type(text: string, whole: boolean, step: number) {
    let rest = whole
    const characters = Array.from(text)
    for (const [index, character] of characters.entries()) {
      if (rest) {
        session.input(characters.slice(index).join('').replaceAll('\n', NEXT_LINE))
        return
      }
      session.input(character === '\n' ? NEXT_LINE : character)
      const pause = until([], typingDelay(step, index))
      const stop = new Promise<void>(resolve => { hurried = () => { rest = true; resolve() } })
      await Promise.race([pause, stop])
      // The pause that lost the race still ends by itself; its giving up is this step's own.
      pause.catch(() => undefined)
    }
  }

  async function settled(step: Step, next: Step | undefined) {
    if (step.kind === 'start') await until(['command'])
    // What is typed before there is a prompt would stand above it; input without one may be for a program that says nothing.
    const promptComes = !isLeftRunning(next)
    lastOutput = performance.now()
    for (;;) {
      await until(['input'], 40)
      const quiet = performance.now() - lastOutput
      const { waiting } = session.state
      // One that is expected to say something may still be on its way up.
      const said = spoke || step.output === ''
      if (atPrompt || (next?.prompt !== '$ ' && waiting && quiet > QUIET) || (!promptComes && said && quiet > LONG_QUIET)) return
    }
  }

  async function play(step: Step, number: number) {
    const whole = !options.typing() || number < replayTo || wanted > number + 1
    if (unrunLine) session.input(KILL_LINE)
    unrunLine = false
    change({ doing: 'typing' })
    const key = step.prompt === '' ? controlKey(step.command) : undefined
    if (key === undefined) await type(step.command, whole, number)
    hurried = undefined
    if (step.kind === 'type') {
      unrunLine = true
      return change({ position: number + 1, doing: 'nothing' })
    }
    change({ doing: 'running' })
    const ended = step.kind === 'run' ? until(['done', 'input']) : settled(step, steps[number + 1])
    session.input(key ?? '\r')
    await ended
    // A program that the script leaves running was ended with its slide: that is no state to come back to.
    if (atPrompt && !state.hand && !(step.kind === 'start' && isLeftRunning(steps[number + 1]))) await remember(number + 1)
    change({ position: number + 1, doing: 'nothing' })
  }

  async function remember(number: number) {
    if (checkpoints[number]) return
    const screen = log.beforePrompt()
    const checkpoint = await session.checkpoint()
    if (checkpoint !== undefined) checkpoints[number] = { number: checkpoint, screen }
  }

  async function goBack(to: number) {
    change({ doing: 'restoring' })
    let number = to
    while (number > 0 && !checkpoints[number]) number--
    const checkpoint = checkpoints[number]
    if (!checkpoint) throw new Error('the script has no beginning: begin() was not called')
    held = createScreenLog()
    const prompt = until(['input'])
    prompt.catch(() => undefined)
    await session.restore(checkpoint.number)
    await prompt
    const fresh = held.sincePrompt()
    held = undefined
    log.replace(checkpoint.screen)
    log.append(fresh)
    options.clear()
    options.print(checkpoint.screen)
    options.print(fresh)
    // Taken over in the meantime: what is typed from here on is not the script's.
    strayed = state.hand
    resetting = false
    unrunLine = false
    replayTo = to
    change({ position: number, doing: 'nothing' })
  }

  async function pump() {
    pumps = true
    try {
      if (beginning) {
        // Who asks whether a click has been answered is not told that all is quiet.
        if (state.position !== wanted) change({ doing: 'running' })
        await beginning
        change({ doing: 'nothing' })
      }
      while (!closed && !state.hand && (state.position !== wanted || strayed || resetting)) await stepOn()
    } finally {
      // In the moment of the last look: what is wanted from now on is the next pump's.
      pumps = false
      if (!state.hand) change({ doing: 'nothing' })
    }
  }

  async function stepOn() {
    try {
      const step = steps[state.position]
      if (strayed || resetting || wanted < state.position) await goBack(Math.min(wanted, state.position))
      else if (step) await play(step, state.position)
    } catch (error) {
      if (error !== givenUp) throw error
      hurried = undefined
      strayed = true
    }
  }

  function start(): Promise<void> {
    if (!pumps) pumping = pump()
    return pumping
  }

  return {
    state,
    async begin() {
      if (!atPrompt) await until(['input'])
      // A prompt that was printed before anyone listened has to come again.
      const silent = log.sincePrompt().length === 0
      // A person need not wait for the answer: what they type comes after it. The script does, and hears of its failing.
      beginning = remember(0).then(() => { beginning = undefined })
      beginning.catch(() => undefined)
      if (!silent) return
      await beginning
      await goBack(0)
    },
    goTo(step, clicked) {
      if (step !== wanted && state.hand) change({ hand: false })
      if (!clicked) replayTo = step
      if (step < wanted && step <= state.position && state.doing !== 'nothing') giveUp()
      else if (step > wanted) hurried?.()
      wanted = Math.min(step, steps.length)
      return start()
    },
    hurry() {
      const typing = state.doing === 'typing' && hurried !== undefined
      hurried?.()
      return typing
    },
    takeOver() {
      if (state.hand) return
      strayed = true
      if (state.doing === 'typing') {
        giveUp()
        session.input(KILL_LINE)
      }
      change({ hand: true, doing: state.doing === 'typing' ? 'nothing' : state.doing })
    },
    reached(step) {
      wanted = step
      change({ position: step })
    },
    giveBack: () => change({ hand: false }),
    reset() {
      resetting = true
      change({ hand: false })
      if (state.doing !== 'nothing') giveUp()
      return start()
    },
    close() {
      closed = true
      giveUp()
      unsubscribe()
    },
  }
}
