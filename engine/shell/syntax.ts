/**
 * The syntax tree of the shell language (POSIX XCU 2.10 with bash's `[[ ]]`, `(( ))` and `for ((;;))`). Plain data: it can be cloned and
 * kept in a checkpoint. `source` is the text as written: what `type`, `jobs` and `declare -f` print.
 */
export interface Word {
  source: string
  parts: Part[]
}

export type Part =
  /** Text that is not quoted: braces, tildes and patterns in it count. Inside `double` it is quoted by its place. */
  | { type: 'literal'; text: string }
  /** Text behind a backslash, in '...' or in $'...'. */
  | { type: 'quoted'; text: string }
  | { type: 'double'; parts: Part[] }
  | ParameterPart
  | { type: 'command'; body: List; backquoted: boolean }
  | { type: 'arithmetic'; expression: Part[] }
  /** `${...}` that makes no sense; bash complains only when it is expanded. */
  | { type: 'bad'; source: string }

export type ParameterOperator =
  | '' | ':-' | '-' | ':=' | '=' | ':?' | '?' | ':+' | '+' | '#' | '##' | '%' | '%%' | '/' | '//' | '/#' | '/%'
  | ':' | '^' | '^^' | ',' | ',,' | '@'

export interface ParameterPart {
  type: 'parameter'
  name: string
  /** `${#name}` */
  length: boolean
  /** `${!name}` */
  indirect: boolean
  operator: ParameterOperator
  /** What follows the operator: a word, a pattern, or an offset. */
  operand: Part[]
  /** `${x/pattern/this}` or `${x:offset:this}`; undefined where it is not given. */
  second: Part[] | undefined
}

export interface Assignment {
  name: string
  append: boolean
  value: Word
}

export type RedirectionOperator = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | '<<' | '<<-' | '<<<'

export interface Redirection {
  operator: RedirectionOperator
  /** The number before the operator. */
  fd: number | undefined
  target: Word
  /** A here-document's text; `raw` is what was written, for printing. */
  body?: { parts: Part[]; raw: string }
}

export type List = ListItem[]

export interface ListItem {
  first: Pipeline
  rest: { operator: '&&' | '||'; pipeline: Pipeline }[]
  background: boolean
}

export interface Pipeline {
  negated: boolean
  timed: '' | 'bash' | 'posix'
  commands: CommandNode[]
}

export interface SimpleCommand {
  type: 'simple'
  line: number
  assignments: Assignment[]
  words: Word[]
  redirections: Redirection[]
}

export interface CaseClause {
  patterns: Word[]
  body: List
  end: ';;' | ';&' | ';;&'
}

export type Compound =
  | { type: 'group'; body: List }
  | { type: 'subshell'; body: List }
  | { type: 'if'; clauses: { condition: List; body: List }[]; otherwise: List | undefined }
  | { type: 'for'; name: string; words: Word[] | undefined; body: List }
  | { type: 'for-arithmetic'; start: Part[]; condition: Part[]; step: Part[]; body: List }
  | { type: 'while'; until: boolean; condition: List; body: List }
  | { type: 'case'; word: Word; clauses: CaseClause[] }
  | { type: 'arithmetic'; expression: Part[]; source: string }
  | { type: 'conditional'; expression: Conditional }

export type CompoundCommand = Compound & { line: number; redirections: Redirection[] }

export interface FunctionDefinition {
  type: 'function'
  line: number
  name: string
  body: CompoundCommand
  /** The file that defined it, for messages. */
  source?: string
}

export type CommandNode = SimpleCommand | CompoundCommand | FunctionDefinition

/** What stands between `[[` and `]]`. */
export type Conditional =
  | { type: 'and' | 'or'; left: Conditional; right: Conditional }
  | { type: 'not'; operand: Conditional }
  | { type: 'unary'; operator: string; operand: Word }
  | { type: 'binary'; operator: string; left: Word; right: Word }
