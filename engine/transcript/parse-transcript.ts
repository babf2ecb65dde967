/** Reads the source of a transcript block; transcript.ts shows the grammar. Throws TranscriptError. */
import { controlKey } from './control-key.ts'
import { TranscriptError } from './transcript-error.ts'
import type { Step, StepKind, Transcript } from './transcript.ts'
import { unfinishedCommand } from './unfinished-command.ts'

const directives = ['type', 'start', 'input'] as const
type Directive = (typeof directives)[number]

const SHELL = '$ '
const PYTHON = '>>> '

/** The text after a prompt, where the line begins with it. Editors strip the last blank of a prompt that stands alone. */
const after = (prompt: string, line: string): string | undefined =>
  line.startsWith(prompt) ? line.slice(prompt.length) : line === prompt.trimEnd() ? '' : undefined

export const parseTranscript = (source: string): Transcript => {
  const lines = source.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const shown: string[] = []
  const steps: Step[] = []
  let directive: { kind: Directive; line: number } | undefined

  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!
    const number = at + 1
    const given = /^% (\S+)$/.exec(line)?.[1]
    if (given !== undefined) {
      const kind = directives.find(name => name === given)
      if (kind === undefined) {
        const known = directives.map(name => `% ${name}`).join(', ')
        throw new TranscriptError(number, `no directive is called ${given}`, `the directives are ${known}`)
      }
      if (directive !== undefined) throw unused(directive)
      directive = { kind, line: number }
      at++
      continue
    }

    const opening = directive?.kind === 'input' || (controlKey(line) !== undefined && steps.length > 0) ? { prompt: '', text: line } : openingOf(line)
    if (opening === undefined) {
      if (directive !== undefined) throw unused(directive)
      const last = steps.at(-1)
      if (last === undefined && line !== '') {
        throw new TranscriptError(number, 'output stands before the first command', 'begin with a line `$ command`')
      }
      if (last?.kind === 'type' && line !== '') {
        throw new TranscriptError(number, 'a command that is only typed has output', 'take the output or `% type` away')
      }
      shown.push(line)
      at++
      continue
    }

    const { prompt } = opening
    if (opening.text.trim() === '' && prompt !== '') {
      throw new TranscriptError(number, 'a prompt without a command', 'write the command, or take the line away')
    }
    const typed = [opening.text, ...continuationOf(prompt, opening.text, lines, at + 1)]
    const missing = prompt === SHELL ? unfinishedCommand(typed.join('\n')) : undefined
    if (missing !== undefined) {
      throw new TranscriptError(at + typed.length, `the command is not finished: ${missing}`, 'continue it on a line that begins with `> `')
    }
    if (prompt !== SHELL) keepRunning(steps.at(-1), number)
    steps.push({
      kind: kindOf(prompt, directive?.kind),
      prompt,
      command: typed.join('\n'),
      continuation: continuations[prompt] ?? '',
      output: '',
      line: shown.length,
      lines: typed.length,
    })
    shown.push(...lines.slice(at, at + typed.length))
    at += typed.length
    directive = undefined
  }

  if (directive !== undefined) throw unused(directive)
  if (steps.length === 0) throw new TranscriptError(1, 'no command', 'begin with a line `$ command`')
  steps.forEach((step, index) => addOutput(step, shown.slice(0, steps[index + 1]?.line)))
  const last = steps.at(-1)!
  return { text: shown.slice(0, last.line + last.lines).join('\n'), steps }
}

const continuations: Record<string, string> = { [SHELL]: '> ', [PYTHON]: '... ' }

const openingOf = (line: string): { prompt: string; text: string } | undefined => {
  for (const prompt of [SHELL, PYTHON]) {
    const text = after(prompt, line)
    if (text !== undefined) return { prompt, text }
  }
  return undefined
}

const kindOf = (prompt: string, directive: Directive | undefined): StepKind => directive ?? (prompt === SHELL ? 'run' : 'input')

/** What is typed on the lines from `from` on that belong to the command begun by `first`. */
const continuationOf = (prompt: string, first: string, lines: string[], from: number): string[] => {
  const typed: string[] = []
  for (const line of lines.slice(from)) {
    const text = after(continuations[prompt] ?? '\n', line)
    if (text === undefined) break
    if (prompt === SHELL && unfinishedCommand([first, ...typed].join('\n')) === undefined) break
    // In Python, `...` alone ends a block; after anything else it is output that varies.
    if (prompt === PYTHON && text === '' && ![first, ...typed].some(line => line.trimEnd().endsWith(':'))) break
    typed.push(text)
  }
  return typed
}

/** Input is for a program that has not ended: the command above it is one that goes on running. */
const keepRunning = (step: Step | undefined, line: number) => {
  if (step === undefined || step.kind === 'type') {
    throw new TranscriptError(line, 'no program runs that could read this', 'start one above it with `$ command`')
  }
  if (step.kind === 'run') step.kind = 'start'
}

const addOutput = (step: Step, shown: string[]) => {
  const output = shown.slice(step.line + step.lines)
  while (output.at(-1)?.trim() === '') output.pop()
  step.output = output.join('\n')
  step.lines += output.length
}

const unused = ({ kind, line }: { kind: Directive; line: number }) =>
  new TranscriptError(line, `no command follows % ${kind}`, 'write the directive on the line before its step')
