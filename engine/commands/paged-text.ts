import type { Reader } from '../machine/process.ts'

/** The lines of an input, read only as far as somebody looks. */
export interface PagedText {
  readonly name: string
  /** Line `at` (from 0), or undefined behind the last. */
  line(at: number): Promise<string | undefined>
  /** Reads to the end; resolves to the number of lines. */
  count(): Promise<number>
  /** The number of lines where the end has been seen. */
  readonly known: number | undefined
}

export function createPagedText(name: string, input: Reader, breathe: () => Promise<void>): PagedText {
  const lines: string[] = []
  let known: number | undefined
  const readOne = async () => {
    const line = await input.line()
    if (!line) known = lines.length
    else lines.push(new TextDecoder().decode(line).replace(/\r?\n$/, ''))
  }
  return {
    name,
    get known() {
      return known
    },
    async line(at) {
      while (known === undefined && lines.length <= at) await readOne()
      return lines[at]
    },
    async count() {
      for (; known === undefined; await breathe()) await readOne()
      return known
    },
  }
}
