import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Failure } from './failure.ts'
import { helpText, versionText } from './help-text.ts'
import { parseOptions } from './options.ts'

const ls = {
  name: 'ls',
  usage: '[OPTION]... [FILE]...',
  summary: 'List.',
  options: {
    '-a, --all': 'all',
    '-A, --almost-all': 'almost',
    '-R, -r, --recursive': 'down',
    '-n, --lines=NUM': 'lines',
    '--color[=WHEN]': 'colour',
    '-d STRING': 'date',
    '-k[MODE]': 'kind',
    '--size': '',
    '--sort=WORD': 'sort',
    '-1': 'one a line',
  },
} as const

const failure = (args: string[]) => {
  try {
    parseOptions(ls, args)
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
  throw new Error('parsed')
}

describe('getopt_long', () => {
  it('takes options among operands, and none after --', () => {
    const args = parseOptions(ls, ['x', '-a', 'y', '--', '-A', '-'])
    expect(args.operands).toEqual(['x', 'y', '-A', '-'])
    expect([args.has('all'), args.has('A')]).toEqual([true, false])
  })
  it('leaves a lone dash among the operands', () => expect(parseOptions(ls, ['-', '-a']).operands).toEqual(['-']))
  it('splits clusters, and a value ends one', () => {
    expect(parseOptions(ls, ['-aAn5']).given).toEqual([
      { name: 'a', value: undefined }, { name: 'A', value: undefined }, { name: 'n', value: '5' },
    ])
    expect(parseOptions(ls, ['-n', '-a']).value('lines')).toBe('-a')
    expect(parseOptions(ls, ['-dx']).value('d')).toBe('x')
  })
  it('takes an optional value only where it is attached', () => {
    expect(parseOptions(ls, ['--color', 'x'])).toMatchObject({ operands: ['x'], given: [{ name: 'color', value: undefined }] })
    expect(parseOptions(ls, ['--color=x']).value('color')).toBe('x')
    expect(parseOptions(ls, ['-k', 'x']).operands).toEqual(['x'])
    expect(parseOptions(ls, ['-kx']).value('k')).toBe('x')
  })
  it('lets an empty value be a value', () => expect(parseOptions(ls, ['--lines=']).value('n')).toBe(''))
  it('completes unambiguous prefixes', () => {
    expect(parseOptions(ls, ['--li', '4', '--rec']).given.map(({ name }) => name)).toEqual(['n', 'R'])
    expect(parseOptions(ls, ['--all']).has('a')).toBe(true)
  })
  it('knows all names of an option, and which came last', () => {
    const args = parseOptions(ls, ['-r', '-a', '-A'])
    expect(args.has('R')).toBe(true)
    expect(args.latest('all', 'almost-all')).toBe('almost-all')
    expect(parseOptions(ls, ['-A', '-a']).latest('a', 'A')).toBe('a')
  })
  it('stops at the first operand where the command asks for it', () => {
    expect(parseOptions({ ...ls, operandsEndOptions: true }, ['-a', 'x', '-A']).operands).toEqual(['x', '-A'])
  })
  it('words its errors as glibc', () => {
    expect(failure(['-az'])).toBe("invalid option -- 'z'")
    expect(failure(['-n'])).toBe("option requires an argument -- 'n'")
    expect(failure(['--lines'])).toBe("option '--lines' requires an argument")
    expect(failure(['--li'])).toBe("option '--lines' requires an argument")
    expect(failure(['--zz=4'])).toBe("unrecognized option '--zz'")
    expect(failure(['--all=3'])).toBe("option '--all' doesn't allow an argument")
    expect(failure(['--s'])).toBe("option '--s' is ambiguous; possibilities: '--size' '--sort'")
    expect(failure(['--al=3'])).toBe("option '--al=3' is ambiguous; possibilities: '--all' '--almost-all'")
  })
})

describe('help', () => {
  it('tells the version of the project', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    expect(versionText(ls)).toContain(`ls (pex-pectations) ${version}\n`)
  })
  it('lists what is declared, in columns', () => {
    expect(
      helpText({ ...ls, options: { '-a, --all': 'show all', '--hidden': '', '--a-very-long-option=WITH-VALUE': 'two\nlines' } }, 'ls'),
    ).toBe(
      `Usage: ls [OPTION]... [FILE]...
List.

  -a, --all                  show all
      --a-very-long-option=WITH-VALUE
                             two
                               lines
      --help                 display this help and exit
      --version              output version information and exit
`,
    )
  })
})
