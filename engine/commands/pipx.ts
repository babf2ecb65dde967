import { PackagingError } from '../packaging/packaging-error.ts'
import { parseRequirement } from '../packaging/requirement.ts'
import { normalizeName } from '../packaging/project-name.ts'
import type { Command, Process } from '../machine/process.ts'
import { Failure } from './failure.ts'
import { pipxInstall, pipxUninstall } from './pipx-install.ts'
import { installedNames, metadataPath, pipxPlace, type PipxPackage, type PipxPlace } from './pipx-place.ts'
import { readTextFile } from './read-text-file.ts'

/** The release whose words these are. */
const version = '1.18.4'
const stars = '✨ 🌟 ✨'

interface Request {
  readonly process: Process
  readonly place: PipxPlace
  readonly flags: ReadonlySet<string>
  readonly specs: readonly string[]
}

const installedPackage = async (process: Process, place: PipxPlace, name: string): Promise<PipxPackage | undefined> => {
  const text = await readTextFile(process.system, metadataPath(place, name))
  return text === undefined ? undefined : JSON.parse(text) as PipxPackage
}

/** Progress that a terminal would wipe away again. */
const say = async ({ system, stderr }: Process, text: string) => {
  if (!await system.isatty(stderr.fd)) await stderr.write(`${text}...\n`)
}

const nameOf = (spec: string): string => {
  try {
    return normalizeName(parseRequirement(spec).name)
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    throw new Failure(`Unable to parse package spec: ${spec}`)
  }
}

const appLines = (apps: readonly string[]) => apps.map(app => `    - ${app}\n`).join('')

const install = async ({ process, place, flags, specs }: Request): Promise<number> => {
  for (const spec of specs) {
    const name = nameOf(spec)
    const before = await installedPackage(process, place, name)
    if (before && !flags.has('--force')) {
      await process.stdout.write(`'${name}' (${before.version}) already seems to be installed. Not\nmodifying existing installation in '${place.venvs}/${name}'.\n`
        + `Pass '--force' to force installation, or use\n'pipx upgrade ${name}' to upgrade.\n`)
      continue
    }
    if (before) await process.stdout.write(`Installing to existing venv '${name}'\n`)
    else await say(process, 'creating virtual environment')
    await say(process, `installing ${name}`)
    const { version: now, python, apps } = await pipxInstall(process, place, spec)
    await process.stdout.write(`  installed package ${name} ${now}, installed using ${python}\n  These apps are now available\n${appLines(apps)}`)
    await process.stdout.flush()
    if (!(process.env.PATH ?? '').split(':').includes(place.bin)) {
      await process.stderr.write(`⚠️  Note: '${place.bin}' is not on your PATH environment variable.\n`
        + `    These apps will not be globally accessible until your PATH is updated:\n    export PATH="${place.bin}:$PATH"\n`)
    }
    await process.stderr.write(`done! ${stars}\n`)
  }
  return 0
}

const uninstall = async ({ process, place, specs }: Request): Promise<number> => {
  let status = 0
  for (const name of specs.map(nameOf)) {
    const done = await pipxUninstall(process, place, name)
    await process.stdout.write(done ? `uninstalled ${name}! ${stars}\n` : `Nothing to uninstall for ${name} 😴\n`)
    if (!done) status = 1
  }
  return status
}

const list = async ({ process, place, flags }: Request): Promise<number> => {
  const packages: PipxPackage[] = []
  for (const name of await installedNames(process, place)) {
    const found = await installedPackage(process, place, name)
    if (found) packages.push(found)
  }
  if (packages.length === 0) {
    await process.stderr.write('nothing has been installed with pipx 😴\n')
    return 0
  }
  if (flags.has('--short')) {
    await process.stdout.write(packages.map(({ name, version: now }) => `${name} ${now}\n`).join(''))
    return 0
  }
  await process.stdout.write(`venvs are in ${place.venvs}\napps are exposed on your $PATH at ${place.bin}\n`)
  for (const { name, version: now, python, apps } of packages) {
    await process.stdout.write(`   package ${name} ${now}, installed using ${python}\n${appLines(apps)}`)
  }
  return 0
}

