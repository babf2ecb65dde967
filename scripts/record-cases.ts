/** Records what real tools do: each command line in a fresh directory with the same files, in the C locale and UTC. */
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, lchownSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync, lutimesSync, utimesSync, writeFileSync, chmodSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { layoutLine, recordedText, type RecordedCase, type Recording } from '../test/support/replay.ts'
import type { TestFile } from '../test/support/machine.ts'

/** A line in a shell's words (single and double quotes, no escapes), its standard input, and variables; or the words themselves. */
export type CaseLine = string | [line: string | string[], stdin?: string, env?: Record<string, string>]

export function words(line: string): string[] {
  const found: string[] = []
  for (const match of line.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)) found.push(match[0].replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''))
  return found
}

function lay(directory: string, files: Record<string, TestFile>, now: number): void {
  for (const [path, file] of Object.entries(files)) {
    const full = join(directory, path)
    const { bytes = '', mode, mtime, target } = typeof file === 'string' || file instanceof Uint8Array ? { bytes: file } : file
    const parent = path.endsWith('/') ? full : dirname(full)
    if (mkdirSync(parent, { recursive: true })) chownSync(parent, 1000, 1000)
    if (target !== undefined) {
      symlinkSync(target, full)
      lchownSync(full, 1000, 1000)
      lutimesSync(full, (mtime ?? now) / 1000, (mtime ?? now) / 1000)
      continue
    }
    if (!path.endsWith('/')) {
      writeFileSync(full, bytes)
      chownSync(full, 1000, 1000)
    }
    if (mode !== undefined) chmodSync(full, mode)
    utimesSync(full, (mtime ?? now) / 1000, (mtime ?? now) / 1000)
  }
}

function snapshot(directory: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of readdirSync(join(directory, below))) {
    const path = below ? `${below}/${name}` : name
    const stat = lstatSync(join(directory, path))
    if (stat.isDirectory()) Object.assign(found, snapshot(directory, path))
    else if (stat.isFile()) found[path] = readFileSync(join(directory, path), 'utf8')
  }
  return found
}

/** What is there and with what permissions, as test/support/replay.ts lists a machine's directory. */
function layout(directory: string, below = ''): string[] {
  return readdirSync(join(directory, below)).sort().flatMap((name) => {
    const path = below ? `${below}/${name}` : name
    const stat = lstatSync(join(directory, path))
    const line = layoutLine(path, stat.mode, stat.isSymbolicLink() ? readlinkSync(join(directory, path)) : undefined)
    return stat.isDirectory() ? [line, ...layout(directory, path)] : [line]
  })
}

/** Runs every line as user 1000 (so that permissions count) and returns the recording. Throws where a tool is missing. */
export function recordCases(
  lines: readonly CaseLine[], files: Record<string, TestFile>, now: number, { home, withLayout = false }: { home?: string; withLayout?: boolean } = {},
): Recording {
  const cases = lines.map((entry): RecordedCase => {
    const [line, stdin, env] = typeof entry === 'string' ? [entry] : entry
    const argv = typeof line === 'string' ? words(line) : line
    const directory = home ?? mkdtempSync(join(tmpdir(), 'record-'))
    if (home) for (const name of readdirSync(home)) rmSync(join(home, name), { recursive: true })
    chownSync(directory, 1000, 1000)
    lay(directory, files, now)
    const before = snapshot(directory)
    const layoutBefore = layout(directory)
    const run = spawnSync('setpriv', ['--reuid=1000', '--regid=1000', '--clear-groups', ...argv], {
      cwd: directory, input: stdin ?? '', timeout: 20_000,
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', HOME: '/home/user', USER: 'user', TERM: 'xterm-256color', ...env },
    })
    // EPIPE: the tool ended without reading its input.
    if (run.error && !('code' in run.error && run.error.code === 'EPIPE')) throw run.error
    const after = existsSync(directory) ? snapshot(directory) : {}
    const layoutAfter = existsSync(directory) ? layout(directory) : []
    if (!home) rmSync(directory, { recursive: true, force: true })
    const changed = Object.fromEntries([...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((path) => before[path] !== after[path]).map((path) => [path, after[path] ?? null]))
    return {
      argv, ...(stdin === undefined ? {} : { stdin }), ...(env ? { env } : {}), status: run.status ?? 128 + constants.signals[run.signal ?? 'SIGKILL'], stdout: recordedText(run.stdout), stderr: run.stderr.toString(),
      ...(Object.keys(changed).length ? { changed } : {}),
      ...(withLayout && layoutAfter.join() !== layoutBefore.join() ? { layout: layoutAfter } : {}),
    }
  })
  return { now, files, cases }
}
