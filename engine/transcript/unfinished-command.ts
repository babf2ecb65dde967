/**
 * Why a shell would answer a command line with its second prompt, `> `, in words; undefined where the command is complete.
 * POSIX.1-2024, Shell Command Language 2.2 (quoting), 2.3 (tokens) and 2.7.4 (here-documents); compound commands are counted by their
 * reserved words.
 */
export const unfinishedCommand = (command: string): string | undefined => {
  const pending: { word: string; stripTabs: boolean }[] = []
  const open: string[] = []
  /** Unquoted text since the last separator: its words stand where a command may begin. */
  let word = ''
  let atCommand = true
  let operator = ''

  const endWord = () => {
    if (word === '') return
    operator = ''
    const closer = atCommand ? openers[word] : undefined
    if (closer !== undefined) open.push(closer)
    else if (atCommand && open.at(-1) === word) open.pop()
    atCommand = atCommand && leadsToCommand.has(word)
    word = ''
  }

  for (let at = 0; at < command.length; at++) {
    const char = command[at]!
    const quote = char === "'" ? endOfSingle(command, at) : char === '"' ? endOfDouble(command, at) : undefined
    if (quote !== undefined) {
      if (quote < 0) return `its ${char} is not closed`
      word += command.slice(at, quote + 1)
      at = quote
    } else if (char === '\\') {
      if (at === command.length - 1) return 'it ends in a backslash'
      at++
      if (command[at] !== '\n') word += `\\${command[at]}`
    } else if (char === '#' && word === '') {
      const end = command.indexOf('\n', at)
      at = (end < 0 ? command.length : end) - 1
    } else if (char === '<' && command.startsWith('<<', at) && !command.startsWith('<<<', at)) {
      endWord()
      const start = /^<<(-?)[ \t]*((?:'[^']*'|"[^"]*"|\\.|[^\s;&|<>()])+)/.exec(command.slice(at))
      if (start === null) return 'its << names no delimiter'
      pending.push({ stripTabs: start[1] === '-', word: start[2]!.replace(/['"\\]/g, '') })
      at += start[0].length - 1
    } else if (char === '<' && command.startsWith('<<<', at)) {
      endWord()
      at += 2
    } else if (char === '\n') {
      endWord()
      atCommand = true
      for (const { word: delimiter, stripTabs } of pending.splice(0)) {
        const end = endOfHereDocument(command, at + 1, delimiter, stripTabs)
        if (end < 0) return `its here-document has no line ${delimiter}`
        at = end
      }
    } else if (char === '(') {
      endWord()
      open.push(')')
      atCommand = true
      operator = ''
    } else if (char === ')') {
      endWord()
      // A `case`'s pattern has only this one; after `()` comes a function's body.
      if (open.at(-1) === ')') open.pop()
      atCommand = open.at(-1) === 'esac' || command[at - 1] === '('
    } else if (char === ';' || char === '|' || char === '&') {
      endWord()
      const pair = command.slice(at, at + 2)
      const token = pairs.has(pair) ? pair : char
      at += token.length - 1
      operator = needsMore.has(token) ? token : ''
      atCommand = true
    } else if (char === ' ' || char === '\t') {
      endWord()
    } else {
      word += char
    }
  }
  endWord()
  if (pending.length > 0) return `its here-document has no line ${pending[0]!.word}`
  if (operator !== '') return `nothing follows its ${operator}`
  if (open.length > 0) return `it has no ${open.at(-1)}`
  return undefined
}

const pairs = new Set(['&&', '||', '|&', ';;'])
/** Operators that a newline may follow and that end nothing. */
const needsMore = new Set(['&&', '||', '|', '|&'])
const openers: Record<string, string> = { if: 'fi', do: 'done', case: 'esac', '{': '}' }
/** Reserved words after which a command may begin. */
const leadsToCommand = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '{', '!', 'time'])

const endOfSingle = (text: string, start: number) => text.indexOf("'", start + 1)

const endOfDouble = (text: string, start: number) => {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return -1
}

/** Index of the delimiter line's end (its newline, or the text's end), or -1. */
const endOfHereDocument = (text: string, start: number, delimiter: string, stripTabs: boolean) => {
  for (let at = start; at <= text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(at, end)
    if ((stripTabs ? line.replace(/^\t+/, '') : line) === delimiter) return end
    if (newline < 0) return -1
    at = end + 1
  }
  return -1
}
