/** curl's -F: fields as multipart/form-data (RFC 7578). */
import { hex } from '../bytes/hex.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import { Failure } from './failure.ts'

export interface CurlForm {
  body: Uint8Array
  contentType: string
}

interface Field {
  name: string
  /** Text, a file to send as one, or a file whose content is the text. */
  kind: 'text' | 'file' | 'content'
  value: string
  type: string | undefined
  filename: string | undefined
}

/** By the file's name, as curl guesses. */
const types: Record<string, string> = {
  gif: 'image/gif', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', svg: 'image/svg+xml', txt: 'text/plain', htm: 'text/html', html: 'text/html',
  pdf: 'application/pdf', xml: 'application/xml',
}

const escaped = (text: string) => text.replace(/["\r\n]/g, (one) => ({ '"': '%22', '\r': '%0D', '\n': '%0A' })[one] ?? one)
const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** `raw`: --form-string's, which is all text. `skip` hears of parts that curl does not know. Throws Failure. */
function parseField(text: string, raw: boolean, skip: (part: string) => void): Field {
  const at = text.indexOf('=')
  if (at < 0) throw new Failure('Illegally formatted input field!')
  const [name, value] = [text.slice(0, at), text.slice(at + 1)]
  const field: Field = { name, kind: 'text', value, type: undefined, filename: undefined }
  if (raw) return field
  if (value.startsWith('@')) field.kind = 'file'
  else if (value.startsWith('<')) field.kind = 'content'
  const [first = '', ...rest] = parts(field.kind === 'text' ? value : value.slice(1))
  field.value = unquoted(first)
  for (const part of rest) {
    const [, key, what = ''] = /^\s*(type|filename)=(.*)$/s.exec(part) ?? []
    if (key === 'type') field.type = what.trim()
    else if (key === 'filename') field.filename = unquoted(what)
    else skip(part)
  }
  return field
}

/** At semicolons that are not in quotes. */
const parts = (text: string) => text.match(/(?<=^|;)(?:\s*(?:\w+=)?"(?:[^"\\]|\\.)*"[^;]*|[^;]*)/gs) ?? []
const unquoted = (text: string) => /^"((?:[^"\\]|\\.)*)"/s.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1') ?? text

/** `read` brings a file's bytes. Throws Failure where a field cannot be understood, and what `read` throws. */
export async function curlForm(
  given: readonly { text: string; raw: boolean }[],
  read: (name: string) => Promise<Uint8Array>,
  skip: (part: string) => void,
): Promise<CurlForm> {
  const fields = given.map(({ text, raw }) => parseField(text, raw, skip))
  const boundary = '-'.repeat(24) + hex(crypto.getRandomValues(new Uint8Array(8)))
  const encode = (text: string) => new TextEncoder().encode(text)
  const bytes: Uint8Array[] = []
  for (const { name, kind, value, type, filename } of fields) {
    const shown = filename ?? (kind === 'file' ? lastPart(value) : undefined)
    const guessed = kind === 'file' ? types[/\.(\w+)$/.exec(shown ?? '')?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream' : undefined
    const lines = [
      `--${boundary}`,
      `Content-Disposition: form-data; name="${escaped(name)}"${shown === undefined ? '' : `; filename="${escaped(shown)}"`}`,
      ...(type ?? guessed) === undefined ? [] : [`Content-Type: ${type ?? guessed}`],
    ]
    bytes.push(encode(`${lines.join('\r\n')}\r\n\r\n`), kind === 'text' ? encode(value) : await read(value), encode('\r\n'))
  }
  return { body: joinBytes([...bytes, encode(`--${boundary}--\r\n`)]), contentType: `multipart/form-data; boundary=${boundary}` }
}
