/** Version order as GNU's filevercmp has it (sort -V, ls -v): digits by value, `~` before everything, a suffix like .txt last. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0
  const hidden = Number(b.startsWith('.')) - Number(a.startsWith('.'))
  if (a === '' || b === '') return a === '' ? -1 : 1
  if (hidden) return hidden
  const [stemA, stemB] = [withoutSuffix(a), withoutSuffix(b)]
  return compareParts(stemA, stemB) || compareParts(a, b)
}

const withoutSuffix = (name: string) => name.replace(/(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/, '')

/** Debian's rule: letters sort before other characters, `~` before the end. */
function order(character: string | undefined): number {
  if (character === undefined || /\d/.test(character)) return 0
  if (character === '~') return -1
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256
}

function compareParts(a: string, b: string): number {
  let [i, j] = [0, 0]
  const digit = (text: string, at: number) => at < text.length && /\d/.test(text[at]!)
  while (i < a.length || j < b.length) {
    while ((i < a.length && !digit(a, i)) || (j < b.length && !digit(b, j))) {
      const difference = order(a[i]) - order(b[j])
      if (difference) return difference
      i++
      j++
    }
    const left = /^\d*/.exec(a.slice(i))![0]
    const right = /^\d*/.exec(b.slice(j))![0]
    const [valueA, valueB] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')]
    if (valueA.length !== valueB.length) return valueA.length - valueB.length
    if (valueA !== valueB) return valueA < valueB ? -1 : 1
    i += left.length
    j += right.length
  }
  return 0
}
