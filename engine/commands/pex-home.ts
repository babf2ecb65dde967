import { gatheredDigests } from '../install/gathered-digests.ts'
import { pyodideTarget, type Target } from '../packaging/target.ts'
import { PexError } from '../pex/pex-error.ts'
import type { HomePython, Output, PexHome } from '../pex-command/pex-home.ts'
import type { Process, Writer } from '../machine/process.ts'
import { signals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import { uname } from '../machine/uname.ts'
import { spawnProgram } from './exec-program.ts'
import { findProgram } from './find-program.ts'
import { lookUp } from './look-up.ts'
import { packageIndex, pipIndexes } from './package-index.ts'
import { pexFiles } from './pex-files.ts'

/** Where `pipx install pex` puts the wheel that it brings. */
export const wheelDirectory = (process: Process): string => `${process.env.HOME ?? ''}/.local/share/pipx/venvs/pex/wheel`

/** The machine's Python: a Linux by its markers, and it takes the wheels that this browser can load. */
export const machineTarget = (): Target => {
  const browser = pyodideTarget()
  return {
    ...browser,
    description: `${browser.tags[0]} interpreter at /opt/bin/python3`,
    markers: {
      ...browser.markers, sys_platform: 'linux', platform_system: uname.sysname, platform_machine: uname.machine, platform_release: uname.release,
      platform_version: uname.version,
    },
  }
}

const outputOf = async ({ system }: Process, writer: Writer): Promise<Output> => ({
  columns: await system.isatty(writer.fd) ? (await system.getWindowSize(writer.fd)).columns : undefined,
  write: async text => {
    await writer.write(text)
    await writer.flush()
  },
})

const findPython = async (process: Process, name = 'python3'): Promise<HomePython | undefined> => {
  const [path] = await findProgram({ env: process.env, system: process.system }, name)
  if (path === undefined || !/^python(?:3(?:\.14)?)?$/.test(path.slice(path.lastIndexOf('/') + 1))) return undefined
  return { target: machineTarget(), path, shBoot: { version: [3, 14], path: await process.system.realpath(path) } }
}

const installedWheel = async (process: Process): Promise<string> => {
  const directory = wheelDirectory(process)
  const names = await lookUp(process.system, directory) ? await process.system.readdir(directory) : []
  const wheel = names.find(({ name }) => name.endsWith('.whl'))
  if (!wheel) throw new PexError('the pex wheel is not where pipx put it: run `pipx install --force pex`')
  return `${directory}/${wheel.name}`
}

/** The program's exit status; a signal that ends it is 128 and its number. What interrupts this process is the program's to deal with. */
const runToItsEnd = async (process: Process, argv: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<number> => {
  const pid = await spawnProgram(process, argv, { env: { ...process.env, ...variables } })
  for (;;) {
    try {
      const ended = await process.system.wait(pid)
      if (ended?.kind === 'exited') return ended.status
      if (ended?.kind === 'signaled') return 128 + ended.signal
    } catch (error) {
      if (!(error instanceof SystemError) || error.code !== 'EINTR') throw error
    }
  }
}

/** A process of the machine as a place for pex. An interrupt aborts its work. */
export const machinePexHome = async (process: Process): Promise<PexHome> => {
  const interrupt = new AbortController()
  for (const signal of [signals.SIGINT, signals.SIGTERM]) process.onSignal(signal, () => interrupt.abort())
  const files = pexFiles(process)
  const name = process.argv[0] ?? 'pex'
  return {
    program: name.slice(name.lastIndexOf('/') + 1),
    environment: process.env,
    directory: await process.system.getcwd(),
    output: await outputOf(process, process.stdout),
    errors: await outputOf(process, process.stderr),
    files,
    digests: gatheredDigests(() => process.breathe()),
    signal: interrupt.signal,
    now: () => process.now(),
    breathe: () => process.breathe(),
    index: settings => packageIndex(settings, process),
    defaultIndexes: () => pipIndexes(process),
    pexWheel: async () => {
      const path = await installedWheel(process)
      return { fileName: path.slice(path.lastIndexOf('/') + 1), source: await files.open(path) }
    },
    python: wanted => findPython(process, wanted),
    compiles: true,
    run: (path, args, variables) => runToItsEnd(process, [path, ...args], variables),
  }
}
