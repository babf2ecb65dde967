/** Truth recorded from a real tool, and its replay on the machine: a command's argv and input, what it printed, and how it ended. */
import type { Command } from '../../engine/machine/process.ts'
import type { FileSystem, Ino } from '../../engine/machine/file-system.ts'
import { isDirectory, isSymlink } from '../../engine/machine/stat.ts'
import { home, readFile, runCommand, type TestFile } from './machine.ts'

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
  /** All that is there afterwards, with permissions and symlinks' targets, where that changed (see layoutLine). */
  layout?: string[]
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
  const revive = (key: string, value: unknown) => (key === 'bytes' && Array.isArray(value) ? Uint8Array.from(value as number[]) : value)
  return JSON.parse(text, revive) as Recording
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
  const machine = { now: () => now }
  const result = await runCommand(commands, one.argv, { stdin: one.stdin ?? '', env: { ...one.env }, files: dated, machine })
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
    ...(one.layout ? { layout: layout(result.fs, result.fs.resolve(home).ino!) } : {}),
  }
}

/** `100644 path`, with ` -> target` for a symlink. */
export const layoutLine = (path: string, mode: number, target: string | undefined) =>
  `${mode.toString(8).padStart(6, '0')} ${path}${target === undefined ? '' : ` -> ${target}`}`

function layout(fs: FileSystem, directory: Ino, below = ''): string[] {
  return fs.readdir(directory).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(({ name, ino }) => {
    const path = below ? `${below}/${name}` : name
    const { mode } = fs.stat(ino)
    const line = layoutLine(path, mode, isSymlink(mode) ? fs.readlink(ino) : undefined)
    return isDirectory(mode) ? [line, ...layout(fs, ino, path)] : [line]
  })
}
