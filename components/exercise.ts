/**
 * A transcript as an exercise: a person types, and a step is done when its output has come and the machine is as after the script's own
 * step. How it was brought there does not matter: `printf` does for `echo`.
 */
import { createPromptMarks } from '../engine/host/prompt-marks.ts'
import type { Session } from '../engine/host/session.ts'
import { matchOutput } from '../engine/transcript/match-output.ts'
import { promptAfter } from '../engine/transcript/prompt-after.ts'
import { screenText } from '../engine/transcript/screen-text.ts'
import type { Step } from '../engine/transcript/transcript.ts'

export interface ExerciseOptions {
  steps: Step[]
  session: Session
  /** Steps that are done. */
  position(): number
  /** One line on what is not as after the script's first `steps` steps; undefined where all is. */
  difference(steps: number): Promise<string | undefined>
  /** So many steps are done now. */
  onDone(steps: number): void
  /** What was typed last was not the step: one line, or nothing when something new is typed. */
  onMissed(reason: string | undefined): void
}

/** Milliseconds without output after which what was typed has said what it had to say. */
const QUIET = 250
const COMMAND = '\x1b]133;C\x07'
const DONE = '\x1b]133;D;'
/** Characters, of what was printed since the last prompt: more than a step of any transcript has. */
const MOST = 1 << 18

/** A remark after a command is for those who read along; nobody has to type it. */
export const withoutRemark = (command: string) => command.replace(/\s+# .*$/, '')

const withoutBlankLines = (text: string) => text.split('\n').filter(line => line.trim() !== '').join('\n')

/** Follows a person on the session until it is closed. */
export function createExercise({ steps, session, position, difference, onDone, onMissed }: ExerciseOptions): { close(): void } {
  const decoder = new TextDecoder()
  /** Since the shell's last prompt, or the last step that was done. */
  let text = ''
  let prompted = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  function settled() {
    // The state comes after the bytes that tell it.
    if (prompted && !session.state.atPrompt) return wait()
    const step = steps[position()]
    const ended = prompted && text.includes(COMMAND)
    prompted = false
    if (step?.kind === 'run') {
      if (!ended) return
      const printed = text
      text = ''
      return void judge(printed, step).catch((error: unknown) => { if (!closed) onMissed(error instanceof Error ? error.message : String(error)) })
    }
    if (step && step.kind !== 'type' && isOnScreen(step)) done(position() + 1)
  }

  function done(count: number) {
    text = ''
    onMissed(undefined)
    onDone(count)
  }

  /** A command of the shell has ended: `printed` is it and its output. */
  async function judge(printed: string, step: Step) {
    const number = position()
    const [begin, end] = [printed.lastIndexOf(COMMAND), printed.lastIndexOf(DONE)]
    onMissed(undefined)
    if (matchOutput(step.output, screenText(printed.slice(begin, end))) !== undefined) {
      const isTheCommand = screenText(printed.slice(0, begin)).endsWith(withoutRemark(step.command))
      return isTheCommand ? onMissed('it printed something else') : undefined
    }
    const reason = await difference(number + 1)
    if (closed || position() !== number) return
    if (reason === undefined) done(number + 1)
    else onMissed(reason)
  }

  /** For programs that go on, or that a line is typed for: the command, its output and the prompt after it are the last lines. */
  function isOnScreen(step: Step): boolean {
    const number = position()
    const command = withoutRemark(step.command).split('\n').map(line => `...${line}...`)
    const prompt = (steps[number + 1]?.prompt ?? promptAfter(steps.slice(0, number + 1))).trimEnd()
    const expected = withoutBlankLines(['...', ...command, step.output, prompt].join('\n'))
    return matchOutput(expected, withoutBlankLines(screenText(text))) === undefined
  }

  function wait() {
    clearTimeout(timer)
    timer = setTimeout(settled, QUIET)
  }

  const marks = createPromptMarks(({ kind }) => { if (kind === 'input') prompted = true })
  const stop = session.onOutput(bytes => {
    text = (text + decoder.decode(bytes, { stream: true })).slice(-MOST)
    marks(bytes)
    wait()
  })
  return {
    close() {
      closed = true
      clearTimeout(timer)
      stop()
    },
  }
}
