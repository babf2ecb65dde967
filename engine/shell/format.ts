/** Commands as text, laid out as bash's print_cmd.c does: for `jobs`, `type` and `declare -f`. */
import type {
  CommandNode, CompoundCommand, Conditional, FunctionDefinition, List, ListItem, Part, Pipeline, Redirection,
} from './syntax.ts'

interface Layout {
  indent: string
  /** Commands of a function's body stand on lines of their own. */
  inFunction: boolean
}

const flat: Layout = { indent: '', inFunction: false }
const deeper = (layout: Layout): Layout => ({ ...layout, indent: `${layout.indent}    ` })

export const formatCommand = (command: CommandNode) => command_(command, flat)
export const formatPipeline = (pipeline: Pipeline) => pipeline_(pipeline, flat)
export const formatItem = (item: ListItem) => item_(item, flat)

/** `name () { ... }` over several lines, without a newline at the end. */
export function formatFunction({ name, body }: FunctionDefinition, indent = ''): string {
  const layout: Layout = { indent, inFunction: true }
  const text = body.type === 'group'
    ? `{ \n${indent}    ${list_(body.body, deeper(layout))}\n${indent}}${redirections_(body.redirections)}`
    : `{ \n${indent}    ${command_(body, deeper(layout))}\n${indent}}`
  return `${name} () \n${indent}${text}`
}

function list_(list: List, layout: Layout): string {
  return list.map((item, index) => {
    const isLast = index === list.length - 1
    const text = item_(item, layout)
    if (isLast) return text
    const separator = item.background || text.endsWith('\n') ? '' : ';'
    return `${text}${separator}${layout.inFunction ? `\n${layout.indent}` : ' '}`
  }).join('')
}

function item_({ first, rest, background }: ListItem, layout: Layout): string {
  const others = rest.map(({ operator, pipeline }) => ` ${operator} ${pipeline_(pipeline, layout)}`)
  return pipeline_(first, layout) + others.join('') + (background ? ' &' : '')
}

function pipeline_({ negated, timed, commands }: Pipeline, layout: Layout): string {
  const time = timed ? `time ${timed === 'posix' ? '-p ' : ''}` : ''
  return time + (negated ? '! ' : '') + commands.map((command) => command_(command, layout)).join(' | ')
}

/** A list inside a compound command, with what closes its last command. */
const closed = (list: List, layout: Layout) => {
  const text = list_(list, layout)
  return text.endsWith('&') || text.endsWith('\n') ? text : `${text};`
}

function command_(command: CommandNode, layout: Layout): string {
  if (command.type === 'function') return `function ${formatFunction(command, layout.indent)}`
  if (command.type !== 'simple') return compound_(command, layout) + redirections_(command.redirections)
  const words = [
    ...command.assignments.map(({ name, append, value }) => `${name}${append ? '+' : ''}=${value.source}`),
    ...command.words.map(({ source }) => source),
  ]
  return `${words.join(' ')}${redirections_(command.redirections)}`.trimStart()
}

function compound_(command: CompoundCommand, layout: Layout): string {
  const line = `\n${layout.indent}`
  const body = (list: List) => `${line}    ${closed(list, deeper(layout))}${line}`
  switch (command.type) {
    case 'group': return layout.inFunction ? `{ ${body(command.body).replace(/;(\n *)$/, '$1')}}` : `{ ${closed(command.body, layout)} }`
    case 'subshell': return `( ${list_(command.body, layout)} )`
    case 'if': {
      const [first, ...others] = command.clauses
      const text = first ? `if ${closed(first.condition, layout)} then${body(first.body)}` : ''
      if (others.length) return `${text}else${line}    ${compound_({ ...command, clauses: others }, deeper(layout))};${line}fi`
      return `${text}${command.otherwise ? `else${body(command.otherwise)}` : ''}fi`
    }
    case 'for': {
      const words = command.words ? command.words.map(({ source }) => source).join(' ') : '"$@"'
      return `for ${command.name} in ${words};${line}do${body(command.body)}done`
    }
    case 'for-arithmetic':
      return `for ((${[command.start, command.condition, command.step].map(parts_).join(';')}))${line}do${body(command.body)}done`
    case 'while': return `${command.until ? 'until' : 'while'} ${closed(command.condition, layout)} do${body(command.body)}done`
    case 'case': {
      const inner = `${line}    `
      const clauses = command.clauses.map(({ patterns, body: list, end }) => {
        const commands = list.length ? `${inner}    ${list_(list, deeper(deeper(layout)))}` : ''
        return `${inner}${patterns.map(({ source }) => source).join(' | ')})${commands}${inner}${end}`
      })
      return `case ${command.word.source} in ${clauses.join('')}${line}esac`
    }
    case 'arithmetic': return `((${command.source}))`
    case 'conditional': return `[[ ${conditional_(command.expression)} ]]`
  }
}

function conditional_(node: Conditional): string {
  switch (node.type) {
    case 'and': return `${conditional_(node.left)} && ${conditional_(node.right)}`
    case 'or': return `${conditional_(node.left)} || ${conditional_(node.right)}`
    case 'not': return `! ${conditional_(node.operand)}`
    case 'unary': return `${node.operator} ${node.operand.source}`
    case 'binary': return `${node.left.source} ${node.operator} ${node.right.source}`
  }
}

/** The sections of `for ((;;))` hold plain text and parameters. */
function parts_(parts: Part[]): string {
  return parts.map((part) => ('text' in part ? part.text : part.type === 'parameter' ? `$${part.name}` : '')).join('')
}

function redirections_(redirections: Redirection[]): string {
  const documents = redirections.flatMap(({ body }) => body?.raw ?? [])
  return redirections.map(redirection_).join('') + (documents.length ? `\n${documents.join('')}` : '')
}

function redirection_({ operator, fd, target, body }: Redirection): string {
  const usual = operator.startsWith('<') ? 0 : 1
  const copies = operator === '>&' || operator === '<&'
  const number = copies ? String(fd ?? usual) : fd === undefined || fd === usual ? '' : String(fd)
  return ` ${number}${operator}${copies || body ? '' : ' '}${target.source}`
}
