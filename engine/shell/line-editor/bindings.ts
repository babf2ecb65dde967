/** readline's emacs keys that move and change text. A binding returns false to ring the bell. */
import { next, previous } from './graphemes.ts'
import type { KillRing } from './kill-ring.ts'

export interface EditContext {
  text: string
  cursor: number
  readonly lines: string[]
  index: number
  readonly killRing: KillRing
  /** Name of the key before this one. */
  last: string
  /** Where the text of the last yank begins. */
  yankStart: number
  /** How far back Alt-. has gone, and where its text begins. */
  argument: { depth: number; start: number }
  replace(start: number, end: number, text: string): void
  kill(start: number, end: number, direction: 'forward' | 'backward'): void
  goTo(index: number): boolean
  undo(): boolean
}

type Binding = (context: EditContext) => boolean | void

const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character)

function wordEnd({ text, cursor }: EditContext): number {
  let at = cursor
  while (at < text.length && !isWord(text[at])) at++
  while (at < text.length && isWord(text[at])) at++
  return at
}

function wordStart({ text, cursor }: EditContext): number {
  let at = cursor
  while (at > 0 && !isWord(text[at - 1])) at--
  while (at > 0 && isWord(text[at - 1])) at--
  return at
}

/** Start of the word that blanks delimit (Ctrl-W). */
function blankStart({ text, cursor }: EditContext): number {
  let at = cursor
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--
  while (at > 0 && !/\s/.test(text[at - 1] ?? '')) at--
  return at
}

const changeWord = (change: (word: string) => string): Binding => (context) => {
  const end = wordEnd(context)
  context.replace(context.cursor, end, change(context.text.slice(context.cursor, end)))
}

const left: Binding = (context) => {
  if (context.cursor === 0) return false
  context.cursor = previous(context.text, context.cursor)
}
const right: Binding = (context) => {
  if (context.cursor === context.text.length) return false
  context.cursor = next(context.text, context.cursor)
}
const home: Binding = (context) => {
  context.cursor = 0
}
const end: Binding = (context) => {
  context.cursor = context.text.length
}
const forwardWord: Binding = (context) => {
  context.cursor = wordEnd(context)
}
const backwardWord: Binding = (context) => {
  context.cursor = wordStart(context)
}
const older: Binding = (context) => context.goTo(context.index - 1)
const newer: Binding = (context) => context.goTo(context.index + 1)
const backspace: Binding = (context) => {
  if (context.cursor === 0) return false
  context.replace(previous(context.text, context.cursor), context.cursor, '')
}
const deleteCharacter: Binding = (context) => {
  if (context.cursor === context.text.length) return false
  const at = context.cursor
  context.replace(at, next(context.text, at), '')
}
const backwardKillWord: Binding = (context) => context.kill(wordStart(context), context.cursor, 'backward')
const killWord: Binding = (context) => context.kill(context.cursor, wordEnd(context), 'forward')

const transpose: Binding = (context) => {
  const { text } = context
  if (context.cursor === 0 || text.length < 2) return false
  const second = context.cursor === text.length ? previous(text, context.cursor) : context.cursor
  const first = previous(text, second)
  if (first === second) return false
  const behind = next(text, second)
  context.replace(first, behind, text.slice(second, behind) + text.slice(first, second))
}

const transposeWords: Binding = (context) => {
  const found = [...context.text.matchAll(/[\p{L}\p{N}]+/gu)]
  const after = found.findIndex((match) => match.index + match[0].length >= context.cursor)
  const second = found[after < 1 ? found.length - 1 : after]
  const first = found[found.indexOf(second!) - 1]
  if (!first || !second) return false
  const between = context.text.slice(first.index + first[0].length, second.index)
  context.replace(first.index, second.index + second[0].length, second[0] + between + first[0])
}

const yank: Binding = (context) => {
  context.yankStart = context.cursor
  context.replace(context.cursor, context.cursor, context.killRing.yank())
}

const yankPop: Binding = (context) => {
  if (context.last !== 'C-y' && context.last !== 'M-y') return false
  context.replace(context.yankStart, context.cursor, context.killRing.rotate())
}

/** The last word of the line before, of the one before that ... (readline's yank-last-arg). */
const lastArgument: Binding = (context) => {
  const goesOn = context.last === 'M-.' || context.last === 'M-_'
  const depth = goesOn ? context.argument.depth + 1 : 1
  const line = context.lines[context.lines.length - 1 - depth]
  if (line === undefined) return false
  const start = goesOn ? context.argument.start : context.cursor
  context.argument = { depth, start }
  context.replace(start, context.cursor, /(?:\\.|[^\s\\])+(?=\s*$)/.exec(line)?.[0] ?? '')
}

export const bindings: Readonly<Record<string, Binding>> = {
  Left: left, 'C-b': left, Right: right, 'C-f': right, Home: home, 'C-a': home, End: end, 'C-e': end,
  'M-b': backwardWord, 'C-Left': backwardWord, 'M-Left': backwardWord, 'M-f': forwardWord, 'C-Right': forwardWord, 'M-Right': forwardWord,
  Up: older, 'C-p': older, Down: newer, 'C-n': newer,
  'M-<': (context) => context.goTo(0),
  'M->': (context) => context.goTo(context.lines.length - 1),
  Backspace: backspace, 'C-h': backspace, Delete: deleteCharacter, 'C-d': deleteCharacter,
  'C-k': (context) => context.kill(context.cursor, context.text.length, 'forward'),
  'C-u': (context) => context.kill(0, context.cursor, 'backward'),
  'C-w': (context) => context.kill(blankStart(context), context.cursor, 'backward'),
  'M-d': killWord, 'C-Delete': killWord, 'M-Backspace': backwardKillWord,
  'C-t': transpose, 'M-t': transposeWords, 'C-y': yank, 'M-y': yankPop, 'M-.': lastArgument, 'M-_': lastArgument,
  'M-u': changeWord((word) => word.toUpperCase()),
  'M-l': changeWord((word) => word.toLowerCase()),
  'M-c': changeWord((word) => word.toLowerCase().replace(/[\p{L}\p{N}]/u, (first) => first.toUpperCase())),
  'M-#': (context) => {
    context.text = `#${context.text}`
  },
  'C-_': (context) => context.undo(),
  'C-g': () => false,
}
