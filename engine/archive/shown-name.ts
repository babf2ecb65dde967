import { unicodePath } from './extra-fields.ts'
import { flagUtf8, systems, type ZipEntry } from './zip-entry.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * A name as Info-ZIP shows and unpacks it: an unmarked name from a Unix is taken to be in the reader's own character set (UTF-8 here),
 * where
 * CPython's zipfile, and so `ZipEntry.name`, reads code page 437.
 */
export const nativeName = (entry: ZipEntry): string => {
  const system = entry.raw.versionMadeBy >> 8
  const marked = entry.flags & flagUtf8 || unicodePath(entry.blocks, entry.nameBytes)
  return marked || (system !== systems.unix && system !== systems.darwin) ? entry.name : utf8.decode(entry.nameBytes)
}

/** For a terminal: control characters as `^A`. */
export const shownName = (name: string): string =>
  name.replace(/[\x00-\x1f\x7f]/g, (char) => (char === '\x7f' ? '^?' : `^${String.fromCharCode(char.charCodeAt(0) + 64)}`))
