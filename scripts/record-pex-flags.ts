/**
 * Records the options that the real pex and pex3 list in their help, and whether each takes a value, into test/recorded/pex-flags.json.
 * Usage: tsx scripts/record-pex-flags.ts DIRECTORY_OF_PEX_AND_PEX3
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

const directory = process.argv[2]
if (!directory) {
  process.stderr.write('usage: tsx scripts/record-pex-flags.ts DIRECTORY_OF_PEX_AND_PEX3\n')
  process.exit(2)
}
const ask = (program: string, args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(join(directory, program), args, { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', COLUMNS: '10000' } })
  if (status !== 0) throw new Error(stderr)
  return stdout
}
/** A line of the help begins with `-f NAME, --flag NAME`, and its text follows behind two spaces at least. */
const flagsOf = (help: string): [string, boolean][] => [...help.matchAll(/^ {2}(-.*?)(?: {2,}.*)?$/gm)]
  .flatMap(([, listed = '']) => listed.split(/, (?=-)/).map((each): [string, boolean] => [each.split(' ')[0]!, each.includes(' ')]))

const programs = ['pex', 'pex3 lock create', 'pex3 lock export', 'pex3 interpreter inspect', 'pex3 run']
const lines = programs.map(called => {
  const [program = '', ...words] = called.split(' ')
  return `${JSON.stringify(called)}: ${JSON.stringify(Object.fromEntries(flagsOf(ask(program, [...words, '--help']))))}`
})
writeFileSync(join(root, 'test/recorded/pex-flags.json'), `{"pex": "${ask('pex', ['--version']).trim()}", "flags": {\n${lines.join(',\n')}\n}}\n`)
