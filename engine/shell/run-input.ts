/** Runs what comes line by line: standard input that is no terminal, or a person's typing. */
import { createCharacterSource } from './character-source.ts'
import { createParser } from './grammar.ts'
import type { Interpreter } from './interpreter.ts'
import { complainAboutSyntax, runLine, warn } from './run-text.ts'
import { ShellSyntaxError } from './syntax-error.ts'
import type { List } from './syntax.ts'

/** The parts of an input; `next` gives a line with its newline, undefined at the end, and is told whether it continues a command. */
export interface LineInput {
  next(continues: boolean): Promise<string | undefined>
}

export interface Collected {
  /** The complete commands of the lines read; undefined where their grammar is wrong (that has been said). */
  lists: List[] | undefined
  text: string
  ended: boolean
}

/** Reads lines until they make complete commands. */
export async function collectCommands(input: LineInput, shell: Interpreter, firstLine: number): Promise<Collected> {
  let text = ''
  for (;;) {
    const line = await input.next(text !== '')
    const ended = line === undefined
    if (line !== undefined && shell.state.options.verbose) await shell.write(2, line)
    text += line ?? ''
    const warnings: { message: string; line: number }[] = []
    const parser = createParser(text.endsWith('\n') || !text ? text : `${text}\n`, {
      aliases: shell.interactive ? shell.state.aliases : undefined,
      firstLine,
      final: ended,
      warn: (message, at) => warnings.push({ message, line: at }),
    })
    const lists: List[] = []
    try {
      for (let list = parser.next(); list; list = parser.next()) lists.push(list)
      if (text.endsWith('\\\n') && !ended) continue
      await warn(warnings, shell)
      return { lists, text, ended }
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error
      if (error.incomplete && !ended) continue
      await complainAboutSyntax(error, text, firstLine, shell)
      shell.state.status = 2
      return { lists: undefined, text, ended }
    }
  }
}

export async function runInput(shell: Interpreter): Promise<number> {
  const input = createLineInput(shell)
  for (let line = 1; ; ) {
    const { lists, text, ended } = await collectCommands(input, shell, line)
    if (!lists) return 2
    line += text.split('\n').length - 1
    for (const list of lists) await runLine(list, shell)
    if (ended) return shell.state.status
  }
}

/** Lines of standard input; not a byte more, because commands read from it too. */
function createLineInput(shell: Interpreter): LineInput {
  return {
    async next() {
      const source = createCharacterSource(0, shell)
      let line = ''
      for (;;) {
        const character = await source.next()
        if (typeof character !== 'string') return line || undefined
        line += character
        if (character === '\n') {
          await source.giveBack()
          return line
        }
      }
    },
  }
}
