/** Runs one command on a machine of its own, with files, arguments and standard input given, and tells all that it did. */
import { createMachine } from '../../engine/machine/create-machine.ts'
import type { FileSystem } from '../../engine/machine/file-system.ts'
import type { Machine, MachineOptions } from '../../engine/machine/machine.ts'
import type { Command, Process } from '../../engine/machine/process.ts'
import { S_IFDIR, S_IFLNK, S_IFREG } from '../../engine/machine/stat.ts'
import type { WaitStatus } from '../../engine/machine/system-calls.ts'
import { SystemError } from '../../engine/machine/system-error.ts'

const user = { uid: 1000, gid: 1000 }
export const home = '/home/user'
export const usualEnvironment = {
  HOME: home, USER: 'user', LOGNAME: 'user', PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin', LANG: 'C.UTF-8', TERM: 'xterm-256color', TZ: 'UTC',
}

export type TestFile = string | Uint8Array | { bytes?: string | Uint8Array; mode?: number; mtime?: number; target?: string }

export interface RunOptions {
  stdin?: string | Uint8Array
  /** On top of the usual environment. */
  env?: Record<string, string>
  cwd?: string
  /** Path, relative to `cwd` -> content; a path that ends in a slash is a directory. */
  files?: Record<string, TestFile>
  /** More for createMachine, e.g. a clock. */
  machine?: Omit<MachineOptions, 'programs'>
}

export interface RunResult {
  /** 128 and the signal's number where a signal ended it. */
  status: number
  stdout: string
  stderr: string
  stdoutBytes: Uint8Array
  fs: FileSystem
}

/** Commands as programs in /usr/bin. */
export const asPrograms = (commands: Record<string, Command>): MachineOptions['programs'] =>
  Object.fromEntries(Object.entries(commands).map(([name, run]) => [name, { path: `/usr/bin/${name}`, program: { kind: 'command', run } }]))

const toBytes = (content: string | Uint8Array) => (typeof content === 'string' ? new TextEncoder().encode(content) : content)

/** Makes files with the directories above them, owned by the user. */
export function writeFiles(fs: FileSystem, files: Record<string, TestFile>, cwd = home): void {
  for (const [path, file] of Object.entries(files)) {
    const { bytes = '', mode, mtime, target } = typeof file === 'string' || file instanceof Uint8Array ? { bytes: file } : file
    const absolute = path.startsWith('/') ? path : `${cwd}/${path}`
    const names = absolute.split('/').filter((name) => name !== '')
    const last = absolute.endsWith('/') ? undefined : names.pop()
    let parent = fs.root
    let here = ''
    for (const name of names) {
      here += `/${name}`
      parent = fs.resolve(here).ino ?? fs.create(parent, name, { mode: S_IFDIR | 0o755, ...user })
    }
    let made = parent
    if (last !== undefined) {
      made = fs.create(parent, last, { mode: target === undefined ? S_IFREG | 0o644 : S_IFLNK | 0o777, target, ...user })
      if (target === undefined) fs.write(made, 0, toBytes(bytes))
    }
    if (mode !== undefined) fs.chmod(made, mode)
    if (mtime !== undefined) fs.utimes(made, mtime, mtime)
  }
}

export const readFile = (fs: FileSystem, path: string, cwd = home): Uint8Array => {
  const { ino } = fs.resolve(path, { cwd })
  if (ino === undefined) throw new SystemError('ENOENT', path)
  return fs.read(ino, 0, fs.stat(ino).size)
}

/** Runs `run` as a process of the machine and resolves with what it returns, or rejects with what it throws. */
export async function inMachine<T>(
  commands: Record<string, Command>,
  run: (process: Process, machine: Machine) => Promise<T>,
  { env, cwd = home, files = {}, machine: options }: Omit<RunOptions, 'stdin'> = {},
): Promise<T> {
  let outcome: { value: T } | { error: unknown } | undefined
  const main: Command = async (_args, process) => {
    try {
      outcome = { value: await run(process, machine) }
    } catch (error) {
      outcome = { error }
    }
    return 0
  }
  const machine = createMachine({ ...options, programs: asPrograms({ ...commands, 'test-main': main }) })
  writeFiles(machine.fs, files, cwd)
  const { ended } = machine.start({ path: '/usr/bin/test-main', argv: ['test-main'], env: { ...usualEnvironment, ...env }, cwd })
  const status = await ended
  if (!outcome) throw new Error(`the test's own process ended: ${JSON.stringify(status)}`)
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

export const exitStatus = (status: WaitStatus | undefined): number =>
  status?.kind === 'exited' ? status.status : status?.kind === 'signaled' ? 128 + status.signal : -1

/** `argv[0]` without a slash is a program in /usr/bin. */
export function runCommand(commands: Record<string, Command>, argv: string[], options: RunOptions = {}): Promise<RunResult> {
  return inMachine(
    commands,
    async (process, machine) => {
      const { system } = process
      const [in0, in1] = await system.pipe()
      const [out0, out1] = await system.pipe()
      const [err0, err1] = await system.pipe()
      const name = argv[0]!
      const path = name.includes('/') ? name : `/usr/bin/${name}`
      const pid = await system.spawn({ path, argv, env: { ...process.env }, fds: { 0: in0, 1: out1, 2: err1 } })
      for (const fd of [in0, out1, err1]) await system.close(fd)
      const feed = async () => {
        // A command that doesn't read its input is no failure.
        await system.sigaction(13, 'ignore')
        try {
          await system.write(in1, toBytes(options.stdin ?? ''))
        } catch (error) {
          if (!(error instanceof SystemError && error.code === 'EPIPE')) throw error
        }
        await system.close(in1)
      }
      const [stdoutBytes, stderr] = await Promise.all([process.reader(out0).all(), process.reader(err0).all(), feed()])
      const status = exitStatus(await system.wait(pid))
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
      return { status, stdout: text(stdoutBytes), stderr: text(stderr), stdoutBytes, fs: machine.fs }
    },
    options,
  )
}
