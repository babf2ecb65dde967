import type { Process, Reader } from '../machine/process.ts'
import { isRegular } from '../machine/stat.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { report } from './report.ts'
import { quoteNameInMessage } from './quote-name.ts'

export const cat = command(
  {
    name: 'cat',
    usage: '[OPTION]... [FILE]...',
    summary: 'Write the FILEs, one after the other, to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
    options: {
      '-A, --show-all': 'the same as -vET',
      '-b, --number-nonblank': 'number the lines that are not empty, overrides -n',
      '-e': 'the same as -vE',
      '-E, --show-ends': 'show $ at the end of each line',
      '-n, --number': 'number all lines',
      '-s, --squeeze-blank': 'make one of several empty lines in a row',
      '-t': 'the same as -vT',
      '-T, --show-tabs': 'show tabs as ^I',
      '-u': '(ignored)',
      '-v, --show-nonprinting': 'show control characters as ^X and bytes above 127 as M-x',
    },
  },
  async (args, process) => {
    const shown = {
      controls: args.has('A') || args.has('e') || args.has('t') || args.has('v'),
      ends: args.has('A') || args.has('e') || args.has('E'),
      tabs: args.has('A') || args.has('t') || args.has('T'),
    }
    const numbering = args.has('b') ? 'nonblank' : args.has('n') ? 'all' : 'none'
    const squeeze = args.has('s')
    const plain = !shown.controls && !shown.ends && !shown.tabs && numbering === 'none' && !squeeze
    const state = { number: 0, blanks: 0, atLineStart: true }

    const copyLines = async (input: Reader) => {
      for await (const line of input.lines()) {
        const blank = state.atLineStart && line[0] === 10
        state.blanks = blank ? state.blanks + 1 : 0
        if (squeeze && state.blanks > 1) continue
        if (state.atLineStart && (numbering === 'all' || (numbering === 'nonblank' && !blank))) {
          await process.stdout.write(`${String(++state.number).padStart(6)}\t`)
        }
        await process.stdout.write(show(line, shown))
        state.atLineStart = line.at(-1) === 10
      }
    }
    const copyBytes = async (input: Reader) => {
      for (let chunk = await input.read(); chunk; chunk = await input.read()) {
        await process.stdout.write(chunk)
        await process.stdout.flush()
        await process.breathe()
      }
    }

    let looped = false
    const status = await eachInput(process, args.operands.length ? args.operands : ['-'], async (input, name) => {
      if (await isOwnOutput(process, input)) {
        looped = true
        return await report(process, `${quoteNameInMessage(name)}: input file is output file`)
      }
      await (plain ? copyBytes(input) : copyLines(input))
    })
    return looped ? 1 : status
  },
)

/** `cat a >> a` would never end. */
async function isOwnOutput(process: Process, input: Reader): Promise<boolean> {
  const from = await process.system.fstat(input.fd)
  const to = await process.system.fstat(process.stdout.fd)
  return isRegular(from.mode) && from.ino === to.ino && from.dev === to.dev && from.size > 0
}

function show(line: Uint8Array, shown: { controls: boolean; ends: boolean; tabs: boolean }): Uint8Array {
  if (!shown.controls && !shown.ends && !shown.tabs) return line
  const out: number[] = []
  for (const byte of line) {
    if (byte === 10) {
      if (shown.ends) out.push(0x24)
      out.push(byte)
    } else if (byte === 9) out.push(...(shown.tabs ? [0x5e, 0x49] : [9]))
    else out.push(...(shown.controls ? visible(byte) : [byte]))
  }
  return Uint8Array.from(out)
}

function visible(byte: number): number[] {
  if (byte >= 128) return [0x4d, 0x2d, ...visible(byte - 128)]
  if (byte < 32) return [0x5e, byte + 64]
  return byte === 127 ? [0x5e, 0x3f] : [byte]
}
