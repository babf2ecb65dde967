/** Every build of scripts/pex-cases.ts is what the real pex made of it: the same bytes, where data are not compressed. And it reads back. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesAsSource } from '../engine/archive/byte-source.ts'
import { readZip } from '../engine/archive/read-zip.ts'
import { portableDigests as digests } from '../engine/install/digests.ts'
import { fileOf, type Tree } from '../engine/install/tree-file.ts'
import { checkHashes } from '../engine/pex/check-hashes.ts'
import { loosePex, packedPex, zipapp } from '../engine/pex/lay-out-pex.ts'
import { readPexDirectory, readPexFile } from '../engine/pex/read-pex.ts'
import { isSmall, pexCases, type PexCase } from '../scripts/pex-cases.ts'
import { root } from '../scripts/root.ts'
import { collect, pexBuilder, type PexBuilder } from './support/pex-builder.ts'
import { describeDirectory, describeZip, type PartFile, type RecordedPex } from './support/pex-parts.ts'

const recording = (file: string) => JSON.parse(readFileSync(join(root, 'test/recorded', file), 'utf8')) as { pex: string; recorded: Record<string, RecordedPex> }
const { pex: recordedVersion, recorded } = recording('pex.json')
const older = recording('pex-2.92.3.json')
const named = pexCases.map(each => [each.name, each] as const)
let builder: PexBuilder

beforeAll(async () => {
  builder = await pexBuilder()
})

const laidOut = async (each: PexCase, by = builder): Promise<PartFile[]> => {
  const pex = await by.assemble(each)
  const laid: PartFile[] = []
  for (const { path, mode, data } of each.input?.layout === 'loose' ? loosePex(pex) : packedPex(pex, { compress: false })) laid.push({ path, mode, bytes: await collect(data) })
  return laid
}

const asFile = async (each: PexCase, compress: boolean, by = builder) => collect(zipapp(await by.assemble(each), { compress }))

const isZipapp = ({ input }: PexCase) => (input?.layout ?? 'zipapp') === 'zipapp'

const describeBuild = async (each: PexCase, by = builder): Promise<RecordedPex> =>
  isZipapp(each) ? describeZip(await asFile(each, false, by)) : describeDirectory(await laidOut(each, by))

/** Part by part first, so that a failure says where. */
const expectSame = (ours: RecordedPex, real: RecordedPex) => {
  expect(JSON.parse(ours.info)).toEqual(JSON.parse(real.info))
  expect(ours.parts).toEqual(real.parts)
  expect(ours.sha256).toBe(real.sha256)
}

describe('as the real pex builds it', () => {
  test('the recordings are of the pinned pex', () => expect(builder.runtime.version).toBe(recordedVersion))

  test.each(named)('%s', async (name, each) => expectSame(await describeBuild(each), recorded[name]!))

  describe('an older one', () => {
    let olderBuilder: PexBuilder
    beforeAll(async () => { olderBuilder = await pexBuilder(older.pex) })
    const small = pexCases.filter(isSmall).map(each => [each.name, each] as const)
    test('is recorded on the same builds', () => expect(Object.keys(older.recorded)).toEqual(small.map(([name]) => name)))
    test.each(small)('%s', async (name, each) => expectSame(await describeBuild(each, olderBuilder), older.recorded[name]!))
  })

  test.each(named.filter(([name, each]) => isZipapp(each) && ['requests', 'odd-parts', 'everything', 'whole wheels'].includes(name)))('compressed: %s', async (_name, each) => {
    const plain = await readZip(bytesAsSource(await asFile(each, false)))
    const bytes = await asFile(each, true)
    const packed = await readZip(bytesAsSource(bytes))
    const fields = ({ name, crc, size, flags, raw }: (typeof packed.entries)[number]) =>
      [name, crc, size, flags, raw.externalAttributes, raw.versionMadeBy, raw.versionNeeded, raw.date, raw.time, raw.internalAttributes]
    expect(packed.entries.map(fields)).toEqual(plain.entries.map(fields))
    const isStored = (name: string) => name.endsWith('/') || /\.whl$/.test(name)
    for (const entry of packed.entries) {
      expect([entry.name, entry.method]).toEqual([entry.name, isStored(entry.name) ? 0 : 8])
      await packed.data(entry)
    }
    expect(bytes.length).toBeLessThan(plain.source.size)
  })
})

describe('read back', () => {
  const kinds = ['requests', 'odd-parts', 'sources', 'everything', 'packed sources', 'loose sources', 'sh-boot packed', 'whole wheels', 'whole wheels packed']
  test.each(named.filter(([name]) => kinds.includes(name)))('the hashes of: %s', async (_name, each) => {
    const layout = each.input?.layout ?? 'zipapp'
    const tree: Tree = layout === 'zipapp' ? new Map() : new Map((await laidOut(each)).map(({ path, mode, bytes }) => [path, fileOf(bytes, (mode & 0o100) !== 0)]))
    const pex = layout === 'zipapp' ? await readPexFile(bytesAsSource(await asFile(each, false))) : await readPexDirectory(tree)
    expect(pex.layout).toBe(layout)
    expect(pex.shBoot).toBe(each.input?.shBoot ?? false)
    const checked = await checkHashes(pex, digests)
    expect(checked.map(({ of }) => of).slice(0, 3)).toEqual(['pex_hash', 'code_hash', 'bootstrap_hash'])
    expect(checked).toHaveLength(3 + (each.wheels?.length ?? 0))
    for (const { of, recorded: said, found } of checked) expect([of, found]).toEqual([of, said])
  })

  test('what was changed does not match', async () => {
    const [, each] = named.find(([name]) => name === 'loose sources')!
    const laid = await laidOut(each)
    const changed = (pattern: RegExp) => new Map(laid.map(({ path, bytes }) => [path, fileOf(pattern.test(path) ? new TextEncoder().encode('changed') : bytes)]))
    const wrong = async (tree: Tree) => (await checkHashes(await readPexDirectory(tree), digests)).filter(({ recorded: said, found }) => said !== found).map(({ of }) => of)
    expect(await wrong(changed(/^app\/main\.py$/))).toEqual(['code_hash'])
    expect(await wrong(changed(/^\.bootstrap\/pex\/pex\.py$/))).toEqual(['bootstrap_hash'])
    expect(await wrong(changed(/certifi\/cacert\.pem$/))).toEqual([expect.stringMatching(/^certifi-.*\.whl$/)])
    const gone = new Map([...changed(/^$/)].filter(([path]) => !path.startsWith('.deps/')))
    expect(await wrong(gone)).toEqual([expect.stringMatching(/^certifi-.*\.whl$/)])
    const info = [...changed(/^$/)].map(([path, file]) => [path, path === 'PEX-INFO' ? fileOf(new TextEncoder().encode(recorded['loose sources']!.info.replace('"emit_warnings":true', '"emit_warnings":false'))) : file] as const)
    expect(await wrong(new Map(info))).toEqual(['pex_hash'])
  })
})
