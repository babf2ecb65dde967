import type { Derived, Incompatibility } from './incompatibility.ts'
import { stateIncompatibility } from './state-incompatibility.ts'

type Concluded = Incompatibility & { readonly cause: Derived }

const isConcluded = (one: Incompatibility): one is Concluded => one.cause.kind === 'derived'

/** That an extra has its project's version needs no saying: what is concluded with that alone stands for what it was concluded from. */
const plain = (one: Incompatibility): Incompatibility => {
  let seen = one
  for (;;) {
    if (!isConcluded(seen)) return seen
    const { left, right } = seen.cause
    if (left.cause.kind === 'extra') seen = right
    else if (right.cause.kind === 'extra') seen = left
    else return seen
  }
}

const countUses = (proof: Incompatibility): Map<Incompatibility, number> => {
  const uses = new Map<Incompatibility, number>()
  const open = [proof]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const before = uses.get(next) ?? 0
    uses.set(next, before + 1)
    if (before === 0 && isConcluded(next)) open.push(plain(next.cause.left), plain(next.cause.right))
  }
  return uses
}

/** Longer proofs are not read by anybody; the caller then lists what they rest on. */
const longest = 40

/**
 * A proof as numbered sentences, the last of which is its conclusion (PubGrub's error reporting). Undefined where that would take too many.
 */
export const narrateProof = (proof: Incompatibility): string[] | undefined => {
  const root = plain(proof)
  const uses = countUses(root)
  if ([...uses.keys()].filter(isConcluded).length > longest) return undefined
  const lines: string[] = []
  const numbers = new Map<Incompatibility, number>()
  let numbered = 0

  const write = (one: Incompatibility, number: boolean, sentence: string): void => {
    if (number) numbers.set(one, ++numbered)
    lines.push(`${sentence[0]!.toUpperCase()}${sentence.slice(1)}.${number ? ` (${numbered})` : ''}`)
  }

  const said = (one: Incompatibility): string => {
    const number = numbers.get(one)
    return `${stateIncompatibility(one)}${number === undefined ? '' : ` (${number})`}`
  }

  /** One sentence says it: it follows from two givens. */
  const isShort = (one: Incompatibility): boolean =>
    isConcluded(one) && !isConcluded(plain(one.cause.left)) && !isConcluded(plain(one.cause.right))

  const visit = (one: Incompatibility, number = false): void => {
    if (!isConcluded(one) || numbers.has(one)) return
    const keep = number || (uses.get(one) ?? 0) > 1
    const [left, right] = [plain(one.cause.left), plain(one.cause.right)]
    const so = stateIncompatibility(one)
    const and = one === root ? 'so because' : 'and because'
    if (isConcluded(left) && isConcluded(right)) {
      if (numbers.has(left) && numbers.has(right)) return write(one, keep, `because ${said(left)} and ${said(right)}, ${so}`)
      if (numbers.has(left) || numbers.has(right)) {
        const [known, other] = numbers.has(left) ? [left, right] : [right, left]
        visit(other)
        return write(one, keep, `${and} ${said(known)}, ${so}`)
      }
      if (isShort(left) || isShort(right)) {
        const [first, second] = isShort(right) ? [left, right] : [right, left]
        visit(first)
        visit(second)
        return write(one, keep, `thus ${so}`)
      }
      visit(left, true)
      visit(right)
      return write(one, keep, `${and} ${said(left)}, ${so}`)
    }
    if (!isConcluded(left) && !isConcluded(right)) return write(one, keep, `because ${said(left)} and ${said(right)}, ${so}`)
    const [concluded, given] = isConcluded(left) ? [left, right] : [right as Concluded, left]
    if (numbers.has(concluded)) return write(one, keep, `because ${said(given)} and ${said(concluded)}, ${so}`)
    const [innerLeft, innerRight] = [plain(concluded.cause.left), plain(concluded.cause.right)]
    if ((uses.get(concluded) ?? 0) < 2 && isConcluded(innerLeft) !== isConcluded(innerRight)) {
      const [inner, innerGiven] = isConcluded(innerLeft) ? [innerLeft, innerRight] : [innerRight, innerLeft]
      visit(inner)
      return write(one, keep, `${and} ${said(innerGiven)} and ${said(given)}, ${so}`)
    }
    visit(concluded)
    return write(one, keep, `${and} ${said(given)}, ${so}`)
  }

  visit(root)
  return lines
}
