/** bash's `[[ ... ]]`: operands are not split; `==` matches a pattern, `=~` an extended regular expression, numbers are arithmetic. */
import { evaluateArithmetic } from './arithmetic.ts'
import { evaluateTest } from './evaluate-test.ts'
import { expandPattern, expandString } from './expansion.ts'
import type { Interpreter } from './interpreter.ts'
import { matchesPattern } from './pattern.ts'
import { ShellError } from './shell-error.ts'
import type { Conditional } from './syntax.ts'
import { isOptionSet } from './builtins/set.ts'

/** The exit status: 0 true, 1 false, 2 for an expression that makes no sense. */
export async function evaluateConditional(expression: Conditional, shell: Interpreter): Promise<number> {
  const truth = async (node: Conditional): Promise<boolean> => {
    switch (node.type) {
      case 'and': return (await truth(node.left)) && truth(node.right)
      case 'or': return (await truth(node.left)) || truth(node.right)
      case 'not': return !(await truth(node.operand))
      case 'unary': return test([node.operator, await expandString(node.operand, shell.scope)], shell)
      case 'binary': return compare(node, shell)
    }
  }
  return (await truth(expression)) ? 0 : 1
}

async function compare({ operator, left, right }: Conditional & { type: 'binary' }, shell: Interpreter): Promise<boolean> {
  const first = await expandString(left, shell.scope)
  switch (operator) {
    case '=':
    case '==':
    case '!=': return matchesPattern(first, await expandPattern(right.parts, shell.scope)) === (operator !== '!=')
    case '=~': return new RegExp(await expandRegExp(right.parts, shell), 'u').test(first)
    case '-eq':
    case '-ne':
    case '-lt':
    case '-le':
    case '-gt':
    case '-ge': {
      const [a, b] = [number(first, shell), number(await expandString(right, shell.scope), shell)]
      return test([a, operator, b], shell)
    }
    default: return test([first, operator, await expandString(right, shell.scope)], shell)
  }
}

function number(text: string, shell: Interpreter): string {
  try {
    return String(evaluateArithmetic(text, shell.scope))
  } catch (error) {
    if (error instanceof ShellError) throw new ShellError(`[[: ${error.message}`, 'command')
    throw error
  }
}

/** What is quoted stands for itself. */
async function expandRegExp(parts: Parameters<typeof expandPattern>[0], shell: Interpreter): Promise<string> {
  const chunks: string[] = []
  for (const part of parts) {
    const text = await expandString({ source: '', parts: [part] }, shell.scope)
    const quoted = part.type === 'quoted' || part.type === 'double'
    chunks.push(quoted ? text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : text)
  }
  const source = chunks.join('')
  try {
    new RegExp(source, 'u')
    return source
  } catch {
    // bash answers 2 and says nothing about a malformed expression.
    throw new ShellError('', 'command', 2)
  }
}

async function test(args: string[], shell: Interpreter): Promise<boolean> {
  const { status, message } = await evaluateTest(args, shell.system, {
    isSet: (name) => shell.variables.get(name) !== undefined,
    isOption: (name) => isOptionSet(name, shell),
  })
  if (status === 2) throw new ShellError(`[[: ${message}`, 'command', 2)
  return status === 0
}
