import type { Process } from '../machine/process.ts'

/** Where Info-ZIP's unzip and zipinfo put what they say. */
export interface ZipConsole {
  say(text: string | Uint8Array): Promise<void>
  /** Warnings and errors: standard error, but standard output while archives are tested or totals are shown. */
  warn(text: string): Promise<void>
  /** Whether what was said last is a line without its end. */
  midLine(): boolean
}

export const zipConsole = (process: Process, warningsOnOutput: boolean): ZipConsole => {
  let open = false
  const say = (text: string | Uint8Array) => {
    const last = text.at(-1)
    if (last !== undefined) open = last !== '\n' && last !== 10
    return process.stdout.write(text)
  }
  return {
    say,
    midLine: () => open,
    warn: async (text) => {
      if (warningsOnOutput) return say(text)
      await process.stdout.flush()
      await process.stderr.write(text)
    },
  }
}

const encoder = new TextEncoder()

/** C's `%-22s`, which counts bytes. */
export const padName = (name: string, width = 22): string => name + ' '.repeat(Math.max(0, width - encoder.encode(name).length))
