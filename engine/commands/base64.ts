import { bytesToText, textToBytes } from './byte-text.ts'
import { command } from './command.ts'
import { dumpInput } from './dump-input.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { chunks } from './records.ts'

export const base64 = command(
  {
    name: 'base64',
    usage: '[OPTION]... [FILE]',
    summary: 'Base64 encode or decode FILE, or standard input, to standard output.',
    options: {
      '-d, --decode': 'decode data',
      '-i, --ignore-garbage': 'when decoding, ignore non-alphabet characters',
      '-w, --wrap=COLS': 'wrap encoded lines after COLS character (default 76), 0 to disable',
    },
  },
  async (args, process) => {
    if (args.operands.length > 1) throw new Failure(`extra operand ${quoteWord(args.operands[1]!)}`, { usage: true })
    const text = args.value('w') ?? '76'
    if (!/^\d+$/.test(text)) throw new Failure(`invalid wrap size: ${quoteWord(text)}`)
    const names = [args.operands[0] ?? '-']
    if (!args.has('d')) {
      const wrap = Number(text)
      let column = 0
      const { status } = await dumpInput(process, names, 3 * 4096, { skip: 0, length: Infinity }, async (bytes) => {
        let rest = btoa(bytesToText(bytes))
        if (!wrap) return process.stdout.write(rest)
        while (rest) {
          const part = rest.slice(0, wrap - column)
          rest = rest.slice(part.length)
          column = (column + part.length) % wrap
          await process.stdout.write(column === 0 ? `${part}\n` : part)
        }
      })
      if (column) await process.stdout.write('\n')
      return status
    }
    return eachInput(process, names, async (input) => {
      let pending = ''
      const invalid = () => new Failure('invalid input')
      for await (const chunk of chunks(input)) {
        let characters = pending + bytesToText(chunk).replace(/\n/g, '')
        if (args.has('i')) characters = characters.replace(/[^A-Za-z0-9+/=]/g, '')
        const usable = characters.length & ~3
        await decodeWhole(characters.slice(0, usable), (bytes) => process.stdout.write(bytes), invalid)
        pending = characters.slice(usable)
        await process.breathe()
      }
      if (pending) await decodeWhole(pending, (bytes) => process.stdout.write(bytes), invalid)
    })
  },
)

/**
 * Whole groups of four; padding may end a group anywhere, as where encoded files are put together. What is good is written before an
 * error.
 */
async function decodeWhole(characters: string, write: (bytes: Uint8Array) => Promise<void>, invalid: () => Error): Promise<void> {
  for (const [part] of characters.matchAll(/(?:[A-Za-z0-9+/]{4})+|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[^]+/g)) {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(part) || part.length % 4) {
      const good = /^[A-Za-z0-9+/]*/.exec(part)![0]
      const usable = good.slice(0, good.length - (good.length % 4 === 1 ? 1 : 0))
      await write(textToBytes(atob(usable)))
      throw invalid()
    }
    await write(textToBytes(atob(part)))
  }
}
