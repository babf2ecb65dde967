/** Runs a text that is all there: `-c`, a script, `eval`, `.`, a trap. Each complete command is parsed when the one before it has run. */
import { complainAbout } from './complain-about.ts'
import { lineAt } from './cursor.ts'
import { runList } from './execute.ts'
import { createParser } from './grammar.ts'
import type { Interpreter } from './interpreter.ts'
import { Leave, ShellError } from './shell-error.ts'
import { ShellSyntaxError } from './syntax-error.ts'
import type { List } from './syntax.ts'

export interface TextOptions {
  /** Stands in messages about the grammar between the shell's name and the line: `-c`, `eval`. */
  place?: string
  firstLine?: number
  /** The shell ends with this text. */
  last?: boolean
  /** What follows the text, which ends with a line's end: not asked for before a command needs it. */
  more?: () => string
}

export async function runText(text: string, shell: Interpreter, options: TextOptions = {}): Promise<number> {
  const { state } = shell
  const warnings: { message: string; line: number }[] = []
  let { more } = options
  const parserOf = (part: string, firstLine?: number) => createParser(part.endsWith('\n') || part === '' ? part : `${part}\n`, {
    aliases: shell.interactive ? state.aliases : undefined,
    firstLine,
    final: !more,
    warn: (message, line) => warnings.push({ message, line }),
  })
  let parser = parserOf(text, options.firstLine)

  function next(): List | undefined {
    const { cursor } = parser
    const from = cursor.at
    try {
      const list = parser.next()
      if (list || !more) return list
    } catch (error) {
      if (!more || !(error instanceof ShellSyntaxError && error.incomplete)) throw error
    }
    warnings.length = 0
    const rest = cursor.text.slice(from) + more()
    more = undefined
    parser = parserOf(rest, lineAt(cursor, from))
    return next()
  }

  if (state.options.verbose && !options.place) await shell.write(2, parser.cursor.text + (more?.() ?? ''))
  for (;;) {
    let list
    try {
      list = next()
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error
      await complainAboutSyntax(error, parser.cursor.text, parser.cursor.firstLine, shell, options.place)
      if (!shell.interactive && options.place === 'eval') throw new Leave('exit', 2)
      return (state.status = 2)
    }
    await warn(warnings, shell)
    if (!list) return state.status
    if (options.last && !parser.cursor.text.slice(parser.cursor.at).trim()) markLast(list, shell)
    await runLine(list, shell)
  }
}

export async function warn(warnings: { message: string; line: number }[], shell: Interpreter): Promise<void> {
  for (const { message, line } of warnings.splice(0)) {
    shell.source.line = line
    await shell.complain(`warning: ${message}`)
  }
}

/** A complete command; an error in its expansion ends it, or a shell that is not interactive. */
export async function runLine(list: List, shell: Interpreter): Promise<void> {
  try {
    await runList(list, shell)
  } catch (error) {
    if (!(error instanceof ShellError)) throw error
    await complainAbout(new ShellError(error.message, 'command'), shell)
    shell.state.status = error.status
    if (shell.interactive) throw new Leave('interrupt', error.status)
    if (error.reach === 'shell') throw new Leave('exit', shell.isCommandString ? 127 : error.status)
    if (shell.state.depth) throw new Leave('exit', error.status)
  }
}

/** Where a subshell's only, last command is a program, that program takes the shell's process. */
export function markLast(list: List, shell: Interpreter): void {
  const item = list.at(-1)
  const command = item?.first.commands[0]
  const alone = list.length === 1 && item && !item.background && !item.rest.length && item.first.commands.length === 1
  if (alone && !item.first.negated && !item.first.timed && command?.type === 'simple') shell.last = command
}

/** `bash: -c: line 1: syntax error near unexpected token ...`, and the line. */
export async function complainAboutSyntax(
  error: ShellSyntaxError, text: string, firstLine: number, shell: Interpreter, place?: string,
): Promise<void> {
  const name = shell.source.name + (place ? `: ${place}` : '')
  const prefix = shell.showsLines ? `${name}: line ${error.line}: ` : `${name}: `
  await shell.write(2, `${prefix}${error.message}\n`)
  const line = text.split('\n')[error.line - firstLine] ?? ''
  if (error.showsLine && shell.showsLines) await shell.write(2, `${prefix}\`${line}'\n`)
}
