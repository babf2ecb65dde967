/** A METADATA file taken apart as Python's `email` package does it (`compat32`), before anything is known about fields. */
export interface MetadataHeaders {
  /** In the order of the file. Values keep the line breaks and the indentation of their continuation lines. */
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly body: string
}

/** RFC 5322's field names, "From " of a mailbox, or a continuation: everything else begins the body, blank line or not. */
const headerLine = /^(?:From |[!-9;-~]*:|[\t ])/

const splitAtNewlines = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []

/**
 * Headers and body of a message. A line without a name before its colon, a first line that continues nothing and a "From "
 * line are passed over; a "From " line at the end
 * belongs to the body. Unlike `email` it knows one part only: a Content-Type of multipart or message and a
 * Content-Transfer-Encoding are headers like others, the body stays as it is.
 */
export const parseMetadataHeaders = (text: string): MetadataHeaders => {
  const lines = splitAtNewlines(text)
  let end = lines.findIndex(line => !headerLine.test(line))
  if (end < 0) end = lines.length
  const separated = /^[\r\n]/.test(lines[end] ?? '')
  const collected: { name: string; lines: string[] }[] = []
  let current: { name: string; lines: string[] } | undefined
  let body = lines.slice(end + (separated ? 1 : 0)).join('')
  for (const [index, line] of lines.slice(0, end).entries()) {
    if (/^[\t ]/.test(line)) {
      current?.lines.push(line)
      continue
    }
    current = undefined
    if (line.startsWith('From ')) {
      if (index > 0 && index === end - 1) body = line + body
      continue
    }
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    current = { name: line.slice(0, colon), lines: [line.slice(colon + 1).replace(/^[ \t]+/, '')] }
    collected.push(current)
  }
  return { headers: collected.map(header => ({ name: header.name, value: header.lines.join('').replace(/[\r\n]+$/, '') })), body }
}
