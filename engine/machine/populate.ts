/**
 * The world a machine starts with: the directories, devices and configuration files that programs look for (Filesystem Hierarchy
 * Standard 3.0, with `/bin` merged into `/usr/bin`), a home, and an executable file for every program.
 */
import type { FileSystem, Ino } from './file-system.ts'
import type { MachineOptions } from './machine.ts'
import { S_IFCHR, S_IFDIR, S_IFLNK, S_IFREG, type Credentials } from './stat.ts'
import { root, user } from './users.ts'

/** What an executable that the kernel runs itself starts with; the program's name and a newline follow. */
export const PROGRAM_MAGIC = '\0machine\n'

/** Linux's numbers (Documentation/admin-guide/devices.txt): major and minor. */
const devices: Record<string, [major: number, minor: number]> = {
  null: [1, 3],
  zero: [1, 5],
  full: [1, 7],
  random: [1, 8],
  urandom: [1, 9],
  tty: [5, 0],
  ptmx: [5, 2],
}

const directories: Record<string, number> = {
  '/dev/pts': 0o755,
  '/dev/shm': 0o1777,
  '/etc': 0o755,
  '/home': 0o755,
  '/opt/bin': 0o755,
  '/proc': 0o555,
  '/root': 0o700,
  '/run': 0o755,
  '/tmp': 0o1777,
  '/usr/bin': 0o755,
  '/usr/lib': 0o755,
  '/usr/local/bin': 0o755,
  '/var/log': 0o755,
  '/var/tmp': 0o1777,
}

const symlinks: Record<string, string> = {
  '/bin': 'usr/bin',
  '/dev/fd': '/proc/self/fd',
  '/dev/stdin': '/proc/self/fd/0',
  '/dev/stdout': '/proc/self/fd/1',
  '/dev/stderr': '/proc/self/fd/2',
}

const configuration = (hostname: string): Record<string, string> => ({
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000:user:/home/user:/bin/bash\n',
  '/etc/group': 'root:x:0:\ntty:x:5:\nuser:x:1000:\n',
  '/etc/hostname': `${hostname}\n`,
  '/etc/hosts': `127.0.0.1\tlocalhost ${hostname}\n`,
  '/etc/os-release': [
    'NAME="pex-pectations"',
    'ID=pex-pectations',
    'PRETTY_NAME="pex-pectations: a small POSIX-like machine in a web page, not Linux"',
    '',
  ].join('\n'),
  '/etc/bash.bashrc': [
    '# Read by interactive shells.',
    'if [ -x /usr/lib/command-not-found ]; then',
    '  command_not_found_handle() { /usr/lib/command-not-found -- "$1"; }',
    'fi',
    '',
  ].join('\n'),
  '/etc/profile': '# Read by login shells.\nexport PATH=$HOME/.local/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin\n',
})

/** `programs` as in MachineOptions; a link is a path, or a name beside its program. */
export const populate = (fs: FileSystem, programs: MachineOptions['programs'], hostname = 'talk'): void => {
  const make = (path: string, mode: number, more: { target?: string; rdev?: number; owner?: Credentials } = {}): Ino => {
    const { parent, name } = fs.resolve(path, { follow: false })
    return fs.create(parent, name, { mode, ...(more.owner ?? root), target: more.target, rdev: more.rdev })
  }
  const write = (path: string, permissions: number, text: string) =>
    fs.write(make(path, S_IFREG | permissions), 0, new TextEncoder().encode(text))

  for (const [path, mode] of Object.entries(directories)) {
    makeParents(fs, path)
    make(path, S_IFDIR | mode)
  }
  make('/home/user', S_IFDIR | 0o755, { owner: user })
  for (const [path, target] of Object.entries(symlinks)) make(path, S_IFLNK | 0o777, { target })
  for (const [name, [major, minor]] of Object.entries(devices)) make(`/dev/${name}`, S_IFCHR | 0o666, { rdev: (major << 8) | minor })
  for (const [path, text] of Object.entries(configuration(hostname))) write(path, 0o644, text)

  for (const [name, { path, links = [] }] of Object.entries(programs)) {
    makeParents(fs, path)
    write(path, 0o755, `${PROGRAM_MAGIC}${name}\n`)
    const slash = path.lastIndexOf('/') + 1
    for (const link of links) {
      const [place, target] = link.includes('/') ? [link, path] : [path.slice(0, slash) + link, path.slice(slash)]
      makeParents(fs, place)
      make(place, S_IFLNK | 0o777, { target })
    }
  }
}

/** The directories above `path`, where missing. */
const makeParents = (fs: FileSystem, path: string) => {
  for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const { parent, name, ino } = fs.resolve(path.slice(0, slash))
    if (ino === undefined) fs.create(parent, name, { mode: S_IFDIR | 0o755, ...root })
  }
}
