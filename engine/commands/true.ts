import { plainCommand } from './plain-command.ts'

export const trueCommand = plainCommand(
  { name: 'true', usage: '[ignored command line arguments]', summary: 'Exit with a status code that says success.' },
  async () => 0,
)
