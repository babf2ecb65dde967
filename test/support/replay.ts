/** Truth recorded from a real tool, and its replay on the machine: what is recorded is a command's argv and input, what it printed, and how it ended. */
import type { Command } from '../../engine/machine/process.ts'
import { readFile, runCommand, type TestFile } from './machine.ts'

export interface RecordedCase {
  argv: string[]
  stdin?: string
  /** On top of the usual environment. */
  env?: Record<string, string>
  status: number
  /** Text, or base64 where it is no UTF-8. */
  stdout: string | { base64: string }
  stderr: string
  /** Files the command made or changed, with their content; null where one is gone. */
  changed?: Record<string, string | null>
}

/** One recording: the files every case starts from, and the cases. */
export interface Recording {
  /** Milliseconds since the epoch, the machine's clock and all the files' times. */
  now: number
  files: Record<string, TestFile>
  cases: RecordedCase[]
}

/** A recording as JSON keeps it: a file's bytes are a list of numbers there. */
export function readRecording(text: string): Recording {
  return JSON.parse(text, (key, value: unknown) => (key === 'bytes' && Array.isArray(value) ? Uint8Array.from(value as number[]) : value)) as Recording
}

/** What may be recorded as text: the bytes as UTF-8 if they are, otherwise base64. */
export function recordedText(bytes: Uint8Array): string | { base64: string } {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') }
  }
}

/** Runs a case on a machine with these commands; the result has the recording's form, to be compared with the case. */
export async function replay(recording: Recording, one: RecordedCase, commands: Record<string, Command>): Promise<RecordedCase> {
  const { now, files } = recording
  const dated = Object.fromEntries(Object.entries(files).map(([path, file]): [string, TestFile] =>
    [path, typeof file === 'string' || file instanceof Uint8Array ? { bytes: file, mtime: now } : { mtime: now, ...file }]))
  const result = await runCommand(commands, one.argv, { stdin: one.stdin ?? '', env: { ...one.env }, files: dated, machine: { now: () => now } })
  const changed = Object.entries(one.changed ?? {}).map(([path]): [string, string | null] => {
    try {
      return [path, new TextDecoder().decode(readFile(result.fs, path))]
    } catch {
      return [path, null]
    }
  })
  return {
    ...one,
    status: result.status,
    stdout: recordedText(result.stdoutBytes),
    stderr: result.stderr,
    ...(one.changed ? { changed: Object.fromEntries(changed) } : {}),
  }
}
