import { createHash } from 'node:crypto'
import { writeZip } from '../../engine/archive/write-zip.ts'
import { describedMetadata, describedFile, type Described } from './memory-index.ts'

/** Small wheels that contradict each other where the first answer is taken: altair's newest wants another deneb than vega and mira[light]. */
const described: readonly Described[] = [
  { name: 'altair', version: '1.0', requires: ['deneb<2'] },
  { name: 'altair', version: '2.0', requires: ['deneb>=2'] },
  { name: 'deneb', version: '1.0' },
  { name: 'deneb', version: '2.0' },
  { name: 'mira', version: '1.0', requires: ['deneb<2; extra == "light"', 'vega'], extras: ['light'] },
  { name: 'spica', version: '1.0', requires: ['deneb<2; sys_platform == "linux"', 'altair; sys_platform == "win32"'] },
  { name: 'vega', version: '1.0', requires: ['deneb<2', 'Deneb !=2.0'] },
]

/** A wheel's bytes: one module, and what is described. */
export const describedWheel = async (one: Described): Promise<Uint8Array> => {
  const info = `${one.name}-${one.version}.dist-info`
  const files: [string, Uint8Array][] = [
    [`${one.name}.py`, Buffer.from('light = 1\n')],
    [`${info}/METADATA`, describedMetadata(one)],
    [`${info}/WHEEL`, Buffer.from('Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n')],
  ]
  const rows = files.map(([path, bytes]) => `${path},sha256=${createHash('sha256').update(bytes).digest('base64url')},${bytes.length}`)
  files.push([`${info}/RECORD`, Buffer.from([...rows, `${info}/RECORD,,`, ''].join('\n'))])
  const chunks: Uint8Array[] = []
  for await (const chunk of writeZip(files.map(([name, data]) => ({ name, data })))) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Their file names and bytes. */
export const clashingWheels = (): Promise<[name: string, bytes: Uint8Array][]> =>
  Promise.all(described.map(async (one): Promise<[string, Uint8Array]> => [describedFile(one).fileName, await describedWheel(one)]))
