/** What is kept of a run of `pex`, the real one's and the engine's. */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { commandFiles } from '../../scripts/pex-command-cases.ts'
import { userFiles } from '../../scripts/pex-cases.ts'

export interface RecordedCommand {
  args: string[]
  status: number
  stdout: string
  /** Standard error: of a wrong usage its first and last line, of a traceback its error, without what differs from run to run. */
  says: string[]
  /** Path of what was made -> sha256: of a file, or of a directory's files with their modes. */
  outputs: Record<string, string>
}

export const layCommandFiles = (directory: string): void => {
  for (const [path, text] of Object.entries(commandFiles)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
    chmodSync(join(directory, path), userFiles[path]?.executable ? 0o755 : 0o644)
  }
}

export const withPlaces = (args: readonly string[], links: string): string[] => args.map(arg => arg.replaceAll('<links>', links))

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

const describe = (path: string): string => {
  if (!statSync(path).isDirectory()) return sha256(readFileSync(path))
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => lstatSync(join(path, name)).isFile()).sort()
  return sha256(files.map(name => `${name} ${(statSync(join(path, name)).mode & 0o777).toString(8)} ${sha256(readFileSync(join(path, name)))}\n`).join(''))
}

/** What lies in the directory beside the files that were laid there. */
export const describeOutputs = (directory: string): Record<string, string> => {
  const laid = new Set(Object.keys(commandFiles).map(path => path.split('/')[0]!))
  const made = existsSync(directory) ? readdirSync(directory).filter(name => !laid.has(name)).sort() : []
  return Object.fromEntries(made.map(name => [relative(directory, join(directory, name)), describe(join(directory, name))]))
}

export interface Places {
  /** The directory that everything is in. */
  base: string
  links: string
}

const placeless = (text: string, { base, links }: Places): string =>
  text.replaceAll(links, '<links>').replaceAll(`${base}/user`, '<user>').replaceAll(base, '<base>').replace(/\/tmp\/tmp\w+/g, '<temporary>')

const usual = (text: string, places: Places): string[] => placeless(text, places).replace(/\n+$/, '').split('\n').map(line => line.trimEnd()).filter(line => line !== '')

/** Of a wrong usage what is not its prose. */
const ofUsage = (lines: string[]) => [lines[0] ?? '', lines.at(-1) ?? '']

/** Standard error of the real tool. */
export const realSays = (stderr: string, places: Places): string[] => {
  const lines = usual(stderr, places)
  if (lines[0]?.startsWith('usage: ')) return ofUsage(lines)
  const traceback = lines.findLastIndex(line => /^(?:\w+\.)*\w*(?:Error|Exception|Invalid|Unsatisfiable)\w*: /.test(line))
  if (lines.some(line => line.startsWith('Traceback ')) && traceback !== -1) return [lines[traceback]!.replace(/^[\w.]+: /, ''), ...lines.slice(traceback + 1)]
  return lines.filter(line => !/^pid \d+ -> |^pex: |PEXWarning|^ {2}pex_warnings|^Saving PEX/.test(line))
}

/** The same of the engine's. */
export const ourSays = (stderr: string, places: Places): string[] => {
  const lines = usual(stderr, places)
  return lines[0]?.startsWith('usage: ') ? ofUsage(lines) : lines.filter(line => !/^pex: |PEXWarning|^Saving PEX/.test(line))
}
