/** curl's warnings are broken at its own 79 columns, where a word ends. */
const COLUMNS = 79 - 'Warning: '.length

export function curlWarning(text: string): string {
  let rest = text
  let lines = ''
  while (rest.length >= COLUMNS) {
    const end = rest.lastIndexOf(' ', COLUMNS - 1)
    const cut = end > 0 ? end + 1 : COLUMNS
    lines += `Warning: ${rest.slice(0, cut)}\n`
    rest = rest.slice(cut)
  }
  return `${lines}Warning: ${rest}\n`
}
