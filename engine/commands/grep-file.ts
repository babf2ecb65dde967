import type { Process, Reader } from '../machine/process.ts'
import { decode, encode, encodeIfNeeded } from '../shell/escapes.ts'
import type { GrepMatcher } from './grep-matcher.ts'
import { NEWLINE, records, type LineEnd } from './records.ts'
import { report } from './report.ts'

export interface GrepOptions {
  matcher: GrepMatcher
  invert: boolean
  show: 'lines' | 'counts' | 'names' | 'nothing'
  /** File names before lines and counts. */
  names: boolean
  lineNumbers: boolean
  byteOffsets: boolean
  onlyMatching: boolean
  limit: number
  before: number
  after: number
  /** Some context was asked for, be it of no lines: groups are set apart. */
  context: boolean
  color: boolean
  binaryFiles: string
  /** What follows a file name instead of its separator (-Z). */
  nameEnd: string | undefined
  end: LineEnd
  /** True once lines were printed with context: the next group gets `--` before it, across files too. */
  contextShown: boolean
}

/** GREP_COLORS' defaults, with the erase-to-end-of-line that grep adds. */
const paint = (code: string, text: string) => (text ? `\u001b[${code}m\u001b[K${text}\u001b[m\u001b[K` : '')

/** Searches one input and prints what the options ask for. `matched`: some line was selected. */
export async function grepFile(
  input: Reader,
  name: string,
  process: Process,
  options: GrepOptions,
): Promise<{ matched: boolean; selected: number }> {
  const { matcher, color } = options
  const { stdout } = process
  const lineEnd = String.fromCharCode(options.end)
  let selected = 0
  let number = 0
  let offset = 0
  let trailing = 0
  let lastShown = 0
  let binary = false
  let held: { text: string; number: number; offset: number }[] = []

  let first = true
  const sniff = async () => {
    const chunk = await input.read()
    if (first && chunk && options.end === NEWLINE && options.binaryFiles !== 'text') binary = chunk.includes(0)
    first = false
    return chunk
  }
  const prefix = (mark: string, at: { number: number; offset: number }) => {
    const separator = color ? paint('36', mark) : mark
    const part = (code: string, text: string, end = separator) => (color ? paint(code, text) : text) + end
    return (
      (options.names ? part('35', name, options.nameEnd ?? separator) : '') +
      (options.lineNumbers ? part('32', String(at.number)) : '') +
      (options.byteOffsets ? part('32', String(at.offset)) : '')
    )
  }
  const highlighted = (text: string) => {
    let out = ''
    let from = 0
    for (let at = 0; at <= text.length;) {
      const match = matcher.exec(text, at)
      if (!match) break
      if (match.end > match.start) {
        out += text.slice(from, match.start) + paint('01;31', text.slice(match.start, match.end))
        from = match.end
      }
      at = match.end > match.start ? match.end : match.end + 1
    }
    return out + text.slice(from)
  }
  const print = async (line: { text: string; number: number; offset: number }, mark: ':' | '-') => {
    if (options.context && options.contextShown && line.number !== lastShown + 1) {
      await stdout.write(`${color ? paint('36', '--') : '--'}\n`)
    }
    options.contextShown = true
    lastShown = line.number
    // Where -v is given, the context lines are the ones that match.
    const text = color && (mark === ':') !== options.invert ? highlighted(line.text) : line.text
    await stdout.write(encodeIfNeeded(prefix(mark, line) + text + lineEnd))
  }
  const printMatches = async (line: { text: string; number: number; offset: number }) => {
    for (let at = 0; at <= line.text.length;) {
      const match = matcher.exec(line.text, at)
      if (!match) return
      if (match.end > match.start) {
        const text = line.text.slice(match.start, match.end)
        const place = { number: line.number, offset: line.offset + encode(line.text.slice(0, match.start)).length }
        await stdout.write(encodeIfNeeded(prefix(':', place) + (color ? paint('01;31', text) : text) + lineEnd))
      }
      at = match.end > match.start ? match.end : match.end + 1
      await process.breathe()
    }
  }

  for await (const { text } of records({ read: sniff }, decode, options.end)) {
    const line = { text, number: ++number, offset }
    if (options.byteOffsets) offset += encode(text).length + 1
    if (selected < options.limit && matcher.test(line.text) !== options.invert) {
      if (binary && options.binaryFiles === 'without-match') return { matched: false, selected: 0 }
      selected++
      if (options.show === 'names' || options.show === 'nothing') return { matched: true, selected }
      if (options.show === 'lines') {
        if (options.binaryFiles === 'binary' && (binary || /[\udc80-\udcff]/u.test(line.text))) {
          await report(process, `${name}: binary file matches`)
          return { matched: true, selected }
        }
        if (options.onlyMatching) {
          if (!options.invert) await printMatches(line)
        } else {
          for (const one of held) await print(one, '-')
          await print(line, ':')
        }
        held = []
        trailing = options.after
      }
      if (selected >= options.limit && trailing === 0) break
    } else if (options.show === 'lines' && !options.onlyMatching) {
      if (trailing > 0) {
        trailing--
        await print(line, '-')
        if (selected >= options.limit && trailing === 0) break
      } else if (selected >= options.limit) break
      else if (options.before) {
        held.push(line)
        if (held.length > options.before) held.shift()
      }
    } else if (selected >= options.limit) break
    await process.breathe()
  }
  if (options.show === 'counts') {
    const separator = color ? paint('36', ':') : ':'
    const shownName = color ? paint('35', name) : name
    await stdout.write(`${options.names ? shownName + (options.nameEnd ?? separator) : ''}${selected}\n`)
  }
  return { matched: selected > 0, selected }
}
