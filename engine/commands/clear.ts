import { command } from './command.ts'

/** Home, clear the screen, clear the lines scrolled off (terminfo's clear and E3 for xterm-256color). */
const CLEAR = '\u001b[H\u001b[2J\u001b[3J'

export const clear = command(
  {
    name: 'clear',
    usage: '[-x]',
    summary: 'Clear the terminal screen.',
    options: {
      '-x': 'keep the lines that were scrolled off',
      '-T TYPE': 'the type of terminal (this machine has one)',
      '-V': 'print the version',
    },
  },
  async (args, process) => {
    await process.stdout.write(args.has('V') ? 'clear (pex-pectations) 0.1.0\n' : args.has('x') ? CLEAR.replace('\u001b[3J', '') : CLEAR)
    return 0
  },
)
