import { openWheel, type Wheel } from '../install/wheel.ts'
import { entryPointsOf } from '../install/entry-points-of.ts'
import { IndexError } from '../index/index-error.ts'
import type { EntryPointTarget } from '../packaging/entry-points.ts'
import { formatRequirement, parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { pyodide314 } from '../packaging/target.ts'
import { describeError } from '../pex-command/describe-error.ts'
import { resolve } from '../resolver/resolve.ts'
import { ResolutionError } from '../resolver/resolution-error.ts'
import { PROGRAM_MAGIC } from '../machine/populate.ts'
import type { Process } from '../machine/process.ts'
import { Failure } from './failure.ts'
import { lookUp } from './look-up.ts'
import { packageIndex, pipIndexes } from './package-index.ts'
import { machineTarget } from './pex-home.ts'
import { makeDirectories, removeAll, writeNew } from './pex-files.ts'
import { metadataPath, type PipxPackage, type PipxPlace } from './pipx-place.ts'

/** The apps that the machine has programs of its own for. */
const programs = ['pex', 'pex3', 'pexec']

const sitePackages = 'lib/python3.14/site-packages'
const encoder = new TextEncoder()

const bring = async (process: Process, requirement: Requirement): Promise<Wheel> => {
  const index = packageIndex({ indexUrls: await pipIndexes(process), findLinks: [] }, process)
  const root = { requirement, from: undefined, hashes: [] }
  const [resolution] = await resolve(index, [machineTarget()], {
    roots: [root], constraints: [], overrides: [], excludes: [], prereleases: false, transitive: false, method: 'backtracking',
  })
  const { file } = resolution!.distributions[0]!
  return openWheel(file.fileName, await index.fetchFile(file))
}

/** What pip's failure leaves to say. */
const pipFailure = (error: unknown, name: string): Failure | undefined => {
  if (!(error instanceof ResolutionError) && !(error instanceof IndexError)) return undefined
  const lines = (describeError(error) ?? '').split('\n').map(line => `    ${line.replace(/^pip: /, '')}`)
  return new Failure(['Fatal error from pip prevented installation.', '', 'Some possibly relevant errors from pip install:', ...lines, '', `Error installing ${name}.`].join('\n'))
}

const pythonScript = ({ module, attributes }: EntryPointTarget, packages: string): string => [
  '#!/opt/bin/python3', 'import sys', `sys.path.insert(0, '${packages}')`, `from ${module} import ${attributes[0]}`,
  'if __name__ == \'__main__\':', `    sys.exit(${attributes.join('.')}())`, '',
].join('\n')

const layOut = async (process: Process, wheel: Wheel, place: PipxPlace, apps: ReadonlyMap<string, EntryPointTarget>, name: string): Promise<void> => {
  const { system } = process
  const venv = `${place.venvs}/${name}`
  const packages = `${venv}/${sitePackages}`
  const write = async (path: string, bytes: Uint8Array | string, mode = 0o666) => {
    await makeDirectories(system, path.slice(0, path.lastIndexOf('/')))
    await writeNew(system, path, [typeof bytes === 'string' ? encoder.encode(bytes) : bytes], mode)
  }
  await write(`${venv}/wheel/${wheel.fileName}`, await wheel.archive.source.read(0, wheel.archive.source.size))
  for (const entry of wheel.archive.entries) {
    if (entry.type !== 'directory') await write(`${packages}/${entry.name}`, await wheel.archive.data(entry))
    await process.breathe()
  }
  await write(`${venv}/pyvenv.cfg`, `home = /opt/bin\ninclude-system-site-packages = false\nversion = ${pyodide314.python}\nexecutable = /opt/bin/python3\n`)
  await makeDirectories(system, place.bin)
  for (const [app, target] of apps) {
    const path = `${venv}/bin/${app}`
    await write(path, programs.includes(app) ? `${PROGRAM_MAGIC}${app}\n` : pythonScript(target, packages), 0o777)
    await removeAll(system, `${place.bin}/${app}`)
    await system.symlink(path, `${place.bin}/${app}`)
  }
}

const refuseOthers = (wheel: Wheel, apps: ReadonlyMap<string, EntryPointTarget>): void => {
  const { project } = wheel
  if (apps.size === 0) {
    throw new Failure(`No apps associated with package ${project}. A package that is only imported goes into a PEX: pex ${project} -o ${project}.pex`)
  }
  if (normalizeName(project) === 'pex') return
  const [app] = apps.keys()
  throw new Failure(`${project} is a Python program, and pipx brings only pex here. Make a PEX of it: pex ${project} -c ${app} -o ${app}.pex`)
}

/** Installs what a requirement names from the machine's index. Throws Failure in pipx's words. */
export const pipxInstall = async (process: Process, place: PipxPlace, spec: string): Promise<PipxPackage> => {
  const requirement = parseRequirement(spec)
  const wheel = await bring(process, requirement).catch((error: unknown) => {
    throw pipFailure(error, formatRequirement(requirement)) ?? error
  })
  const text = await wheel.read(`${wheel.prefix}.dist-info/entry_points.txt`)
  const found = entryPointsOf(new TextDecoder().decode(text)).get('console_scripts') ?? new Map<string, EntryPointTarget>()
  const apps = new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
  refuseOthers(wheel, apps)
  const name = normalizeName(wheel.project)
  await removeAll(process.system, `${place.venvs}/${name}`)
  await layOut(process, wheel, place, apps, name)
  const installed: PipxPackage = { name, version: wheel.version, python: `Python ${pyodide314.python}`, apps: [...apps.keys()] }
  await writeNew(process.system, metadataPath(place, name), [encoder.encode(`${JSON.stringify(installed, undefined, 4)}\n`)], 0o666)
  return installed
}

/** Removes a package and the links to its apps; false where it was not there. */
export const pipxUninstall = async ({ system }: Process, place: PipxPlace, name: string): Promise<boolean> => {
  const venv = `${place.venvs}/${name}`
  if (!await lookUp(system, venv)) return false
  if (await lookUp(system, `${venv}/bin`)) for (const { name: app } of await system.readdir(`${venv}/bin`)) await removeAll(system, `${place.bin}/${app}`)
  await removeAll(system, venv)
  return true
}
