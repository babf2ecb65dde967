/** The PEXes that scripts/record-old-pexes.py recorded, put together again of their parts. */
import { readFileSync } from 'node:fs'
import { bytesAsSource } from '../../engine/archive/byte-source.ts'
import { readDirectory } from '../../engine/archive/read-zip.ts'
import type { NewEntry } from '../../engine/archive/write-zip.ts'
import { fetchOlderPexes, fetchWheels } from '../../scripts/fetch-wheels.ts'
import recorded from '../recorded/old-pexes.json'
import { fromBase64, utf8, zipOf } from './recorded-archives.ts'

type Source = [project: 'six' | 'pex', path: string]
const pexes = recorded as unknown as Record<string, { shebang: string; entries: Record<string, Source | string> }>

export const oldVersions = Object.keys(pexes)

const filesOf = async (path: string): Promise<Map<string, () => Promise<Uint8Array>>> => {
  const archive = await readDirectory(bytesAsSource(new Uint8Array(readFileSync(path))))
  return new Map(archive.entries.map(entry => [entry.name, () => archive.data(entry)]))
}

/** The file that this version of pex made of `six` and a small application. */
export const oldPex = async (version: string): Promise<Uint8Array> => {
  const { shebang, entries } = pexes[version]!
  const wheels = { six: await filesOf(fetchWheels().get('six')!), pex: await filesOf(fetchOlderPexes().get(version)!) }
  const made: NewEntry[] = []
  for (const [name, source] of Object.entries(entries)) {
    made.push({ name, data: typeof source === 'string' ? fromBase64(source) : await wheels[source[0]].get(source[1])!() })
  }
  return zipOf(made, { prefix: utf8(shebang) })
}

/** Of an error, the last line; a run that ends well may warn, as CPython 3.14 does of what older ones are silent about. */
export const endOf = ({ status, stderr }: { status: number; stderr: string }): string =>
  status === 0 ? '' : (stderr.trimEnd().split('\n').at(-1) ?? '').replace(/\(\/\S+\/lib\/python3\.\d+\//, '(/opt/lib/python3.14/')
