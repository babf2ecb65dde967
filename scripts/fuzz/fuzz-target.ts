import { byteMutator } from '../../test/support/byte-mutator.ts'
import { seededRandom } from '../../test/support/recorded-archives.ts'

/** Something that reads what strangers wrote. */
export interface FuzzTarget {
  /** What inputs are made from. */
  corpus(): Promise<readonly Uint8Array[]>
  /** Words of its language, strewn in. */
  words?: readonly string[]
  /** Reads the input, or refuses it. */
  run(input: Uint8Array): unknown
  /** Whether it refuses by this error; every other error is a defect. */
  isRefusal(error: unknown): boolean
}

/** The input of one run: the same for the same seed and number. */
export const inputOf = (corpus: readonly Uint8Array[], words: readonly string[], seed: number, run: number): Uint8Array => {
  const random = seededRandom(Math.imul(seed, 1_000_003) + run)
  const pick = (below: number) => Math.floor(random() * below)
  let bytes = corpus[pick(corpus.length)] ?? new Uint8Array()
  if (random() < 0.2) {
    const other = corpus[pick(corpus.length)] ?? new Uint8Array()
    bytes = Buffer.concat([bytes.subarray(0, pick(bytes.length + 1)), other.subarray(pick(other.length + 1))])
  }
  for (let n = words.length > 0 ? pick(4) : 0; n > 0; n--) {
    const at = pick(bytes.length + 1)
    bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(words[pick(words.length)]!), bytes.subarray(at)])
  }
  return byteMutator(random)(bytes)
}

export type Outcome = 'read' | 'refused'

/** One run. Rejects with what is a defect. */
export const fuzzOnce = async ({ run, isRefusal }: FuzzTarget, input: Uint8Array): Promise<Outcome> => {
  try {
    await run(input)
    return 'read'
  } catch (error) {
    if (isRefusal(error)) return 'refused'
    throw error
  }
}
