/** The one form in which a demo is written: see ARCHITECTURE.md, "The transcript block". */

/** How a step is played. */
export type StepKind =
  /** Type the command, press Enter, wait for the prompt. */
  | 'run'
  /** Type it and leave it there, unrun. */
  | 'type'
  /** Type it, press Enter; it keeps running (a server, an interpreter): the step is done when its output so far has come. */
  | 'start'

export interface Step {
  kind: StepKind
  /** What stands before the command in the source: `$ `, `>>> `, or `` for input to a running program. */
  prompt: string
  /** The text that is typed; a here-document or continued command has newlines in it. */
  command: string
  /** Prompts of the command's second and later lines (`> `, `... `). */
  continuation: string
  /** Expected output, without a last newline; `...` in it stands for text that varies (doctest's ELLIPSIS). */
  output: string
  /** First line of the step in the block's displayed text, counted from 0, and how many lines it has with its output. */
  line: number
  lines: number
}

export interface Transcript {
  /** The text as shown when static: the block without its directives. */
  text: string
  steps: Step[]
}
