/** What the build hands to a terminal on a slide: the fence's options, the transcript, and its lines as Shiki drew them. */
import type { Fixture, TreeEntry } from '../engine/host/session.ts'
import type { PexMap } from '../engine/pex/map-pex.ts'
import type { FenceOptions } from '../engine/transcript/fence-options.ts'
import type { Transcript } from '../engine/transcript/transcript.ts'

/** What stands beside the terminal at one click: a tree, a file's bytes in base64, or a .pex file's parts. */
export interface Still {
  entries?: TreeEntry[]
  bytes?: string
  map?: PexMap
}

export interface TerminalBlock {
  options: FenceOptions
  transcript: Transcript
  /** HTML of each line of `transcript.text`. */
  lines: string[]
  columns: number
  rows: number
  /** Where the shell starts. */
  directory: string
  /** What the machine starts from, where it is small: a terminal that has to ask for it comes later. */
  fixture?: Fixture
  /** By step, for where nothing runs. */
  stills: Still[]
}

/** A terminal that has the slide's width to itself, and one that shares it. */
export const FULL_COLUMNS = 80
export const SPLIT_COLUMNS = 60

/** Screen rows that a text takes on so many columns, and one more for the prompt under it. */
export function rowsOf(text: string, columns: number): number {
  return text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(Array.from(line).length / columns)), 1)
}

/** A file's bytes in a block's JSON. */
interface EncodedBytes {
  base64: string
}

/** A block as an attribute's value: base64, so that neither Markdown nor Vue reads anything into it. */
export function encodeBlock(block: TerminalBlock): string {
  const json = JSON.stringify(block, function (this: Record<string, unknown>, key, value: unknown) {
    // What stands there, not the replacer's value: Node's Buffers have made something else of themselves by then.
    const bytes = this[key]
    return bytes instanceof Uint8Array ? { base64: toBase64(bytes) } satisfies EncodedBytes : value
  })
  return toBase64(new TextEncoder().encode(json))
}

export function decodeBlock(encoded: string): TerminalBlock {
  const json = new TextDecoder().decode(fromBase64(encoded))
  const block = JSON.parse(json) as TerminalBlock
  for (const file of block.fixture?.files ?? []) file.bytes = fromBase64((file.bytes as unknown as EncodedBytes).base64)
  return block
}

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

export function fromBase64(text: string): Uint8Array {
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at)
  return bytes
}
