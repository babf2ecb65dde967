import { argumentToText } from './byte-text.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { expandSet, parseSet, type SetItem } from './tr-set.ts'

export const tr = command(
  {
    name: 'tr',
    usage: '[OPTION]... STRING1 [STRING2]',
    summary: 'Translate, squeeze, or delete characters from standard input, writing to standard output.',
    options: {
      '-c, -C, --complement': 'use the complement of STRING1',
      '-d, --delete': 'delete characters in STRING1, do not translate',
      '-s, --squeeze-repeats': 'replace each sequence of a repeated character that is\nlisted in the last STRING with one of it',
      '-t, --truncate-set1': 'first truncate STRING1 to the length of STRING2',
    },
    details:
      'STRINGs have characters, escapes (\\NNN \\\\ \\a \\b \\f \\n \\r \\t \\v), ranges (A-Z),\n' +
      'classes ([:alpha:]), and in STRING2 repeats ([C*N], [C*]).',
    operandsEndOptions: true,
  },
  async (args, process) => {
    const { operands } = args
    const [remove, squeeze, complement] = [args.has('d'), args.has('s'), args.has('c')]
    const most = remove && !squeeze ? 1 : 2
    const least = remove === squeeze ? 2 : 1
    if (operands.length === 0) throw new Failure('missing operand', { usage: true })
    if (operands.length < least) {
      const why = remove
        ? 'Two strings must be given when both deleting and squeezing repeats.'
        : 'Two strings must be given when translating.'
      throw new Failure(`missing operand after ${quoteWord(operands.at(-1)!)}\n${why}`, { usage: true })
    }
    if (operands.length > most) {
      const why = operands.length === 2 ? '\nOnly one string may be given when deleting without squeezing repeats.' : ''
      throw new Failure(`extra operand ${quoteWord(operands[most]!)}${why}`, { usage: true })
    }
    const translating = operands.length === 2 && !remove
    const items = parseSet(argumentToText(operands[0]!))
    if (items.some((item) => item.kind === 'repeat')) throw new Failure('the [c*] repeat construct may not appear in string1')
    const first = complemented(expandSet(items, 0), complement)
    const secondItems = operands[1] === undefined ? [] : parseSet(argumentToText(operands[1]))
    if (translating) checkSecond(items, secondItems, complement)
    const second = expandSet(secondItems, first.length)

    const map = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    if (translating) fillMap(map, args.has('t') ? first.slice(0, second.length) : first, second, args.has('t'))
    const deleted = new Set(remove ? first : [])
    const squeezed = new Set(!squeeze ? [] : operands.length === 2 ? second : first)
    let last = -1
    for (let chunk = await process.stdin.read(); chunk; chunk = await process.stdin.read()) {
      const out = new Uint8Array(chunk.length)
      let length = 0
      for (const byte of chunk) {
        if (deleted.has(byte)) continue
        const mapped = map[byte]!
        if (mapped === last && squeezed.has(mapped)) continue
        last = mapped
        out[length++] = mapped
      }
      await process.stdout.write(out.subarray(0, length))
      await process.breathe()
    }
    return 0
  },
)

function complemented(set: number[], complement: boolean): number[] {
  if (!complement) return set
  const members = new Set(set)
  return Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !members.has(byte))
}

function checkSecond(first: SetItem[], second: SetItem[], complement: boolean): void {
  const classes = second.filter((item) => item.kind === 'class')
  if (classes.some((item) => item.name !== 'upper' && item.name !== 'lower')) {
    throw new Failure("when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'")
  }
  if (second.filter((item) => item.kind === 'repeat' && item.count === 0).length > 1)
    throw new Failure('only one [c*] repeat construct may appear in string2')
  const isCase = (item: SetItem) => item.kind === 'class' && (item.name === 'upper' || item.name === 'lower')
  if (classes.length && !first.some(isCase)) throw new Failure('misaligned [:upper:] and/or [:lower:] construct')
  if (complement && first.some((item) => item.kind === 'class') && new Set(expandSet(second, 256)).size > 1) {
    throw new Failure('when translating with complemented character classes,\nstring2 must map all characters in the domain to one')
  }
}

function fillMap(map: Uint8Array, first: number[], second: number[], truncate: boolean): void {
  if (second.length === 0) {
    if (truncate) return
    throw new Failure('when not truncating set1, string2 must be non-empty')
  }
  first.forEach((byte, at) => {
    map[byte] = second[Math.min(at, second.length - 1)]!
  })
}
