import { argumentToText, bytesToText, textToBytes } from './byte-text.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { NEWLINE, NUL, records } from './records.ts'
import { openAll } from './open-all.ts'

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', f: '\f', r: '\r', v: '\v', '\\': '\\', '0': '' }

export const paste = command(
  {
    name: 'paste',
    usage: '[OPTION]... [FILE]...',
    summary:
      'Write lines of the sequentially corresponding lines from each FILE, separated by TABs.\n\n' +
      'With no FILE, or when FILE is -, read standard input.',
    options: {
      '-d, --delimiters=LIST': 'reuse characters from LIST instead of TABs',
      '-s, --serial': 'paste one file at a time instead of in parallel',
      '-z, --zero-terminated': 'line delimiter is NUL, not newline',
    },
  },
  async (args, process) => {
    const delimiters = parseDelimiters(argumentToText(args.value('d') ?? '\t'))
    const end = args.has('z') ? NUL : NEWLINE
    const finish = String.fromCharCode(end)
    const { inputs, status } = await openAll(process, args.operands.length ? args.operands : ['-'], args.has('s') ? 'skip' : 'stop')
    if (!inputs) return status
    // Several dashes take turns on one standard input.
    const shared = new Map(inputs.map(({ reader }) => [reader.fd, records(reader, bytesToText, end)]))
    const sources = inputs.map(({ reader }) => shared.get(reader.fd)!)
    const take = async (source: AsyncIterator<{ text: string }>) => {
      const next = await source.next()
      return next.done ? undefined : next.value.text
    }
    if (args.has('s')) {
      for (const source of sources) {
        let line = await take(source)
        await process.stdout.write(textToBytes(line ?? ''))
        for (let at = 0; (line = await take(source)) !== undefined; at++)
          await process.stdout.write(textToBytes(delimiters[at % delimiters.length]! + line))
        await process.stdout.write(finish)
      }
      return status
    }
    for (;;) {
      const lines = []
      for (const source of sources) lines.push(await take(source))
      if (lines.every((line) => line === undefined)) return status
      const text = lines.map((line, at) => (line ?? '') + (at < lines.length - 1 ? delimiters[at % delimiters.length]! : ''))
      await process.stdout.write(textToBytes(text.join('') + finish))
      await process.breathe()
    }
  },
)

function parseDelimiters(list: string): string[] {
  const delimiters: string[] = []
  for (let at = 0; at < list.length; at++) {
    if (list[at] !== '\\') delimiters.push(list[at]!)
    else if (++at >= list.length) throw new Failure(`delimiter list ends with an unescaped backslash: ${list}`)
    else delimiters.push(escapes[list[at]!] ?? list[at]!)
  }
  return delimiters.length ? delimiters : ['']
}
