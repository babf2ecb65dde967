import { signals } from '../machine/signals.ts'

/** A signal by number (`9`, or an exit status `137`) or by name with or without SIG; 0 tests only. undefined where there is none. */
export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) {
    const number = Number(text) > 128 ? Number(text) - 128 : Number(text)
    return number <= 64 ? number : undefined
  }
  const name = text.toUpperCase().replace(/^SIG/, '')
  if (name === 'EXIT') return 0
  return Object.entries(signals).find(([known]) => known === `SIG${name}`)?.[1]
}

/** The name without SIG; undefined where the number has none here. */
export const signalName = (number: number): string | undefined =>
  Object.entries(signals)
    .find(([, known]) => known === number)?.[0]
    .slice(3)
