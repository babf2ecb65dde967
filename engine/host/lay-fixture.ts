/** Puts a fixture's files into a fresh machine and runs its set-up lines. */
import type { FileSystem, Ino } from '../machine/file-system.ts'
import type { Machine } from '../machine/machine.ts'
import { S_IFDIR, S_IFLNK, S_IFREG } from '../machine/stat.ts'
import { machineIndexUrl } from './create-outside-fetch.ts'
import type { Fixture, FixtureFile } from './session.ts'

const owner = { uid: 1000, gid: 1000 }
const root = { uid: 0, gid: 0 }

/** Where pip and those that ask as it does find the deck's package index. */
const pipConfiguration = `# The page that this machine runs in answers for this address.\n[global]\nindex-url = ${machineIndexUrl}\n`

export async function layFixture(machine: Machine, fixture: Fixture, env: Record<string, string>): Promise<void> {
  const { fs } = machine
  const { parent, name } = fs.resolve('/etc/pip.conf')
  fs.write(fs.create(parent, name, { mode: S_IFREG | 0o644, ...root }), 0, new TextEncoder().encode(pipConfiguration))
  const base = makeDirectories(fs, fixture.directory)
  for (const file of fixture.files) layFile(fs, fixture.directory, file)
  // Last, inside out: laying a directory's files has changed its times.
  for (const file of [...fixture.files].reverse())
    if (file.path.endsWith('/') && file.mtime !== undefined) fs.utimes(inode(fs, `${fixture.directory}/${file.path}`), file.mtime, file.mtime)
  fs.utimes(base, undefined, Math.max(...fixture.files.map(file => file.mtime ?? 0), 0) || undefined)
  for (const line of fixture.setup ?? []) await runLine(machine, fixture, line, env)
}

function layFile(fs: FileSystem, directory: string, file: FixtureFile) {
  const path = `${directory}/${file.path.replace(/\/$/, '')}`
  const parent = makeDirectories(fs, path.slice(0, path.lastIndexOf('/')))
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (file.path.endsWith('/')) {
    const made = makeDirectories(fs, path)
    fs.chmod(made, file.mode ?? 0o755)
    return
  }
  if (file.target !== undefined) {
    fs.create(parent, name, { mode: S_IFLNK | 0o777, ...owner, target: file.target })
    return
  }
  const made = fs.create(parent, name, { mode: S_IFREG | (file.mode ?? 0o644), ...owner })
  fs.write(made, 0, file.bytes)
  if (file.mtime !== undefined) fs.utimes(made, file.mtime, file.mtime)
}

/** `mkdir -p`; what it makes belongs to the user. */
function makeDirectories(fs: FileSystem, path: string): Ino {
  let at = fs.root
  let sofar = ''
  for (const name of path.split('/').filter(Boolean)) {
    sofar += `/${name}`
    at = fs.resolve(sofar).ino ?? fs.create(at, name, { mode: S_IFDIR | 0o755, ...owner })
  }
  return at
}

function inode(fs: FileSystem, path: string): Ino {
  const { ino } = fs.resolve(path)
  if (ino === undefined) throw new Error(`${path}: was laid a moment ago and is gone`)
  return ino
}

async function runLine(machine: Machine, fixture: Fixture, line: string, env: Record<string, string>) {
  const terminal = machine.openTerminal({ rows: 24, columns: 200 })
  let said = ''
  const decoder = new TextDecoder()
  terminal.onOutput = bytes => { said += decoder.decode(bytes, { stream: true }) }
  const end = await machine.start({ path: '/bin/bash', argv: ['bash', '-c', line], env, cwd: fixture.directory, terminal }).ended
  terminal.hangup()
  if (end.kind !== 'exited' || end.status !== 0) throw new Error(`fixture ${fixture.name}: set-up line "${line}" failed: ${said.trim() || end.kind}`)
}
