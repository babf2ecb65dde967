import { installWheel, type InstalledWheel } from '../install/install-wheel.ts'
import type { Tree } from '../install/tree-file.ts'
import { reinstall } from '../install/reinstall.ts'
import { openWheel } from '../install/wheel.ts'
import { assemblePex, type PexInput } from '../pex/assemble-pex.ts'
import type { PackedDistribution } from '../pex/packed-distribution.ts'
import { bootstrapDirectory, dependenciesDirectory, type PexTree } from '../pex/pex-tree.ts'
import type { Runtime } from '../pex/runtime.ts'
import { startingPython, type ChosenTargets } from './choose-targets.ts'
import { collectSources, diskFile } from './collect-sources.ts'
import { fetchWheels, type FetchedWheel } from './fetch-wheels.ts'
import { openPex } from './open-pex.ts'
import { homeRuntime } from './home-runtime.ts'
import { inFile } from './in-file.ts'
import { installPacked, packedBootstrap, type PackedInstalling } from './install-packed.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { pexSettings } from './pex-settings.ts'
import { pexWarner } from './pex-warner.ts'
import type { Progress } from './progress.ts'
import { readRequest, resolveRequest, type Request } from './request.ts'
import { repackedWheel, repackingFor } from './requirements-pexes.ts'
import { exclusionWarnings, unite } from './resolve-distributions.ts'
import { scriptRequest } from './script-request.ts'

/** A PEX before it is written, and what it is for. */
export interface BuiltPex {
  readonly pex: PexTree
  readonly chosen: ChosenTargets
  readonly wheels: readonly string[]
}

/** The script of `--exe` and what its PEP 723 block says. */
const readExecutable = async (options: Arguments, home: PexHome) => {
  const path = options.value('executable')
  if (path === undefined) return { file: undefined, dependencies: [], constraints: [] }
  const bytes = await home.files.read(path)
  return { file: { ...await diskFile(path, options, home.files), read: () => Promise.resolve(bytes) }, ...scriptRequest(bytes, path, options) }
}

const install = async (
  fetched: readonly (FetchedWheel & { readonly fingerprint?: string })[], runtime: Runtime, home: PexHome, warn: (message: string) => void, packing: PackedInstalling | undefined,
) => {
  const installed: (InstalledWheel | PackedDistribution)[] = []
  for (const wheel of fetched) {
    const { fileName, source, fingerprint } = wheel
    const made = await inFile(fileName, source, async () => (packing
      ? installPacked(wheel, packing)
      : installWheel(await openWheel(fileName, source), { digests: home.digests, scripts: runtime.scripts, warn })))
    installed.push(fingerprint === undefined ? made : { ...made, fingerprint })
    await home.breathe()
    home.signal.throwIfAborted()
  }
  return installed
}

/** What environments give as pex keeps it, and with `--no-pre-install-wheels` the wheels that it is as good as, whose hashes then count. */
const reinstallAll = async (given: Request['fromVenvs'], options: Arguments, runtime: Runtime, home: PexHome) => {
  const reinstalled: InstalledWheel[] = []
  const repacked: FetchedWheel[] = []
  for (const each of given) {
    const installed = await reinstall(each, { digests: home.digests, scripts: runtime.scripts, warn: pexWarner(options, home) })
    if (options.isOn('pre_install_wheels', true)) reinstalled.push(installed)
    else {
      const wheel = await repackedWheel(installed.fileName, installed.tree, repackingFor(options, home))
      repacked.push(wheel)
      reinstalled.push({ ...installed, fingerprint: wheel.fingerprint })
    }
    await home.breathe()
    home.signal.throwIfAborted()
  }
  return { reinstalled, repacked }
}

const counted = (count: number) => `${count} distribution${count === 1 ? '' : 's'}`

const wholeWheels = (fetched: readonly FetchedWheel[]): PexInput['wheels'] =>
  new Map(fetched.map(({ fileName, source }) => [fileName, { read: async () => source.read(0, source.size), executable: false }]))

/** Runs of more bytes than this are not worth their room on the disk; far below what offsets without zip64 can tell. */
const mostKept = 1 << 30