const upgrade = async ({ process, place, specs }: Request): Promise<number> => {
  for (const name of specs.map(nameOf)) {
    const before = await installedPackage(process, place, name)
    if (!before) throw new Failure(`Package is not installed. Expected to find ${place.venvs}/${name}, but it does not exist.`)
    const { version: now } = await pipxInstall(process, place, name)
    await process.stdout.write(now === before.version
      ? `${name} is already at latest version ${now} (location:\n${place.venvs}/${name})\n`
      : `upgraded package ${name} from ${before.version} to ${now} (location: ${place.venvs}/${name})\n`)
  }
  return 0
}

const reinstall = async (request: Request): Promise<number> => {
  await uninstall(request)
  return install(request)
}

const uninstallAll = async (request: Request): Promise<number> =>
  uninstall({ ...request, specs: await installedNames(request.process, request.place) })

const subcommands: Record<string, { run: (request: Request) => Promise<number>; flags: readonly string[]; specs: boolean; help: string }> = {
  install: { run: install, flags: ['--force', '-f', '--quiet', '-q'], specs: true, help: 'Install pex from the package index' },
  uninstall: { run: uninstall, flags: [], specs: true, help: 'Take it away again' },
  upgrade: { run: upgrade, flags: [], specs: true, help: 'Install the latest version' },
  reinstall: { run: reinstall, flags: [], specs: true, help: 'Take it away and install it' },
  'uninstall-all': { run: uninstallAll, flags: [], specs: false, help: 'Take everything away' },
  list: { run: list, flags: ['--short'], specs: false, help: 'List what is installed' },
}

const usage = `usage: pipx [-h] [--version] {${Object.keys(subcommands).join(',')}} ...\n`

const helpText = ({ venvs, bin }: PipxPlace): string =>
  `${usage}\nInstall pex, which makes PEX files, in a place of its own.\n\nVirtual Environment location is ${venvs}.\nSymlinks to apps are placed in ${bin}.\n\nsubcommands:\n`
  + Object.entries(subcommands).map(([name, { help }]) => `    ${name.padEnd(20)}${help}\n`).join('')

const wrongUsage = async ({ stderr }: Process, message: string, shown = 'pipx'): Promise<number> => {
  await stderr.write(`${usage}${shown}: error: ${message}\n`)
  return 2
}

/** pipx, as far as it brings pex. */
export const pipx: Command = async ([name, ...words], process) => {
  const place = pipxPlace(process)
  if (name === '--version') {
    await process.stdout.write(`${version}\n`)
    return 0
  }
  if (name === undefined || name === '-h' || name === '--help' || name === 'help') {
    await process.stdout.write(helpText(place))
    return name === undefined ? 1 : 0
  }
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined
  if (!subcommand) {
    return wrongUsage(process, `argument command: invalid choice: '${name}' (choose from ${Object.keys(subcommands).map(each => `'${each}'`).join(', ')})`)
  }
  const flags = new Set(words.filter(word => word.startsWith('-')).map(word => (word === '-f' ? '--force' : word)))
  const unknown = [...flags].filter(flag => !subcommand.flags.includes(flag))
  if (unknown.length) return wrongUsage(process, `unrecognized arguments: ${unknown.join(' ')}`)
  const specs = words.filter(word => !word.startsWith('-'))
  if (subcommand.specs && specs.length === 0) return wrongUsage(process, 'the following arguments are required: package_spec', `pipx ${name}`)
  try {
    return await subcommand.run({ process, place, flags, specs })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await process.stdout.flush()
    await process.stderr.write(`${error.message}\n`)
    return 1
  }
}
