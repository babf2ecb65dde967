/**
 * A regular file's bytes: pages of up to 64 KiB in a trie by index, absent pages being holes that read as zeros. A page's buffer grows
 * with what is written, so a small file is small. Bytes past a page's `length` are not part of the file, whatever the buffer holds there.
 */
import { BLOCK, type Inode } from './tree-inode.ts'
import { dropLeaf, eachLeaf, getLeaf, putLeaf, type Owner } from './tree-trie.ts'

export interface Page {
  readonly key: number
  readonly owner: Owner
  length: number
  bytes: Uint8Array
}

export const PAGE = 65536
/** ext4's largest file with 4 KiB blocks: 16 TiB. Page indexes stay below 2 ** 28. */
export const LARGEST_FILE = 2 ** 44

const blocksOf = (length: number) => Math.ceil(length / BLOCK)

/** A copy: later writes don't show in it. Shorter than asked at the end of the file. */
export const readContent = (file: Inode, offset: number, length: number): Uint8Array => {
  const end = Math.min(offset + length, file.size)
  if (end <= offset) return new Uint8Array(0)
  const first = getLeaf(file.pages, Math.floor(offset / PAGE))
  const from = offset % PAGE
  if (first !== undefined && from + (end - offset) <= first.length) return first.bytes.slice(from, from + (end - offset))
  const result = new Uint8Array(end - offset)
  for (let at = offset; at < end; ) {
    const start = at % PAGE
    const page = getLeaf(file.pages, Math.floor(at / PAGE))
    if (page !== undefined && page.length > start) {
      result.set(page.bytes.subarray(start, Math.min(page.length, start + end - at)), at - offset)
    }
    at += PAGE - start
  }
  return result
}

/** Writes into `file` (owned by `owner`) as many bytes as `room` more blocks allow, and says how many. */
export const writeContent = (file: Inode, offset: number, bytes: Uint8Array, owner: Owner, room: number): number => {
  let taken = 0
  let left = room
  while (taken < bytes.length) {
    const start = (offset + taken) % PAGE
    const index = Math.floor((offset + taken) / PAGE)
    const page = getLeaf(file.pages, index)
    const length = page?.length ?? 0
    const end = Math.min(PAGE, start + bytes.length - taken, (blocksOf(length) + left) * BLOCK)
    if (end <= start) break
    const grown = blocksOf(Math.max(end, length)) - blocksOf(length)
    const target = ownPage(file, index, end, owner)
    if (start > length) target.bytes.fill(0, length, start)
    target.bytes.set(bytes.subarray(taken, taken + end - start), start)
    target.length = Math.max(end, length)
    file.blocks += grown
    left -= grown
    taken += end - start
  }
  if (taken > 0) file.size = Math.max(file.size, offset + taken)
  return taken
}

/** Cuts `file` (owned by `owner`) off at `size`, or lengthens it by a hole. */
export const resizeContent = (file: Inode, size: number, owner: Owner): void => {
  if (size < file.size) {
    const kept = Math.ceil(size / PAGE)
    const beyond: Page[] = []
    eachLeaf(file.pages, page => {
      if (page.key >= kept) beyond.push(page)
    })
    for (const page of beyond) {
      file.pages = dropLeaf(file.pages, page.key, owner)
      file.blocks -= blocksOf(page.length)
    }
    const last = size % PAGE
    const page = last === 0 ? undefined : getLeaf(file.pages, kept - 1)
    if (page !== undefined && page.length > last) {
      file.blocks -= blocksOf(page.length) - blocksOf(last)
      ownPage(file, kept - 1, last, owner).length = last
    }
  }
  file.size = size
}

/** The page, changeable, with room for `needed` bytes. */
const ownPage = (file: Inode, index: number, needed: number, owner: Owner): Page => {
  const page = getLeaf(file.pages, index)
  if (page !== undefined && page.owner === owner) {
    if (page.bytes.length < needed) {
      // Doubling keeps a file that is written line by line linear.
      const bytes = new Uint8Array(Math.min(PAGE, Math.max(needed, page.bytes.length * 2)))
      bytes.set(page.bytes.subarray(0, page.length))
      page.bytes = bytes
    }
    return page
  }
  const bytes = new Uint8Array(Math.max(needed, page?.length ?? 0))
  if (page !== undefined) bytes.set(page.bytes.subarray(0, page.length))
  const copy: Page = { key: index, owner, length: page?.length ?? 0, bytes }
  file.pages = putLeaf(file.pages, copy, owner)
  return copy
}
