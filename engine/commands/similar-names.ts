/**
 * Those of `names` that one slip of a finger makes of `name`: a letter more, fewer, other, or two that changed places. Of two letters only
 * those that changed places: the rest is like too much.
 */
export function similarNames(name: string, names: Iterable<string>): string[] {
  const alike = name.length > 2 ? isOneSlip : isSwapped
  return [...names].filter((other) => alike(...fromFirstDifference(name, other))).sort()
}

function fromFirstDifference(a: string, b: string): [string, string] {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  return [a.slice(start), b.slice(start)]
}

const isSwapped = (a: string, b: string) => a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)

const isOneSlip = (a: string, b: string) => a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || isSwapped(a, b)
