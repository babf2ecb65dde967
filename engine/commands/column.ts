import { decode, encodeIfNeeded } from '../shell/escapes.ts'
import { SystemError } from '../machine/system-error.ts'
import { textWidth } from '../shell/line-editor/graphemes.ts'
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
    for (const line of args.has('t') ? table() : list(Number(widthText ?? (await screenWidth())))) {
      await process.stdout.write(encodeIfNeeded(`${line}\n`))
      await process.breathe()
    }
    return status

    function* table(): Generator<string> {
      const given = args.value('s')
      const names = args.value('N')?.split(',')
      const rows = [
        ...(names ? [names] : []),
        ...lines.map((line) => (given === undefined ? line.trim().split(/[ \t]+/) : split(line, given))),
      ]
      const widths: number[] = []
      for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, textWidth(cell))))
      const right = new Set(
        (args.value('R') ?? '')
          .split(',')
          .filter(Boolean)
          .map((one) => (/^\d+$/.test(one) ? Number(one) - 1 : names?.indexOf(one))),
      )
      const pad = (text: string, at: number) => {
        const missing = ' '.repeat(Math.max(0, widths[at]! - textWidth(text)))
        return right.has(at) ? missing + text : text + missing
      }
      const between = args.value('o') ?? '  '
      const last = widths.length - 1
      const shown = (cell: string, at: number) => (at === last && !right.has(at) ? cell : pad(cell, at))
      for (const row of rows) yield widths.map((_, at) => shown(row[at] ?? '', at)).join(between)
    }
    function* list(width: number): Generator<string> {
      const longest = lines.reduce((most, line) => Math.max(most, textWidth(line)), 0)
      const cell = (Math.floor(longest / 8) + 1) * 8
      const columns = Math.max(1, Math.floor(width / cell))
      const rows = Math.ceil(lines.length / columns)
      for (let row = 0; row < (columns > 1 ? rows : lines.length); row++) {
        const cells =
          columns === 1
            ? [lines[row]!]
            : args.has('x')
              ? lines.slice(row * columns, (row + 1) * columns)
              : Array.from({ length: Math.ceil((lines.length - row) / rows) }, (_, at) => lines[row + at * rows]!)
        const padded = (one: string) => one + '\t'.repeat(Math.ceil((cell - textWidth(one)) / 8))
        yield cells.map((one, at) => (at === cells.length - 1 ? one : padded(one))).join('')
      }
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
