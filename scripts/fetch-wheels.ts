/** Brings the wheels of a list of pins (scripts/wheels.txt and its neighbours) into .cache/wheels, by pip and from the index that it is set up for. What is there already stays. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './root.ts'

const directory = join(root, '.cache', 'wheels')

/** What is pinned to the machine that the recordings were made on, whatever Python asks. */
const target = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'abi3', '--abi', 'none',
  ...['manylinux_2_28_x86_64', 'manylinux2014_x86_64', 'manylinux_2_17_x86_64', 'manylinux1_x86_64', 'any'].flatMap(tag => ['--platform', tag])]

/** A list's lines by what they pin, and the hash of each. */
const wanted = (list: string): { line: string; hash: string }[] =>
  [...readFileSync(join(root, 'scripts', list), 'utf8').matchAll(/^.*--hash=sha256:([0-9a-f]{64})$/gm)].map(([line, hash]) => ({ line, hash: hash! }))

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Of the files that were seen: each is hashed once. */
const hashes = new Map<string, string>()

const present = (): Map<string, string> => {
  for (const name of readdirSync(directory)) if (name.endsWith('.whl') && !hashes.has(name)) hashes.set(name, hashOf(join(directory, name)))
  return new Map([...hashes].map(([name, hash]) => [hash, name]))
}

/** One call of pip, which takes one version of a project. A wheel appears whole, also for another process that brings the same. */
const download = (lines: string[]): string => {
  const part = mkdtempSync(join(directory, 'part-'))
  const pins = join(part, 'requirements.txt')
  writeFileSync(pins, lines.join('\n'))
  const pip = spawnSync('python3', ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:',
    '--require-hashes', ...target, '--dest', part, '--requirement', pins], { encoding: 'utf8', timeout: 240_000 })
  for (const name of readdirSync(part)) if (name.endsWith('.whl')) renameSync(join(part, name), join(directory, name))
  rmSync(part, { recursive: true })
  return (pip.error?.message ?? pip.stderr).trim().split('\n').at(-1)!
}

/** The paths of a list's wheels, in its order. Throws where pip cannot bring one. */
const fetchList = (list: string, atOnce: boolean): string[] => {
  mkdirSync(directory, { recursive: true })
  const pins = wanted(list)
  const missing = () => {
    const found = present()
    return pins.filter(({ hash }) => !found.has(hash)).map(({ line }) => line)
  }
  const lacking = missing()
  const reasons = (atOnce && lacking.length ? [lacking] : lacking.map(line => [line])).map(download)
  const count = missing().length
  if (count) throw new Error(`${count} of the wheels of scripts/${list} could not be downloaded by pip, whose index must be reachable: ${reasons.find(Boolean)}`)
  const found = present()
  return pins.map(({ hash }) => join(directory, found.get(hash)!))
}

const byPart = (paths: string[], part: number): Map<string, string> => new Map(paths.map(path => [basename(path).split('-')[part]!, path]))

/** The wheels' paths by their project, as the file names spell it: those of `wheels.txt`, or of another list. */
export const fetchWheels = (list = 'wheels.txt'): Map<string, string> => byPart(fetchList(list, true), 0)

/** The wheels of older pexes by their version. */
export const fetchOlderPexes = (): Map<string, string> => byPart(fetchList('older-wheels.txt', false), 1)
