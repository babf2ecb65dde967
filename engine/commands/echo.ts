import { formatEcho } from '../shell/format-echo.ts'
import { plainCommand } from './plain-command.ts'

export const echo = plainCommand(
  {
    name: 'echo',
    usage: ['[SHORT-OPTION]... [STRING]...', 'LONG-OPTION'],
    summary: 'Write the STRINGs, separated by blanks, to standard output.',
    details: [
      '  -n             no newline at the end',
      '  -e             interpret backslash escapes',
      '  -E             do not interpret them (default)',
      '',
      'With -e: \\\\ \\a \\b \\c (stop here) \\e \\f \\n \\r \\t \\v \\0NNN \\xHH.',
    ].join('\n'),
  },
  async (args, process) => {
    await process.stdout.write(formatEcho(args, 'coreutils'))
    return 0
  },
)
