/**
 * The archive room: deflating 50 MB of mixed files through our writer, against fflate's own calls on the same bytes and the real `zip
 * -6`.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'fflate'
import { bytesAsSource } from '../../engine/archive/byte-source.ts'
import { readZip } from '../../engine/archive/read-zip.ts'
import { writeZip } from '../../engine/archive/write-zip.ts'
import { seededRandom } from '../../test/support/recorded-archives.ts'
import { sideBySide, type Row } from './row.ts'

const rounds = 7
const megabyte = 2 ** 20

/** Text, source, noise (as compressed files are) and binary records: 50 MB in files from 2 KB to 2 MB. */
const makeFiles = (): { name: string; data: Uint8Array }[] => {
  const random = seededRandom(50)
  const encoder = new TextEncoder()
  const words = Array.from({ length: 4000 }, () =>
    Array.from({ length: 2 + random() * 9 }, () => String.fromCharCode(97 + random() ** 2 * 26)).join(''),
  )
  const word = () => words[Math.floor(random() ** 2 * words.length)]!
  const makers: ((size: number) => Uint8Array)[] = [
    (size) => {
      let text = ''
      while (text.length < size) text += `${word()}${random() < 0.1 ? '.\n' : ' '}`
      return encoder.encode(text.slice(0, size))
    },
    (size) => {
      let text = ''
      while (text.length < size) text += `${'    '.repeat(random() * 4)}${word()} = ${word()}(${word()}, ${Math.floor(random() * 100)})\n`
      return encoder.encode(text.slice(0, size))
    },
    (size) => Uint8Array.from({ length: size }, () => random() * 256),
    (size) => {
      const view = new DataView(new ArrayBuffer(size))
      for (let at = 0; at + 16 <= size; at += 16) {
        view.setUint32(at, at >> 4, true)
        view.setUint16(at + 4, random() * 50, true)
        view.setFloat64(at + 8, Math.round(random() * 1000) / 8, true)
      }
      return new Uint8Array(view.buffer)
    },
  ]
  const files: { name: string; data: Uint8Array }[] = []
  for (let total = 0; total < 50 * megabyte;) {
    const size = Math.min(50 * megabyte - total, Math.floor(2048 + random() ** 4 * 2 * megabyte))
    files.push({ name: `file-${files.length}`, data: makers[files.length % makers.length]!(size) })
    total += size
  }
  return files
}

const time = async (run: () => unknown): Promise<number> => {
  const start = performance.now()
  await run()
  return performance.now() - start
}

export async function* rows(): AsyncGenerator<Row> {
  const files = makeFiles()
  const write = async (): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = []
    for await (const chunk of writeZip(files)) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
  const deflateAll = () => Buffer.concat(files.map(({ data }) => deflateSync(data, { level: 6 })))
  await write()
  deflateAll()
  const plain = await sideBySide(
    rounds,
    () => time(write),
    () => time(deflateAll),
  )
  const what = `${files.length} mixed files, 50 MB`
  yield { what: `archive: deflate ${what}, against fflate's deflateSync`, goal: 1.1, unit: 'ms', ...plain, note: 'ours also makes CRCs, headers and the archive' }

  const directory = mkdtempSync(join(tmpdir(), 'bench-'))
  const tree = join(directory, 'tree')
  const target = join(directory, 'out.zip')
  try {
    mkdirSync(tree)
    for (const { name, data } of files) writeFileSync(join(tree, name), data)
    const zip = () => spawnSync('zip', ['-q', '-r', '-6', '-X', target, '.'], { cwd: tree })
    const native = async () => {
      rmSync(target, { force: true })
      return time(zip)
    }
    const against = zip().error ? undefined : await sideBySide(rounds, () => time(write), native)
    if (against)
      yield { what: `archive: deflate ${what}, against zip -6`, goal: 'report', unit: 'ms', ...against, note: 'whole process, files from disk' }
    const archive = await readZip(bytesAsSource(await write()))
    const readAll = async () => {
      for (const entry of archive.entries) await archive.data(entry)
    }
    const read = await time(readAll)
    yield { what: `archive: read and check ${what}`, goal: 'report', unit: 'ms', ours: read }
  } finally {
    rmSync(directory, { recursive: true })
  }
}
