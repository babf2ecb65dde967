/** The grammar of find's expressions (POSIX find; GNU's messages): `,` binds weakest, then -o, then -a or nothing, then !. */
import { Failure } from './failure.ts'
import { findActions, isAction } from './find-actions.ts'
import type { FindContext, FindTest } from './find-context.ts'
import { findTests } from './find-tests.ts'
import { report } from './report.ts'

const globalOptions = ['-maxdepth', '-mindepth', '-depth', '-d', '-xdev', '-mount', '-noleaf', '-follow', '-daystart']
const binary = ['-o', '-or', '-a', '-and', ',']

/** The expression as one test; `-print` is added where it has no action. Throws `Failure`. */
export async function parseFindExpression(words: readonly string[], context: FindContext): Promise<FindTest> {
  const rest = [...words]
  let acts = false
  let previous: string | undefined

  const list = async (): Promise<FindTest> => {
    let left = await either()
    while (rest[0] === ',') {
      const operator = rest.shift() ?? ''
      const [before, after] = [left, await operandAfter(operator, either)]
      left = async (file) => {
        await before(file)
        return after(file)
      }
    }
    return left
  }
  const either = async (): Promise<FindTest> => {
    let left = await both()
    while (rest[0] === '-o' || rest[0] === '-or') {
      const operator = rest.shift() ?? ''
      const [before, after] = [left, await operandAfter(operator, both)]
      left = async (file) => (await before(file)) || after(file)
    }
    return left
  }
  const both = async (): Promise<FindTest> => {
    let left = await negated()
    while (rest.length && ![',', '-o', '-or', ')'].includes(rest[0] ?? '')) {
      const operator = rest[0] === '-a' || rest[0] === '-and' ? rest.shift() : undefined
      const [before, after] = [left, operator === undefined ? await negated() : await operandAfter(operator, negated)]
      left = async (file) => (await before(file)) && after(file)
    }
    return left
  }
  const operandAfter = async (operator: string, parse: () => Promise<FindTest>): Promise<FindTest> => {
    if (!rest.length || rest[0] === ')') throw new Failure(`expected an expression after '${operator}'`)
    return parse()
  }
  const negated = async (): Promise<FindTest> => {
    const word = rest.shift()
    if (word === undefined) return async () => true
    if (word === '!' || word === '-not') {
      const inner = await operandAfter(word, negated)
      return async (file) => !(await inner(file))
    }
    if (word === '(') {
      if (rest[0] === ')') throw new Failure('invalid expression; empty parentheses are not allowed.')
      if (!rest.length)
        throw new Failure("invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('")
      const inner = await list()
      if (rest.shift() !== ')') throw new Failure("invalid expression; I was expecting to find a ')' somewhere but did not see one.")
      return inner
    }
    if (binary.includes(word)) throw new Failure(`invalid expression; you have used a binary operator '${word}' with nothing before it.`)
    if (word === ')') throw new Failure("invalid expression; you have too many ')'")
    return predicate(word)
  }
  const predicate = async (word: string): Promise<FindTest> => {
    if (!word.startsWith('-')) {
      const hint = previous && ['-name', '-iname', '-path', '-ipath'].includes(previous)
      const message = `paths must precede expression: \`${word}'`
      if (!hint) throw new Failure(message)
      await report(context.process, message)
      throw new Failure(`possible unquoted pattern after predicate \`${previous}'?`)
    }
    // As GNU find, which warns where somebody sits before it.
    const warns = await context.process.system.isatty(context.process.stdin.fd)
    if (warns && globalOptions.includes(word) && previous !== undefined && !globalOptions.includes(previous)) {
      await report(context.process, `warning: you have specified the global option ${word} after the argument ${previous}, ` +
        `but global options are not positional, i.e., ${word} affects tests specified before it as well as those specified after it.  ` +
        'Please specify global options before other arguments.')
    }
    const make = findTests[word] ?? findActions[word]
    if (!make) throw new Failure(`unknown predicate \`${word}'`)
    previous = word
    acts ||= isAction(word)
    return make({
      word,
      context,
      rest,
      argument() {
        const value = rest.shift()
        if (value === undefined) throw new Failure(`missing argument to \`${word}'`)
        return value
      },
    })
  }

  const expression = rest.length ? await list() : async () => true
  if (rest[0] === ')') throw new Failure("invalid expression; you have too many ')'")
  if (acts) return expression
  const { process } = context
  return async (file) => {
    if (!(await expression(file))) return false
    await process.stdout.write(`${file.path}\n`)
    return true
  }
}
