/** The place that the real tools ran in when they were recorded: the same wheels, the same Python. */
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { targetOf, type Inspected } from '../../bin/inspected-target.ts'
import { keptParts } from '../../bin/kept-parts.ts'
import { nodeDigests } from '../../bin/node-digests.ts'
import { nodeFiles } from '../../bin/node-files.ts'
import { nodeIndex } from '../../bin/node-indexes.ts'
import type { PexHome } from '../../engine/pex-command/pex-home.ts'
import { fetchWheels } from '../../scripts/fetch-wheels.ts'
import { clashingWheels } from './clashing-wheels.ts'
import { oddWheel, oddWheelName } from './odd-wheel.ts'

export interface CommandPlace {
  readonly base: string
  /** The directory of the wheels. */
  readonly links: string
  readonly remove: () => void
}

/** A directory with every wheel of scripts/wheels.txt, the odd one, and those that clash. */
export const layCommandPlace = async (): Promise<CommandPlace> => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'pex-')))
  const links = join(base, 'links')
  mkdirSync(links)
  for (const path of fetchWheels().values()) copyFileSync(path, join(links, basename(path)))
  writeFileSync(join(links, oddWheelName), await oddWheel())
  for (const [name, bytes] of await clashingWheels()) writeFileSync(join(links, name), bytes)
  return { base, links, remove: () => rmSync(base, { recursive: true, force: true }) }
}

export interface Said {
  readonly output: string[]
  readonly errors: string[]
}

/** `environment` is what requests and pip's settings go by; the machine's own settings do not count. */
export const commandHome = async (
  { base, links }: CommandPlace, inspected: Inspected, directory: string, { output, errors }: Said, environment: Record<string, string> = {},
): Promise<PexHome> => {
  const files = nodeFiles(directory)
  const wheel = basename(fetchWheels().get('pex')!)
  const write = (texts: string[]) => ({ columns: undefined, write: (text: string) => Promise.resolve(void texts.push(text)) })
  const target = await targetOf(inspected)
  const python = { target, path: inspected.path, shBoot: { version: [3, 11] as [number, number] } }
  /** Those of lay-venvs.ts are of the same Python. */
  const inVenv = (path: string) => ({ ...python, path, target: { ...target, description: `${target.tags[0]} interpreter at ${path}` } })
  return {
    program: 'pex', environment: {}, directory, output: write(output), errors: write(errors), files, digests: nodeDigests,
    signal: new AbortController().signal, now: () => 0, breathe: () => Promise.resolve(),
    index: nodeIndex(base, { PIP_CONFIG_FILE: '/dev/null', ...environment }, line => void errors.push(`pip: WARNING: ${line}\n`)),
    connects: true,
    defaultIndexes: () => Promise.resolve([]),
    pexWheel: async () => ({ fileName: wheel, source: await files.open(join(links, wheel)) }),
    python: name => Promise.resolve(name === undefined ? python : name.startsWith(join(base, 'venvs/')) ? inVenv(name) : undefined),
    run: () => Promise.reject(new Error('nothing is run here')),
  }
}

/** The home with parts of PEXes kept in a directory; `state` stands for the content of all wheels. */
export const keepingHome = (home: PexHome, directory: string, state = 'one'): PexHome => ({
  ...home,
  kept: keptParts(directory, home.files),
  files: { ...home.files, identity: path => Promise.resolve(`${path} ${state}`) },
  pexWheel: async () => ({ ...await home.pexWheel(), identity: state }),
})
