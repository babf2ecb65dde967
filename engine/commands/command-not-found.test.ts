import { describe, expect, test } from 'vitest'
import { runCommand } from '../../test/support/machine.ts'
import { commandNotFound } from './command-not-found.ts'
import { similarNames } from './similar-names.ts'

describe('command-not-found', () => {
  const say = async (name: string, others: string[] = []) => {
    const commands = Object.fromEntries(['told', ...others].map((each) => [each, commandNotFound]))
    const { status, stdout, stderr } = await runCommand(commands, ['told', '--', name])
    expect([status, stdout]).toEqual([127, ''])
    return stderr
  }
  test('says as bash does', async () => {
    expect(await say('nothing-like-it')).toBe('bash: nothing-like-it: command not found\n')
    expect(await say('a b')).toBe('bash: a b: command not found\n')
    expect(await say('')).toBe('bash: : command not found\n')
  })
  test('says what there is instead', async () => {
    expect(await say('pex')).toBe('bash: pex: command not found\n`pipx install pex` brings it.\n')
    expect(await say('import')).toMatch(/That is Python/)
  })
  test('guesses what was meant, where that is not too much', async () => {
    expect(await say('tolld')).toBe('bash: tolld: command not found\nDid you mean `told`?\n')
    expect(await say('tolx', ['tola', 'tolb'])).toContain('Did you mean `tola` or `tolb` or `told`?')
    expect(await say('tolx', ['tola', 'tolb', 'tolc'])).toBe('bash: tolx: command not found\n')
  })
})

test.each([
  ['sl', ['ls']],
  ['pyhton', ['python']],
  ['pythn', ['python']],
  ['pythoon', ['python']],
  ['pythxn', ['python']],
  ['python', []],
  ['pyhtno', []],
  ['l', []],
  ['grepp', ['grep']],
  ['ss', []],
])('%s', (name, found) => {
  expect(similarNames(name, ['ls', 'python', 'python3.14', 'grep', 'cat', 'l']).filter((other) => other !== name)).toEqual(found)
})
