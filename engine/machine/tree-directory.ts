/** A directory's entries: a trie by the hash of the name. Names whose hashes are equal hang on one leaf as a list. */
import type { Inode } from './tree-inode.ts'
import { dropLeaf, eachLeaf, getLeaf, putLeaf, type Owner } from './tree-trie.ts'

/** Never changed once made. */
export interface Entry {
  readonly key: number
  readonly name: string
  readonly ino: number
  /** Place in creation order. */
  readonly order: number
  readonly next: Entry | undefined
}

export const findEntry = (directory: Inode, name: string): Entry | undefined => {
  let entry = getLeaf(directory.entries, hash(name))
  while (entry !== undefined && entry.name !== name) entry = entry.next
  return entry
}

/** Adds a name, or points an existing one (which keeps its place) to another inode. `directory` is owned by `owner`. */
export const putEntry = (directory: Inode, name: string, ino: number, owner: Owner): void => {
  const key = hash(name)
  const chain = getLeaf(directory.entries, key)
  const old = findEntry(directory, name)
  if (old === undefined) directory.count++
  const order = old?.order ?? directory.nextOrder++
  directory.entries = putLeaf(directory.entries, { key, name, ino, order, next: without(chain, name) }, owner)
}

/** Takes away a name that is there. `directory` is owned by `owner`. */
export const dropEntry = (directory: Inode, name: string, owner: Owner): void => {
  const key = hash(name)
  const rest = without(getLeaf(directory.entries, key), name)
  directory.entries = rest === undefined ? dropLeaf(directory.entries, key, owner) : putLeaf(directory.entries, rest, owner)
  directory.count--
}

/** In creation order. */
export const listEntries = (directory: Inode): Entry[] => {
  const entries: Entry[] = []
  eachLeaf(directory.entries, leaf => {
    for (let entry: Entry | undefined = leaf; entry !== undefined; entry = entry.next) entries.push(entry)
  })
  return entries.sort((a, b) => a.order - b.order)
}

const without = (chain: Entry | undefined, name: string): Entry | undefined => {
  if (chain === undefined) return undefined
  if (chain.name === name) return chain.next
  const next = without(chain.next, name)
  return next === chain.next ? chain : { ...chain, next }
}

/** FNV-1a over UTF-16 units, folded to 30 bits. */
const hash = (name: string): number => {
  let value = 0x811c9dc5
  for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193)
  return (value ^ (value >>> 15)) & 0x3fffffff
}
