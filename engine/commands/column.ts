import { decode, encode } from '../shell/escapes.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { records } from './records.ts'
import { report } from './report.ts'

export const column = command(
  {
    name: 'column',
    usage: '[options] [<file>...]',
    summary: 'Columnate lists.',
    options: {
      '-t, --table': 'create a table',
      '-s, --separator=STRING': 'possible table delimiters',
      '-o, --output-separator=STRING': 'columns separator for table output (default is two spaces)',
      '-c, --output-width=WIDTH': 'width of output in number of characters',
      '-x, --fillrows': 'fill rows before columns',
      '-N, --table-columns=NAMES': 'comma separated columns names',
      '-R, --table-right=COLUMNS': 'right align text in these columns (by number or name)',
    },
  },
  async (args, process) => {
    const lines: string[] = []
    const status = await eachInput(
      process,
      args.operands.length ? args.operands : ['-'],
      async (input) => {
        for await (const { text } of records(input, decode)) {
          if (text.trim()) lines.push(text)
        }
      },
      (name, error) => report(process, `${name}: ${error.message}`),
    )
    const widthText = args.value('c')
    if (widthText !== undefined && !/^\d+$/.test(widthText)) throw new Failure(`invalid columns argument: '${widthText}'`)
    const out = args.has('t') ? table() : list(Number(widthText ?? (await screenWidth())))
    await process.stdout.write(encode(out))
    return status

    function table(): string {
      const given = args.value('s')
      const names = args.value('N')?.split(',')
      const rows = [
        ...(names ? [names] : []),
        ...lines.map((line) => (given === undefined ? line.trim().split(/[ \t]+/) : split(line, given))),
      ]
      const count = Math.max(0, ...rows.map((row) => row.length))
      const widths = Array.from({ length: count }, (_, at) => Math.max(0, ...rows.map((row) => [...(row[at] ?? '')].length)))
      const right = new Set(
        (args.value('R') ?? '')
          .split(',')
          .filter(Boolean)
          .map((one) => (/^\d+$/.test(one) ? Number(one) - 1 : names?.indexOf(one))),
      )
      const pad = (text: string, at: number) => {
        const missing = ' '.repeat(Math.max(0, widths[at]! - [...text].length))
        return right.has(at) ? missing + text : text + missing
      }
      const between = args.value('o') ?? '  '
      return rows
        .map((row) => {
          const cells = Array.from({ length: count }, (_, at) => row[at] ?? '')
          return `${cells.map((cell, at) => (at === count - 1 && !right.has(at) ? cell : pad(cell, at))).join(between)}\n`
        })
        .join('')
    }
    function list(width: number): string {
      const longest = Math.max(0, ...lines.map((line) => [...line].length))
      const cell = (Math.floor(longest / 8) + 1) * 8
      const columns = Math.max(1, Math.floor(width / cell))
      const rows = Math.ceil(lines.length / columns)
      let text = ''
      for (let row = 0; row < (columns > 1 ? rows : lines.length); row++) {
        const cells =
          columns === 1
            ? [lines[row]!]
            : args.has('x')
              ? lines.slice(row * columns, (row + 1) * columns)
              : lines.filter((_, at) => at % rows === row)
        const padded = (one: string) => one + '\t'.repeat(Math.ceil((cell - [...one].length) / 8))
        text += `${cells.map((one, at) => (at === cells.length - 1 ? one : padded(one))).join('')}\n`
      }
      return text
    }
    async function screenWidth(): Promise<number> {
      try {
        return (await process.system.getWindowSize(1)).columns || 80
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        return Number(process.env.COLUMNS) || 80
      }
    }
  },
)

/** Every character of `separators` ends a cell; empty cells count. */
function split(line: string, separators: string): string[] {
  const set = new Set(separators)
  const cells = ['']
  for (const character of line) {
    if (set.has(character)) cells.push('')
    else cells[cells.length - 1] += character
  }
  return cells
}
