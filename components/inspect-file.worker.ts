/** Looks into files apart from the page: the hashes of a large .pex file take seconds. A file's bytes are read as they are needed. */
import type { ByteSource } from '../engine/archive/byte-source.ts'
import { ZipError } from '../engine/archive/zip-error.ts'
import { portableDigests } from '../engine/install/digests.ts'
import { PackagingError } from '../engine/packaging/packaging-error.ts'
import { pyodide314, pyodideTarget } from '../engine/packaging/target.ts'
import { commonPythons, commonSystems, commonTarget } from '../engine/pex/common-targets.ts'
import { describePex } from '../engine/pex/describe-pex.ts'
import { formatDescription } from '../engine/pex/format-description.ts'
import { formatVerdict } from '../engine/pex/format-verdict.ts'
import { mapPex } from '../engine/pex/map-pex.ts'
import type { NamedTarget } from '../engine/pex/named-target.ts'
import { PexError } from '../engine/pex/pex-error.ts'
import { readPexFile } from '../engine/pex/read-pex.ts'
import { willItRun } from '../engine/pex/will-it-run.ts'
import type { Inspection, Place } from './inspection.ts'

const sourceOf = (file: Blob): ByteSource => ({
  size: file.size,
  read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
})

const targets: { system: string; python: string; named: NamedTarget }[] = [
  ...commonSystems.flatMap(system => commonPythons.map(minor => ({ system, python: `3.${minor}`, named: commonTarget(system, minor) }))),
  { system: 'this browser', python: pyodide314.python.split('.').slice(0, 2).join('.'), named: { target: pyodideTarget(), flags: ['--complete-platform', 'browser.json'] } },
]

async function inspect(file: File): Promise<Inspection> {
  const { name } = file
  const source = sourceOf(file)
  try {
    const description = await describePex({ name, file: source }, portableDigests)
    const places: Place[] = []
    if (description.kind === 'pex') {
      const pex = await readPexFile(source)
      for (const { system, python, named } of targets) {
        const verdict = await willItRun(pex, named.target)
        places.push({ system, python, runs: verdict.runs, text: formatVerdict(name, verdict, named) })
      }
    }
    return { map: await mapPex(source), description: formatDescription(name, description), places }
  } catch (error) {
    if (error instanceof ZipError || error instanceof PexError || error instanceof PackagingError) return { problem: `${name}: ${error.message}` }
    throw error
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<File>) => self.postMessage(await inspect(data)))
