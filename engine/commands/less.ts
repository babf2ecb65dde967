import type { Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { O_RDONLY, O_RDWR } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { createPagedText, type PagedText } from './paged-text.ts'
import { runPager } from './run-pager.ts'

export const less = command(
  {
    name: 'less',
    usage: '[OPTION]... [FILE]...',
    summary:
      'Show FILE a page at a time. Press h for the keys, q to leave.\n' +
      'With no FILE, or when FILE is -, read standard input. Off a terminal it copies its input, as cat does.',
    options: {
      '-e, -E, --quit-at-eof': 'leave at the end of the file',
      '-F, --quit-if-one-screen': 'leave at once where all fits on a screen',
      '-i, -I, --ignore-case': 'searches ignore case',
      '-N, --LINE-NUMBERS': 'number the lines',
      '-R, -r, --RAW-CONTROL-CHARS': 'let colour sequences through',
      '-S, --chop-long-lines': 'cut long lines, do not fold them',
      '-X, --no-init': 'leave the text on the screen',
    },
    hint: () => '(less --help for help)',
  },
  async (args, process) => {
    const names = args.operands.length ? args.operands : ['-']
    if (!(await process.system.isatty(process.stdout.fd))) {
      return eachInput(process, names, async (input) => {
        for (let chunk = await input.read(); chunk; chunk = await input.read()) await process.stdout.write(chunk)
      }, async (name, error) => {
        await process.stderr.write(`${name}${error.code === 'EISDIR' ? ' is a directory' : `: ${error.message}`}\n`)
      })
    }
    const texts: PagedText[] = []
    for (const name of names) {
      const text = await openText(process, name)
      if (text) texts.push(text)
    }
    // Without a name and on a terminal it is no failure: Python's help() looks for a pager that way.
    if (!texts.length) return args.operands.length ? 1 : 0
    const keyboard = await process.system.open('/dev/tty', O_RDWR)
    return runPager(process, texts, keyboard, {
      ignoreCase: args.has('i'), numbers: args.has('N'), colors: args.has('R'), chop: args.has('S'),
      quitAtEnd: args.has('e'), quitIfOneScreen: args.has('F'), keepScreen: args.has('X'),
    })
  },
)

async function openText(process: Process, name: string): Promise<PagedText | undefined> {
  const { system } = process
  try {
    if (name === '-' && (await system.isatty(process.stdin.fd))) {
      await process.stderr.write('Missing filename ("less --help" for help)\n')
      return undefined
    }
    const fd = name === '-' ? process.stdin.fd : await system.open(name, O_RDONLY)
    if (isDirectory((await system.fstat(fd)).mode)) {
      await process.stderr.write(`${name} is a directory\n`)
      return undefined
    }
    return createPagedText(name === '-' ? '' : name, name === '-' ? process.stdin : process.reader(fd), process.breathe)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    await process.stderr.write(`${name}: ${error.message}\n`)
    return undefined
  }
}
