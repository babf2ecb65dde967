/** A place in the text that is being parsed. The lexer and the word reader share one; an alias rewrites the text ahead of it. */
export interface Cursor {
  text: string
  at: number
  /** The number of the text's first line: 1, or where it stands in the script it was read from. */
  firstLine: number
}

/** The line of a position. */
export function lineAt(cursor: Cursor, at: number): number {
  let line = cursor.firstLine
  for (let i = cursor.text.indexOf('\n'); i >= 0 && i < at; i = cursor.text.indexOf('\n', i + 1)) line++
  return line
}
