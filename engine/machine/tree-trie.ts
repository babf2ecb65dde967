/**
 * A persistent map from small whole numbers to leaves: a radix trie of 32-way branches, low digits first, as shallow as its keys
 * allow (a hash array mapped trie without the bitmaps; Bagwell, "Ideal Hash Trees", 2001). Inodes by number, a file's pages by
 * index and a directory's entries by hash are all kept in one.
 *
 * Every branch has an owner. A change made under the same owner happens in place; any other owner copies the branches on the way
 * (at most seven), so taking a picture of the whole costs nothing: keep the trie, and go on under a new owner.
 */

/** Compared by identity: whoever holds it may change the nodes that carry it. */
export type Owner = object

/** `key` is from 0 up to, not including, 2 ** 30. */
export interface Leaf {
  readonly key: number
}

interface Branch<L extends Leaf> {
  /** Tells a branch from a leaf. */
  readonly key: -1
  readonly owner: Owner
  readonly slots: Trie<L>[]
}

export type Trie<L extends Leaf> = Branch<L> | L | undefined

const DIGIT = 5
const WIDTH = 1 << DIGIT

const isBranch = <L extends Leaf>(node: Branch<L> | L): node is Branch<L> => node.key < 0

export const getLeaf = <L extends Leaf>(trie: Trie<L>, key: number): L | undefined => {
  let node = trie
  for (let rest = key; node !== undefined; rest >>>= DIGIT) {
    if (!isBranch(node)) return node.key === key ? node : undefined
    node = node.slots[rest & (WIDTH - 1)]
  }
  return undefined
}

/** Adds the leaf, or replaces the one with its key. */
export const putLeaf = <L extends Leaf>(trie: Trie<L>, leaf: L, owner: Owner, shift = 0): Branch<L> | L => {
  if (trie === undefined || trie.key === leaf.key) return leaf
  let branch: Branch<L>
  if (isBranch(trie)) {
    branch = owned(trie, owner)
  } else {
    branch = { key: -1, owner, slots: new Array<Trie<L>>(WIDTH).fill(undefined) }
    branch.slots[(trie.key >>> shift) & (WIDTH - 1)] = trie
  }
  const index = (leaf.key >>> shift) & (WIDTH - 1)
  branch.slots[index] = putLeaf(branch.slots[index], leaf, owner, shift + DIGIT)
  return branch
}

/** Without the leaf of that key. A branch left with one leaf becomes that leaf: equal maps have equal shapes. */
export const dropLeaf = <L extends Leaf>(trie: Trie<L>, key: number, owner: Owner, shift = 0): Trie<L> => {
  if (trie === undefined) return undefined
  if (!isBranch(trie)) return trie.key === key ? undefined : trie
  const index = (key >>> shift) & (WIDTH - 1)
  const before = trie.slots[index]
  if (before === undefined) return trie
  const after = dropLeaf(before, key, owner, shift + DIGIT)
  if (after === before) return trie
  const branch = owned(trie, owner)
  branch.slots[index] = after
  let only: Branch<L> | L | undefined
  for (const slot of branch.slots) {
    if (slot === undefined) continue
    if (only !== undefined || isBranch(slot)) return branch
    only = slot
  }
  return only
}

/** Leaves in no useful order. */
export const eachLeaf = <L extends Leaf>(trie: Trie<L>, visit: (leaf: L) => void): void => {
  if (trie === undefined) return
  if (!isBranch(trie)) return visit(trie)
  for (const slot of trie.slots) eachLeaf(slot, visit)
}

const owned = <L extends Leaf>(branch: Branch<L>, owner: Owner): Branch<L> =>
  branch.owner === owner ? branch : { key: -1, owner, slots: branch.slots.slice() }
