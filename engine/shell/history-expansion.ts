/** History expansion (bash's `!!`, `!n`, `!-n`, `!text`, `!?text?`, `!$`, `!^`, `!*`, `!!:n` and `^old^new`). */

/** The line with its events put in; undefined where there are none; an error where an event is not there. */
export function expandHistory(line: string, history: readonly string[]): { line: string } | { error: string } | undefined {
  const quick = /^\^([^^]*)\^([^^]*)\^?/.exec(line)
  if (quick) {
    const last = history.at(-1)
    if (!last?.includes(quick[1] ?? '')) return { error: `:s${line}: substitution failed` }
    return { line: last.replace(quick[1] ?? '', () => quick[2] ?? '') + line.slice(quick[0].length) }
  }
  let out = ''
  let changed = false
  let doubleQuoted = false
  for (let i = 0; i < line.length; ) {
    const character = line[i] ?? ''
    if (character === '\\') {
      out += line.slice(i, i + 2)
      i += 2
      continue
    }
    if (character === "'" && !doubleQuoted) {
      const end = line.indexOf("'", i + 1)
      const stop = end < 0 ? line.length : end + 1
      out += line.slice(i, stop)
      i = stop
      continue
    }
    if (character === '"') doubleQuoted = !doubleQuoted
    const found = character === '!' ? readEvent(line.slice(i), history, doubleQuoted) : undefined
    if (!found) {
      out += character
      i++
      continue
    }
    if ('error' in found) return found
    out += found.text
    i += found.length
    changed = true
  }
  return changed ? { line: out } : undefined
}

type Event = { text: string; length: number } | { error: string }

function readEvent(text: string, history: readonly string[], doubleQuoted: boolean): Event | undefined {
  if (/^!(?:[\s=(]|$)/.test(text) || (doubleQuoted && text[1] === '"')) return undefined
  const event = /^!(?:!|(-?\d+)|\?([^?\n]+)\??|(?=[$^*])|([^\s;&()|<>:"'!]+))/.exec(text)
  if (!event) return undefined
  const [source, number, contained, prefix] = event
  const line = number !== undefined
    ? history[Number(number) < 0 ? history.length + Number(number) : Number(number) - 1]
    : contained !== undefined
      ? history.findLast((each) => each.includes(contained))
      : prefix !== undefined ? history.findLast((each) => each.startsWith(prefix)) : history.at(-1)
  if (line === undefined) return { error: `${source === '!' ? '!' : source}: event not found` }
  const designator = /^(?::(\d+|[$^*])|([$^*]))/.exec(text.slice(source.length))
  if (!designator) return { text: line, length: source.length }
  const wanted = designator[1] ?? designator[2] ?? ''
  const words = line.match(/(?:\\.|"(?:\\.|[^"])*"|'[^']*'|[^\s"'\\])+/g) ?? []
  const picked = wanted === '*' ? words.slice(1).join(' ') : words[wanted === '$' ? words.length - 1 : wanted === '^' ? 1 : Number(wanted)]
  if (picked === undefined) return { error: `${source}${designator[0]}: bad word specifier` }
  return { text: picked, length: source.length + designator[0].length }
}
