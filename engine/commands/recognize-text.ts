import { shebangOf, shellOf, shownInterpreter } from './recognize-script.ts'
import { binary, latin1, type Recognized } from './recognized.ts'

/** A kind of text: what file(1) calls it, with the place where the encoding is named. */
interface TextKind {
  label: (encoding: string) => string
  mime: string
}

const script = (name: string, mime: string): TextKind => ({ label: (encoding) => `${name} script, ${encoding} text executable`, mime })
const shellScript = (name: string): TextKind => script(name, 'text/x-shellscript')
const document = (name: string, mime: string): TextKind => ({ label: (encoding) => `${name}, ${encoding} text`, mime })
const python = script('Python', 'text/x-script.python')

const interpreters: readonly [pattern: RegExp, kind: TextKind][] = [
  [/^(\/usr\/bin\/env\s+|\/usr\/bin\/|\/usr\/local\/bin\/)python/, python],
  [/^\/usr\/bin\/env\s+bash\b/, shellScript('Bourne-Again shell')],
  [/^(\/usr\/bin\/env\s+|(\/usr)?(\/local)?\/bin\/)zsh\b/, shellScript("Paul Falstad's zsh")],
  [/^(\/usr\/bin\/env\s+|(\/usr)?(\/local)?\/bin\/)perl\b/, { label: () => 'Perl script text executable', mime: 'text/x-perl' }],
  [
    /^(\/usr\/bin\/env\s+|(\/usr)?(\/local)?\/bin\/)node\b/,
    { label: (encoding) => `Node.js script executable, ${encoding} text`, mime: 'application/javascript' },
  ],
]

/** What file(1)'s magic looks for in text without a shebang. */
const marks: readonly [pattern: RegExp, kind: TextKind][] = [
  [/^\s*<!doctype html|^\s*<html/i, document('HTML document', 'text/html')],
  [/^<\?xml version="1\.0"/, document('XML 1.0 document', 'text/xml')],
  [/^("""|''')/, python],
  [/^from\s+(\w|\.)+\s+import.*$/m, python],
  [/^class [_A-Za-z]\w*(\(.*\))?\s*:/m, python],
  [/^def [A-Za-z]\w*\(.*\)\s*(->.*)?:/m, python],
  [/^\s*#\s*include\s*[<"]/m, document('C source', 'text/x-c')],
]

/**
 * Text by its encoding, line ends and the language it seems to be in; undefined where the bytes are no text. `whole` tells that these are
 * all of them.
 */
export function recognizeText(bytes: Uint8Array, whole: boolean): Recognized | undefined {
  if (bytes.length === 1) return binary('very short file (no magic)')
  const encoding = encodingOf(bytes, whole)
  if (!encoding) return undefined
  const text = encoding.charset === 'utf-8' ? new TextDecoder().decode(bytes) : latin1(bytes)
  if (whole && isJson(text)) return { text: 'JSON text data', mime: 'application/json', charset: encoding.charset }
  const shebang = shebangOf(text)
  const kind = shebang === undefined ? marks.find(([pattern]) => pattern.test(text))?.[1] : kindOfScript(shebang)
  return {
    text: (kind?.label(encoding.name) ?? `${encoding.name} text`) + traits(text),
    mime: kind?.mime ?? 'text/plain',
    charset: encoding.charset,
  }
}

function kindOfScript(shebang: string): TextKind {
  const shell = shellOf(shebang)
  if (shell !== undefined) return shellScript(shell)
  return interpreters.find(([pattern]) => pattern.test(shebang))?.[1] ?? script(`a ${shownInterpreter(shebang)}`, 'text/plain')
}

function encodingOf(bytes: Uint8Array, whole: boolean): { name: string; charset: string } | undefined {
  // Control characters that text has: \a \b \t \n \v \f \r and escape.
  if (bytes.some((byte) => (byte < 32 && !(byte >= 7 && byte <= 13) && byte !== 27) || byte === 127)) return undefined
  if (bytes.every((byte) => byte < 128)) return { name: 'ASCII', charset: 'us-ascii' }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole })
    return { name: marked ? 'Unicode text, UTF-8 (with BOM)' : 'Unicode text, UTF-8', charset: 'utf-8' }
  } catch {
    return bytes.some((byte) => byte >= 128 && byte < 160)
      ? { name: 'Non-ISO extended-ASCII', charset: 'unknown-8bit' }
      : { name: 'ISO-8859', charset: 'iso-8859-1' }
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function traits(text: string): string {
  const longest = Math.max(...text.split(/\r\n|[\n\r]/).map((line) => line.length))
  const [crlf, lf, cr] = [/\r\n/, /(?<!\r)\n/, /\r(?!\n)/].map((pattern) => pattern.test(text))
  const ends = [...(crlf ? ['CRLF'] : []), ...(cr ? ['CR'] : []), ...(lf ? ['LF'] : [])]
  const found = [
    ...(longest > 300 ? [`with very long lines (${longest})`] : []),
    ...(ends.length === 0 ? ['with no line terminators'] : ends.join() === 'LF' ? [] : [`with ${ends.join(', ')} line terminators`]),
    ...(text.includes('\x1b') ? ['with escape sequences'] : []),
    ...(text.includes('\b') ? ['with overstriking'] : []),
  ]
  return found.map((one) => `, ${one}`).join('')
}
