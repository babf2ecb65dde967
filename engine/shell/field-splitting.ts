/** Field splitting (POSIX XCU 2.6.5) over the pieces that a word's expansion left. */

/** A stretch of an expanded word. Only what an unquoted expansion produced is split; what is quoted is no pattern. */
export type Piece = { text: string; quoted: boolean; split: boolean } | 'field-end'

export type Field = { text: string; quoted: boolean }[]

/** `ifs` is undefined where the variable is unset: space, tab and newline then separate. */
export function splitFields(pieces: Piece[], ifs: string | undefined): Field[] {
  const separators = ifs ?? ' \t\n'
  const isBlank = (character: string) => ' \t\n'.includes(character) && separators.includes(character)
  const fields: Field[] = []
  let current: Field | undefined
  /** After a separator that is not blank, a further one makes an empty field. */
  let open = false
  const end = () => {
    if (current) fields.push(current)
    current = undefined
  }
  for (const piece of pieces) {
    if (piece === 'field-end') {
      end()
      open = false
      continue
    }
    if (!piece.split) {
      // An empty unquoted literal makes no field; an empty quoted one does.
      if (piece.text || piece.quoted) (current ??= []).push(piece)
      open = false
      continue
    }
    let text = ''
    const flush = () => {
      if (text) (current ??= []).push({ text, quoted: false })
      text = ''
    }
    for (const character of piece.text) {
      if (!separators.includes(character)) {
        text += character
        open = false
        continue
      }
      flush()
      if (isBlank(character)) {
        if (current) open = true
        end()
      } else if (current) {
        end()
        open = false
      } else if (open) open = false
      else fields.push([])
    }
    flush()
  }
  end()
  return fields
}
