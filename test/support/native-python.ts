import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface NativePython {
  /** As in `3.11.7`. */
  version: string
  directory: string
  /** Runs it in `directory`; what it printed. */
  run(...args: string[]): Promise<string>
  /** Milliseconds from the process's start to its first byte. */
  firstByte(...args: string[]): Promise<number>
  close(): Promise<void>
}

/** The real interpreter (what is called python3 may be a version manager's script around it), in a directory of its own with `files`. */
export async function nativePython(files: Record<string, string>): Promise<NativePython> {
  const directory = await mkdtemp(join(tmpdir(), 'native-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text)
  const call = promisify(execFile)
  // A variable that keeps it from writing .pyc files, say, would make another program of it.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON')))
  const options = { cwd: directory, env }
  const { stdout } = await call('python3', ['-c', 'import sys; print(sys.executable, "%d.%d.%d" % sys.version_info[:3])'], options)
  const [python = 'python3', version = ''] = stdout.trim().split(' ')
  return {
    version,
    directory,
    run: async (...args) => (await call(python, args, options)).stdout,
    firstByte: (...args) => new Promise((resolve, reject) => {
      const began = performance.now()
      const child = spawn(python, args, options)
      child.stdout.once('data', () => resolve(performance.now() - began))
      child.once('error', reject)
    }),
    close: () => rm(directory, { recursive: true }),
  }
}
