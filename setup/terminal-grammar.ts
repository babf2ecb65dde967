import type { LanguageRegistration } from 'shiki'

/** A transcript's prompts and commands; all else is output, plain. A live terminal colours the same parts the same way. */
export const terminalGrammar: LanguageRegistration = {
  name: 'terminal',
  scopeName: 'text.terminal',
  patterns: [
    {
      match: '^(\\$|>>>) (.*)$',
      captures: { 1: { name: 'punctuation.prompt.terminal' }, 2: { name: 'entity.command.terminal' } },
    },
    {
      match: '^(>|\\.\\.\\.)(?: (.*))?$',
      captures: { 1: { name: 'punctuation.prompt.terminal' }, 2: { name: 'entity.command.terminal' } },
    },
  ],
  repository: {},
}
