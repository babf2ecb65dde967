/** One line of `npm run bench`: a figure of ours beside the figure it is compared to, measured side by side in the same run. */
export interface Row {
  what: string
  /** Upper bound of `ratio`, or 'report'. */
  goal: number | 'report'
  ours: number
  theirs?: number
  unit: string
  /** ours / theirs. */
  ratio?: number
  note?: string
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Takes turns, and turns at going first, so that a slow spell of the machine meets both: medians of `times` rounds of each. */
export async function sideBySide(
  times: number, ours: () => Promise<number>, theirs: () => Promise<number>,
): Promise<{ ours: number; theirs: number; ratio: number }> {
  const a: number[] = []
  const b: number[] = []
  for (let round = 0; round < times; round++) {
    if (round % 2 === 0) a.push(await ours())
    b.push(await theirs())
    if (round % 2 === 1) a.push(await ours())
  }
  return { ours: median(a), theirs: median(b), ratio: median(a) / median(b) }
}
