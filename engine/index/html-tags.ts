/** A start tag: its name in lower case, and the first of each attribute (names in lower case, character references resolved). */
export interface HtmlTag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** Elements whose content is no markup. */
const rawText = new Set(['script', 'style', 'title', 'textarea', 'xmp', 'noembed', 'noframes'])
const startOfTag = /[a-z]/i
const space = /[\t\n\f\r ]/

/**
 * The start tags of a page, in order: what a list of links is read from. It follows the tokenizer of the HTML standard as far as that
 * matters for tags (comments, quoted attributes, raw text); pages without end or with broken tags give what they hold, in linear time.
 */
export const htmlTags = function* (html: string): Generator<HtmlTag, void> {
  let at = 0
  while ((at = html.indexOf('<', at)) >= 0) {
    if (html.startsWith('<!--', at)) {
      at = afterComment(html, at)
    } else if (!startOfTag.test(html[at + 1] ?? '')) {
      // An end tag, a declaration, or a sign that stands for itself.
      at = /[!?/]/.test(html[at + 1] ?? '') ? after(html, '>', at) : at + 1
    } else {
      const { tag, end } = readTag(html, at + 1)
      at = end
      if (tag === undefined) return
      yield tag
      if (rawText.has(tag.name)) at = endOfRawText(html, at, tag.name)
    }
  }
}

const after = (html: string, text: string, from: number): number => {
  const found = html.indexOf(text, from)
  return found < 0 ? html.length : found + text.length
}

/** `<!-->` and `<!--->` are whole comments, as the standard has it. */
const afterComment = (html: string, at: number): number => {
  if (html.startsWith('>', at + 4)) return at + 5
  if (html.startsWith('->', at + 4)) return at + 6
  return after(html, '-->', at + 4)
}

const endOfRawText = (html: string, from: number, name: string): number => {
  const close = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi')
  close.lastIndex = from
  return close.exec(html)?.index ?? html.length
}

/** From the first letter of the name. No tag where the page ends inside it. */
const readTag = (html: string, from: number): { tag: HtmlTag | undefined; end: number } => {
  let at = from
  const until = (stop: RegExp): string => {
    const begin = at
    while (at < html.length && !stop.test(html[at]!)) at++
    return html.slice(begin, at)
  }
  const name = until(/[\t\n\f\r />]/).toLowerCase()
  const attributes = new Map<string, string>()
  for (;;) {
    while (at < html.length && (space.test(html[at]!) || html[at] === '/')) at++
    if (at >= html.length) return { tag: undefined, end: at }
    if (html[at] === '>') return { tag: { name, attributes }, end: at + 1 }
    const begin = at
    // An equals sign in the first place is part of the name.
    at++
    until(/[\t\n\f\r />=]/)
    const attribute = html.slice(begin, at).toLowerCase()
    while (at < html.length && space.test(html[at]!)) at++
    let value = ''
    if (html[at] === '=') {
      at++
      while (at < html.length && space.test(html[at]!)) at++
      const quote = html[at]
      if (quote === '"' || quote === "'") {
        const close = html.indexOf(quote, at + 1)
        if (close < 0) return { tag: undefined, end: html.length }
        value = html.slice(at + 1, close)
        at = close + 1
      } else {
        value = until(/[\t\n\f\r >]/)
      }
    }
    if (!attributes.has(attribute)) attributes.set(attribute, resolveReferences(value))
  }
}

/** Those that occur in lists of links; the others (there are 2,231) stay as they are. */
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/** Character references of an attribute (HTML standard): a name without semicolon counts only where neither `=` nor a letter follows. */
const reference = /&(?:#(\d+);?|#[xX]([0-9a-fA-F]+);?|(amp|lt|gt|quot|apos|nbsp);|(amp|lt|gt|quot|nbsp)(?![=0-9A-Za-z]))/g

const resolveReferences = (text: string): string =>
  text.replace(reference, (_, decimal?: string, hex?: string, name?: string, bare?: string) => {
    const word = name ?? bare
    if (word !== undefined) return named[word] ?? ''
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)
  })
