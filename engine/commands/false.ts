import { plainCommand } from './plain-command.ts'

export const falseCommand = plainCommand(
  { name: 'false', usage: '[ignored command line arguments]', summary: 'Exit with a status code that says failure.' },
  async () => 1,
)
