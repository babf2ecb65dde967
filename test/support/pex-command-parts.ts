/** What is kept of a run of `pex`, the real one's and the engine's. */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bytesAsSource } from '../../engine/archive/byte-source.ts'
import { readZip } from '../../engine/archive/read-zip.ts'
import type { ZipEntry } from '../../engine/archive/zip-entry.ts'
import { commandFiles } from '../../scripts/pex-command-cases.ts'
import { userFiles } from '../../scripts/pex-cases.ts'

export interface RecordedCommand {
  args: string[]
  status: number
  stdout: string
  /** Standard error: of a wrong usage its first and last line, of a traceback its error, without warnings and what explains the same every time. */
  says: string[]
  /** The first line of each of pex's warnings, sorted; not of every recording. */
  warnings?: string[]
  /** Path of what was made -> sha256: of a file, or of a directory's files with their modes. */
  outputs: Record<string, string>
}

const laidAt = new Date('2020-05-04T03:02:01Z')

const laidModes: Readonly<Record<string, number>> = { 'dated/group.py': 0o664, 'dated/run.py': 0o775 }

export const layCommandFiles = (directory: string): void => {
  for (const [path, text] of Object.entries(commandFiles)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
    chmodSync(join(directory, path), laidModes[path] ?? (userFiles[path]?.executable ? 0o755 : 0o644))
    utimesSync(join(directory, path), laidAt, path.startsWith('ancient/') ? new Date(0) : laidAt)
  }
}

/** The command lines of a case: `&&` stands between several, of which the last one's answer counts. */
export const linesOf = (args: readonly string[]): string[][] => args.reduce<string[][]>((lines, arg) => {
  if (arg === '&&') lines.push([])
  else lines.at(-1)!.push(arg)
  return lines
}, [[]])

export const withPlaces = (args: readonly string[], links: string): string[] => args.map(arg => arg.replaceAll('<links>', links))

/** Beside these a line names all places itself, or may name none. */
const namesPlaces = new Set(['--pex-repository', '--source', '--derive-sources-from-requirements-files'])

/** A line as it is given to `pex`: with an output, where it names none, and the wheels at hand as all there are. */
export const wholeLine = (line: readonly string[], links: string): string[] => {
  const output = line.some(arg => arg.startsWith('-o') || arg === '--version' || arg === '-V') ? [] : ['-o', 'out.pex']
  const where = line.some(arg => namesPlaces.has(arg)) && !line.includes('--pylock') ? [] : ['--find-links', links]
  return [...output, '--no-pypi', ...where, '--no-compress', ...withPlaces(line, links)]
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** Of a zip whose dates differ from run to run: those of the files that were laid count, and all modes and contents. */
const describeDated = async (path: string): Promise<string> => {
  const archive = await readZip(bytesAsSource(new Uint8Array(readFileSync(path))))
  const dateOf = ({ date }: ZipEntry) => (date.year > laidAt.getUTCFullYear() ? 'made now' : Object.values(date).join(' '))
  return sha256(archive.entries.map(entry => `${entry.name} ${entry.raw.externalAttributes.toString(8)} ${dateOf(entry)} ${entry.raw.crc}\n`).join(''))
}

const describe = (path: string): string => {
  if (!statSync(path).isDirectory()) return sha256(readFileSync(path))
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => lstatSync(join(path, name)).isFile()).sort()
  return sha256(files.map(name => `${name} ${(statSync(join(path, name)).mode & 0o777).toString(8)} ${sha256(readFileSync(join(path, name)))}\n`).join(''))
}

/** What lies in the directory beside the files that were laid there, after a command line. */
export const describeOutputs = async (directory: string, args: readonly string[]): Promise<Record<string, string>> => {
  const laid = new Set(Object.keys(commandFiles).map(path => path.split('/')[0]!))
  const made = existsSync(directory) ? readdirSync(directory).filter(name => !laid.has(name)).sort() : []
  const sums = made.map(async name => {
    const path = join(directory, name)
    return [name, args.includes('--use-system-time') && !statSync(path).isDirectory() ? await describeDated(path) : describe(path)] as const
  })
  return Object.fromEntries(await Promise.all(sums))
}

export interface Places {
  /** The directory that everything is in. */
  base: string
  links: string
}

const placeless = (text: string, { base, links }: Places): string =>
  text.replaceAll(links, '<links>').replaceAll(`${base}/venv/bin/python3.11`, '<python>').replaceAll(`${base}/venv/bin/python3`, '<python>')
    .replaceAll(`${base}/user`, '<user>').replaceAll(base, '<base>').replace(/\/tmp\/tmp\w+/g, '<temporary>')

const usual = (text: string, places: Places): string[] => placeless(text, places).replace(/\n+$/, '').split('\n').map(line => line.trimEnd()).filter(line => line !== '')

/** Of a wrong usage what is not its prose. */
const ofUsage = (lines: string[]) => [lines[0] ?? '', lines.at(-1) ?? '']

/** What says how far the work is, and warnings. */
const passing = /^pid \d+ -> |^pex: (?!error)|^Failed to spawn a job|PEXWarning|pex_warnings\.warn|^Saving PEX/

/** Where the real tool begins to explain, in many lines, what is the same every time. */
const explanation = /^Platform strings must be|^pip: Usage: |^pip:$/

const facts = (lines: string[]): string[] => {
  const told = lines.filter(line => !passing.test(line))
  if (told[0]?.startsWith('usage: ')) return ofUsage(told)
  const traceback = told.findLastIndex(line => /^(?:\w+\.)*\w*(?:Error|Exception|Invalid|Unsatisfiable)\w*: /.test(line))
  const said = told.some(line => line.startsWith('Traceback ')) && traceback !== -1
    ? [told[traceback]!.replace(/^[\w.]+: /, ''), ...told.slice(traceback + 1)]
    : told
  const end = said.findIndex(line => line.startsWith('Platform strings must be'))
  return (end === -1 ? said : said.slice(0, end)).filter(line => !explanation.test(line))
    .map(line => line.replace(/(THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE\.).*/, '$1'))
}

/** The first lines of warnings, of either, but for one that is about where it was recorded. */
export const warningsOf = (stderr: string): string[] =>
  [...stderr.matchAll(/PEXWarning: (?!Failed to detect if this interpreter)(.*)/g)].map(([, said = '']) => said).sort()

/** Standard error, of either. */
export const saidOf = (stderr: string, places: Places): string[] => facts(usual(stderr, places))
