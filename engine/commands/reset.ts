import { SystemError } from '../machine/system-error.ts'
import { usualTermios } from '../machine/termios.ts'
import { command } from './command.ts'

/** Full reset, soft reset, and all modes that programs leave behind (terminfo's rs1 and rs2 of xterm-256color). */
const RESET = '\u001bc\u001b]104\u0007\u001b[!p\u001b[?3;4l\u001b[4l\u001b>'

export const reset = command(
  {
    name: 'reset',
    usage: '[-Q]',
    summary: 'Put the terminal back into a usual state.',
    options: { '-Q': '(ignored)', '-q': 'print the type of terminal' },
  },
  async (args, process) => {
    if (args.has('q')) {
      await process.stdout.write(`${process.env.TERM ?? 'unknown'}\n`)
      return 0
    }
    try {
      await process.system.tcsetattr(process.stdout.fd, 'drain', usualTermios())
    } catch (error) {
      // Without a terminal only the escape sequence is left to do.
      if (!(error instanceof SystemError)) throw error
    }
    await process.stdout.write(RESET)
    return 0
  },
)
