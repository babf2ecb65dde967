/**
 * The one form in which a demo is written: a fenced block of commands and the output that is expected of them.
 *
 *     $ cat > greet.py <<EOF       a step; the text after the prompt is typed
 *     > print('hi')                directly after an unfinished command: its next line
 *     > EOF
 *     $ python greet.py
 *     hi                           expected output; `...` stands for text that varies within its line,
 *     ...                          and alone on a line for any number of lines
 *     % start                      the next step goes on running (also `% type`: typed, not run; `% input`: see below)
 *     $ cat
 *     % input                      the next line is typed as it is, for the program that runs
 *     echo
 *     echo
 *     $ python
 *     >>> for i in range(1):       a step at Python's own prompt, continued by `... `
 *     ...     print(i)
 *     ...
 *     0
 *     >>> exit()
 *     $ python -m http.server      goes on running, as what follows is for it
 *     Serving ...
 *     ^C                           a step: the key (also ^Z and ^\), to the program that runs
 *     Keyboard interrupt received, exiting.
 */

/** How a step is played. */
export type StepKind =
  /** Type the command, press Enter, wait for the prompt. */
  | 'run'
  /** Type it and leave it there, unrun. */
  | 'type'
  /** Type it, press Enter; it keeps running (a server, an interpreter): the step is done when its output so far has come. */
  | 'start'
  /** Type it for the program that runs, press Enter: done when its output so far has come, or the program has ended. */
  | 'input'

export interface Step {
  kind: StepKind
  /** What stands before the command in the source: `$ `, `>>> `, or `` for input to a running program. */
  prompt: string
  /** The text that is typed; a here-document or continued command has newlines in it. `^C` and its like, alone for a running program, are keys. */
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
