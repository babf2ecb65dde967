import type { ByteSource } from '../archive/byte-source.ts'

const startsWith = (head: Uint8Array, ...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)

const isText = (head: Uint8Array) => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return !text.includes('\0')
  } catch {
    return false
  }
}

/** What a file is whose end is no zip's, though `what` was expected: the rest of a sentence that begins with its name. */
export const noZip = async (source: ByteSource, what: 'a .pex' | 'a wheel' = 'a .pex'): Promise<string> =>
  said(source.size, await source.read(0, Math.min(source.size, 1024)), what)

const said = (size: number, head: Uint8Array, what: string): string => {
  if (size === 0) return 'is empty'
  if (startsWith(head, 0x50, 0x4b, 3, 4)) return 'begins as a zip file does, but its end is missing: copy or download it again'
  if (startsWith(head, 0x1f, 0x8b)) return `is compressed by gzip, as source distributions are: ${what} is a zip file`
  if (startsWith(head, 0x7f, 0x45, 0x4c, 0x46)) return 'is a program of Linux, as a scie is: only the .pex that it was made of can be read here'
  if (startsWith(head, 0xcf, 0xfa, 0xed, 0xfe) || startsWith(head, 0xca, 0xfe, 0xba, 0xbe)) {
    return 'is a program of macOS, as a scie is: only the .pex that it was made of can be read here'
  }
  if (startsWith(head, 0x4d, 0x5a)) return 'is a program of Windows, as a scie is: only the .pex that it was made of can be read here'
  if (isText(head)) {
    return startsWith(head, 0x23, 0x21) ? 'is a script, or the beginning of a .pex whose rest is missing' : `is text: ${what} is a zip file`
  }
  // A shebang line, and what follows it is no text.
  return startsWith(head, 0x23, 0x21) ? 'begins as a .pex does, but its end is missing: copy or download it again' : `is no zip file, which ${what} is`
}
