/** What real pex makes is compared in engine/pex-command/recorded.test.ts; here are the trees that no wheel is made of. */
import { beforeAll, expect, test } from 'vitest'
import { oddWheel, oddWheelName } from '../../test/support/odd-wheel.ts'
import { bytesAsSource } from '../archive/byte-source.ts'
import { portableDigests as digests } from './digests.ts'
import { installWheel } from './install-wheel.ts'
import { repackWheel } from './repack-wheel.ts'
import { fileOf, type Tree } from './tree-file.ts'
import { openWheel } from './wheel.ts'

let tree: Tree

beforeAll(async () => {
  const wheel = await openWheel(oddWheelName, bytesAsSource(await oddWheel()))
  const scripts = { callable: () => '', module: () => '' }
  tree = (await installWheel(wheel, { digests, scripts })).tree
})

const repack = (changes: Readonly<Record<string, string | undefined>>, asWas = false) => {
  const changed: Tree = new Map(tree)
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) changed.delete(path)
    else changed.set(path, fileOf(new TextEncoder().encode(text)))
  }
  return repackWheel(oddWheelName, changed, { digests, compress: false, asWas })
}

test.each([
  [{ 'odd_parts-1.0.dist-info/RECORD': undefined }, 'has no odd_parts-1.0.dist-info/RECORD: no wheel can be made again without it'],
  [{ 'odd_parts-1.0.dist-info/METADATA': 'Name: odd-parts\n' }, 'has no odd_parts-1.0.dist-info/METADATA with a name and a version'],
  [{ 'odd_parts-1.0.dist-info/RECORD': 'one,two\n' }, "RECORD row 1 has 2 fields where path, hash and size are expected: 'one,two'"],
])('refuses %j', async (changes, says) => {
  await expect(repack(changes)).rejects.toThrow(says)
})

test.each(['{', 'null', '{"entries": 3}', '{"entries": [["a", [1980, 1, 1], 0]]}', '{"entries": [["a", [1980, 1, 1, 0, 0, 0], "0"]]}'])('refuses to make it as it was with %s', async text => {
  const info = { 'odd_parts-1.0.pex-info/original-whl-info.json': text }
  await expect(repack(info, true)).rejects.toThrow('odd_parts-1.0: has a odd_parts-1.0.pex-info/original-whl-info.json that is not what pex writes')
  expect(await repack(info)).toEqual(await repack({}))
})
