import { expect, test } from 'vitest'
import { createRandom } from '../../test/support/random-operations.ts'
import { dropLeaf, eachLeaf, getLeaf, putLeaf, type Leaf, type Owner, type Trie } from './tree-trie.ts'

interface Word extends Leaf {
  word: number
}
const all = (trie: Trie<Word>) => {
  const words: [number, number][] = []
  eachLeaf(trie, ({ key, word }) => words.push([key, word]))
  return words.sort((a, b) => a[0] - b[0])
}

test.each([
  ['dense', (random: (below: number) => number) => random(200)],
  ['sparse', (random: (below: number) => number) => random(2 ** 30)],
  ['alike in their low digits', (random: (below: number) => number) => random(64) * 2 ** 24],
])('a trie with %s keys is a map, and its pictures stay', (_, key) => {
  const random = createRandom(7)
  const model = new Map<number, number>()
  const pictures: [Trie<Word>, [number, number][]][] = []
  let owner: Owner = {}
  let trie: Trie<Word>
  for (let step = 0; step < 3000; step++) {
    const keys = [...model.keys()]
    const at = random(2) === 0 && keys.length > 0 ? keys[random(keys.length)]! : key(random)
    expect(getLeaf(trie, at)?.word).toBe(model.get(at))
    if (random(5) < 3) {
      trie = putLeaf(trie, { key: at, word: step }, owner)
      model.set(at, step)
    } else {
      trie = dropLeaf(trie, at, owner)
      model.delete(at)
    }
    if (random(50) === 0) {
      pictures.push([trie, [...model].sort((a, b) => a[0] - b[0])])
      owner = {}
    }
  }
  expect(all(trie)).toEqual([...model].sort((a, b) => a[0] - b[0]))
  for (const [picture, words] of pictures) expect(all(picture)).toEqual(words)
})

test('a trie that was emptied is empty, and one leaf is no branch', () => {
  const owner = {}
  const leaf = { key: 5, word: 1 }
  const trie = putLeaf(putLeaf<Word>(undefined, leaf, owner), { key: 5 + 2 ** 25, word: 2 }, owner)
  expect(dropLeaf(trie, 5 + 2 ** 25, owner)).toBe(leaf)
  expect(dropLeaf(dropLeaf(trie, 5, owner), 5 + 2 ** 25, owner)).toBeUndefined()
})

test('a change under the same owner happens in place; under another it leaves the old trie alone', () => {
  const owner = {}
  let trie: Trie<Word>
  for (let key = 0; key < 100; key++) trie = putLeaf(trie, { key, word: key }, owner)
  expect(putLeaf(trie, { key: 50, word: -1 }, owner)).toBe(trie)
  const before = all(trie)
  expect(putLeaf(trie, { key: 50, word: -2 }, {})).not.toBe(trie)
  expect(dropLeaf(trie, 999, {})).toBe(trie)
  expect(all(trie)).toEqual(before)
})
