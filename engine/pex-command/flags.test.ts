/** Every option in the help of the real tools is one here: followed, or refused by its name with the way out. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/root.ts'
import { exportOptions, inspectOptions, lockOptions, runOptions } from './lock-options.ts'
import { registeredOptions } from './option-groups.ts'
import type { OptionGroup } from './option.ts'
import { parseArguments, takesNone } from './parse-arguments.ts'
import { refuseUnsupported } from './refuse-unsupported.ts'

const { flags } = JSON.parse(readFileSync(join(root, 'test/recorded/pex-flags.json'), 'utf8')) as { flags: Record<string, Record<string, boolean>> }

const optionsOf = (groups: readonly OptionGroup[]) => groups.flatMap(({ options }) => options)

const programs = {
  'pex': registeredOptions,
  'pex3 lock create': optionsOf(lockOptions),
  'pex3 lock export': optionsOf(exportOptions),
  'pex3 interpreter inspect': optionsOf(inspectOptions),
  'pex3 run': optionsOf(runOptions),
}

describe.each(Object.entries(programs))('%s', (program, options) => {
  test('knows the flags of pex 2.100.7, no others, and which take a value', () => {
    const known = options.flatMap(option => option.flags.map(flag => [flag, !takesNone(option)] as const))
    expect(Object.fromEntries(known)).toEqual(flags[program])
  })

  test('says what to do instead of what is refused', () => {
    const scie = options.some(({ name }) => name === 'pex_name') ? ['-o', 'out.pex'] : []
    for (const option of options) {
      const { flags: [flag = ''], refused, choices, type } = option
      if (refused === undefined) continue
      const given = parseArguments(options, [...takesNone(option) ? [flag] : [`${flag}=${choices?.[0] ?? (type === 'int' ? '1' : 'x')}`], ...scie])
      expect(() => refuseUnsupported('answer' in given ? expect.unreachable() : given, {})).toThrow(`${flag} is not supported: it ${refused}.`)
      expect(refused).toMatch(/: |, which is not here: leave it out$/)
    }
  })
})
