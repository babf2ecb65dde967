/** Brings the wheels of scripts/wheels.txt into .cache/wheels, by pip and from the index that it is set up for. What is there already stays. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

const pins = join(root, 'scripts', 'wheels.txt')
const directory = join(root, '.cache', 'wheels')

/** What is pinned to the machine that the recordings were made on, whatever Python asks. */
const target = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'abi3', '--abi', 'none',
  ...['manylinux_2_28_x86_64', 'manylinux2014_x86_64', 'manylinux_2_17_x86_64', 'manylinux1_x86_64', 'any'].flatMap(tag => ['--platform', tag])]

const wanted = () => [...readFileSync(pins, 'utf8').matchAll(/--hash=sha256:([0-9a-f]{64})/g)].map(([, hash]) => hash!)

const present = () => new Map(readdirSync(directory).filter(name => name.endsWith('.whl')).map(name =>
  [createHash('sha256').update(readFileSync(join(directory, name))).digest('hex'), name] as const))

/** The wheels' paths by their project, as the file names spell it. Throws where pip cannot bring one. */
export const fetchWheels = (): Map<string, string> => {
  mkdirSync(directory, { recursive: true })
  let found = present()
  if (wanted().some(hash => !found.has(hash))) {
    const pip = spawnSync('python3', ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:',
      '--require-hashes', ...target, '--dest', directory, '--requirement', pins], { encoding: 'utf8', timeout: 240_000 })
    found = present()
    const missing = wanted().filter(hash => !found.has(hash)).length
    if (missing) {
      const reason = (pip.error?.message ?? pip.stderr).trim().split('\n').at(-1)
      throw new Error(`${missing} of the wheels of scripts/wheels.txt could not be downloaded by pip, whose index must be reachable: ${reason}`)
    }
  }
  return new Map(wanted().map(hash => found.get(hash)!).map(name => [name.split('-')[0]!, join(directory, name)]))
}
