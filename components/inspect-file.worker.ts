/** Looks into files apart from the page: the hashes of a large .pex file take seconds. A file's bytes are read as they are needed. */
import type { ByteSource } from '../engine/archive/byte-source.ts'
import { readZip } from '../engine/archive/read-zip.ts'
import { ZipError } from '../engine/archive/zip-error.ts'
import { portableDigests } from '../engine/install/digests.ts'
import { PackagingError } from '../engine/packaging/packaging-error.ts'
import { pyodide314 } from '../engine/packaging/target.ts'
import { commonPythons, commonSystems, commonTarget } from '../engine/pex/common-targets.ts'
import { describePex } from '../engine/pex/describe-pex.ts'
import { formatDescription } from '../engine/pex/format-description.ts'
import { formatVerdict } from '../engine/pex/format-verdict.ts'
import { mapPex } from '../engine/pex/map-pex.ts'
import { thisBrowser, type NamedTarget } from '../engine/pex/named-target.ts'
import { noZip } from '../engine/pex/no-zip.ts'
import { PexError } from '../engine/pex/pex-error.ts'
import { bootstrapDirectory } from '../engine/pex/pex-tree.ts'
import { readPexDirectory, readPexFile, type OpenPex } from '../engine/pex/read-pex.ts'
import { willItRun } from '../engine/pex/will-it-run.ts'
import { zipTree } from '../engine/pex/zip-tree.ts'
import { unreadable, type Inspection, type Place } from './inspection.ts'

/** Bytes that are read at once: a file of thousands of small entries is asked for some hundred times, not for each of its headers. */
const AHEAD = 1 << 18

function sourceOf(file: Blob): ByteSource {
  const bytesOf = async (start: number, end: number) => new Uint8Array(await file.slice(start, end).arrayBuffer())
  let ahead = { start: 0, bytes: new Uint8Array(0) }
  return {
    size: file.size,
    async read(offset, length) {
      if (length >= AHEAD) return bytesOf(offset, offset + length)
      if (offset < ahead.start || offset + length > ahead.start + ahead.bytes.length) {
        ahead = { start: offset, bytes: await bytesOf(offset, Math.min(offset + AHEAD, file.size)) }
      }
      return ahead.bytes.subarray(offset - ahead.start, offset - ahead.start + length)
    },
  }
}

interface Candidate {
  system: string
  python: string
  named: NamedTarget
}

const browser: Candidate = {
  system: 'this browser',
  python: pyodide314.python.split('.').slice(0, 2).join('.'),
  named: thisBrowser(),
}
const candidates = (pythons: readonly number[]): Candidate[] =>
  commonSystems.flatMap(system => pythons.map(minor => ({ system, python: `3.${minor}`, named: commonTarget(system, minor) })))
/** Asked about only where none of the common ones runs it. */
const olderPythons = [7, 8, 9]

async function placesOf(name: string, pex: OpenPex): Promise<Place[]> {
  const at = async (targets: Candidate[]) => {
    const places: Place[] = []
    for (const { system, python, named } of targets) {
      const verdict = await willItRun(pex, named.target)
      places.push({ system, python, runs: verdict.runs, text: formatVerdict(name, verdict, named) })
    }
    return places
  }
  const common = await at(candidates(commonPythons))
  const here = await at([browser])
  if (common.some(({ runs }) => runs !== 'no')) return [...common, ...here]
  const older = await at(candidates(olderPythons))
  const useful = new Set(older.filter(({ runs }) => runs !== 'no').map(({ python }) => python))
  return [...older.filter(({ python }) => useful.has(python)), ...common, ...here]
}

/** A packed PEX that was zipped to be handed on: its parts are zip files, and Python imports nothing from a zip in a zip. */
async function inspectPacked(name: string, source: ByteSource): Promise<Inspection | undefined> {
  const tree = zipTree(await readZip(source))
  if (!tree.has(bootstrapDirectory)) return undefined
  // Beside __main__.py stands a link to it.
  tree.delete('pex')
  const description = formatDescription(name, await describePex({ name, tree }, portableDigests))
  return {
    map: await mapPex(source),
    description: `${description}A packed PEX runs as a directory: unzip it, and start its __main__.py.\n`,
    places: await placesOf(`${name}, unzipped,`, await readPexDirectory(tree)),
    startable: false,
  }
}

async function inspect(file: File): Promise<Inspection> {
  const { name } = file
  const source = sourceOf(file)
  try {
    const packed = await inspectPacked(name, source)
    if (packed) return packed
    const description = await describePex({ name, file: source }, portableDigests)
    return {
      map: await mapPex(source),
      description: formatDescription(name, description),
      places: description.kind === 'pex' ? await placesOf(name, await readPexFile(source)) : [],
      startable: description.kind !== 'wheel',
    }
  } catch (error) {
    if (error instanceof ZipError && error.code === 'not-a-zip') {
      return { problem: `${name} ${await noZip(source)}` }
    }
    if (error instanceof ZipError || error instanceof PexError || error instanceof PackagingError) return { problem: `${name}: ${error.message}` }
    if (error instanceof DOMException) return { problem: unreadable(name) }
    throw error
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<File>) => {
  const unforeseen = (error: unknown) => `${data.name} could not be read: ${error instanceof Error ? error.message : error}`
  self.postMessage(await inspect(data).catch((error: unknown): Inspection => ({ problem: unforeseen(error) })))
})