/** What packed parts are made with: for a zipapp, where the home keeps them and neither source nor bytecode goes where they do. */
const packingFor = (
  options: Arguments, sources: Tree, fetched: readonly FetchedWheel[], made: Pick<PackedInstalling, 'runtime' | 'home' | 'warn'>,
  identity: string | undefined,
): PackedInstalling | undefined => {
  const { kept } = made.home
  const isZipapp = (options.value('layout') ?? 'zipapp') === 'zipapp' && options.isOn('pre_install_wheels', true) && !options.isOn('use_system_time')
  const apart = ![...sources.keys()].some(path => path.startsWith(bootstrapDirectory) || path.startsWith(dependenciesDirectory))
  const size = fetched.reduce((sum, { source }) => sum + source.size, 0)
  if (!kept || identity === undefined || !isZipapp || !apart || options.isOn('compile') || size > mostKept) return undefined
  return { ...made, kept, identity, compress: options.isOn('compress', true) }
}

/** What the PEXes of `--pex-path` hold, by the names that they are given by: where `sh` finds the venv of a PEX depends on them. */
const pexPathDistributions = async (paths: readonly string[], home: PexHome): Promise<PexInput['pexPath']> =>
  Object.fromEntries(await Promise.all(paths.map(async path => [path, (await openPex(path, home)).info['distributions'] as Record<string, string>] as const)))

/** `--python-shebang`, the targets' own, or with a warning that of the Python at hand. */
const shebangOf = (options: Arguments, chosen: ChosenTargets, warn: (message: string) => void): string | undefined => {
  const given = options.value('python_shebang')
  if (given !== undefined || options.isOn('sh_boot')) return given
  if (chosen.shebang !== undefined) return chosen.shebang
  const targets = chosen.targets.map(({ description }) => description).sort().join('\n')
  warn(`Could not calculate a targeted shebang for:\n${targets}\n\nUsing shebang: #!/usr/bin/env python${startingPython(chosen).version.join('.')}\n`
    + 'If this is not appropriate, you can specify a custom shebang using the --python-shebang option.')
  return undefined
}

/** Makes the PEX that a command line asks for. Throws what `describeError` has words for. */
export const buildPex = async (options: Arguments, home: PexHome, progress: Progress): Promise<BuiltPex> => {
  const warn = pexWarner(options, home)
  const script = await readExecutable(options, home)
  const request = await readRequest(options, script, home)
  const { asked, constraints, chosen, changes, added, fromVenvs } = request
  const preamble = options.value('preamble_file')
  const preambleText = preamble === undefined ? undefined : new TextDecoder().decode(await home.files.read(preamble))
  const sources = await collectSources(options, home.files)
  const settings = await pexSettings(options, home)
  const { runtime, identity } = await homeRuntime(home, warn)

  const { index, resolutions } = await resolveRequest(options, request, home, progress)
  const { distributions, requirements } = unite(resolutions, asked, changes, chosen.targets)
  for (const warning of exclusionWarnings(resolutions, changes)) warn(warning)
  await progress.stage(`Fetching ${counted(distributions.length)}`)
  const fetched = [...added.wheels, ...await fetchWheels(distributions, index, home, progress)]
  await progress.stage(`Installing ${counted(fetched.length + fromVenvs.length)}`)
  const packing = packingFor(options, sources, fetched, { runtime, home, warn }, identity)
  const { reinstalled, repacked } = await reinstallAll(fromVenvs, options, runtime, home)
  const installed = [...added.installed, ...reinstalled, ...await install(fetched, runtime, home, warn, packing)]

  await progress.stage('Building pex')
  const pex = await assemblePex({
    runtime,
    digests: home.digests,
    python: startingPython(chosen),
    distributions: [...new Map(installed.map(each => [each.fileName, each])).values()],
    ...(packing ? { bootstrap: (includesTools: boolean) => packedBootstrap(packing, includesTools) } : {}),
    ...(options.isOn('pre_install_wheels', true) ? {} : { wheels: wholeWheels([...fetched, ...repacked]) }),
    sources,
    executable: script.file,
    settings: { ...settings, requirements: [...new Set([...added.requirements, ...requirements])], interpreter_constraints: [...constraints], excluded: [...changes.excluded], overridden: [...changes.overridden] },
    preamble: preambleText,
    shebang: shebangOf(options, chosen, warn),
    shBoot: options.isOn('sh_boot'),
    pexPath: options.isOn('sh_boot') && settings.venv ? await pexPathDistributions(settings.pex_paths ?? [], home) : {},
    layout: (options.value('layout') ?? 'zipapp') as PexInput['layout'],
  })
  return { pex, chosen, wheels: installed.map(({ fileName }) => fileName) }
}
