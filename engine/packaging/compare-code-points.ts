/** Orders by code point, as Python sorts strings; JavaScript's `<` orders by UTF-16 unit. */
export const compareCodePoints = (left: string, right: string): number => {
  let at = 0
  while (at < left.length && left[at] === right[at]) at++
  const [a, b] = [left.codePointAt(at), right.codePointAt(at)]
  return (a ?? -1) - (b ?? -1)
}
