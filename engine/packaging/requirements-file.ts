import { decodeSource } from './decode-source.ts'
import { PackagingError } from './packaging-error.ts'
import { pythonSpace, splitLines, splitLinesKeepingEnds, strip } from './python-text.ts'
import { readRequirementOptions, type RequirementOption } from './requirement-options.ts'
import { applyEverywhere, applyLine, initialSettings, type RequirementsSettings } from './requirements-settings.ts'
import { shellWords } from './shell-words.ts'

/** What a requirements file needs of the outside. */
export interface RequirementsSource {
  /** The bytes of a file, by path or URL. What it throws is put behind `Could not open requirements file: `. */
  read: (location: string) => Promise<Uint8Array>
  /** Whether a path is there: `--find-links` means one beside the file before one in the current directory. */
  exists: (path: string) => Promise<boolean>
  /** The current directory, absolute: paths of nested files are made absolute. */
  directory: string
  /** Values for `${NAME}`. */
  environment: Readonly<Record<string, string | undefined>>
}

/** A line that asks for something. */
export interface RequirementLine {
  /** A dependency specifier, a path or a URL, with neither comment nor option. */
  requirement: string
  editable: boolean
  /** Whether it only limits what others ask for (`-c`). */
  constraint: boolean
  /** Such as `-r requirements.txt (line 3)`; of a line that goes on over several, the first. */
  comesFrom: string
  /** Hex digests by the name of their algorithm; empty: none given. */
  hashes: Readonly<Record<string, readonly string[]>>
  configSettings: Readonly<Record<string, readonly string[]>>
  written: WrittenLine
}

/** A line as it stands in its file, for messages that quote it. */
export interface WrittenLine {
  /** Numbers of lines: of one that goes on over several, the first and the last. */
  readonly first: number
  readonly last: number
  /** With comments, the backslashes, and the ends of lines, each `\n`. */
  readonly text: string
}

/** A line that names an index or a directory or page of files, and the file that it stands in. */
export interface NamedPlace {
  readonly option: '--index-url' | '--extra-index-url' | '--find-links'
  /** As written. */
  readonly location: string
  readonly file: string
}

export interface RequirementsFile {
  requirements: RequirementLine[]
  /** In their order; `settings` has what comes of them all. */
  places: NamedPlace[]
  settings: RequirementsSettings
  /** Sentences for people about lines without effect. */
  warnings: string[]
}

const algorithms = ['sha256', 'sha384', 'sha512']
const comment = new RegExp(`(?:^|[${pythonSpace}])#[^]*$`)
const commentLine = new RegExp(`^[${pythonSpace}]*#`)
/** Whether a requirements file is named by its URL, as pip tells it from a path. */
export const isUrl = (location: string): boolean => /^(?:https?|file):/i.test(location)

/** More than any project has. Files that include others twice each would else be read for ever. */
const most = 1000

/** The files that are being read, each with the one that named it. */
type Including = ReadonlyMap<string, string | undefined>

const refuse = (message: string): never => {
  throw new PackagingError(message, 'invalid-requirements-file')
}

/** Lines that a final backslash continues are one. A comment ends a continuation and is never continued. */
const joinLines = (text: string): { line: string; written: WrittenLine }[] => {
  const joined: { line: string; written: WrittenLine }[] = []
  let open = false
  for (const [index, whole] of splitLinesKeepingEnds(text).entries()) {
    const [line = ''] = splitLines(whole)
    const ended = line === whole ? line : `${line}\n`
    const isComment = commentLine.test(line)
    const continues = line.endsWith('\\') && !isComment
    const part = continues ? line.replace(/^\\+|\\+$/g, '') : isComment ? ` ${line}` : line
    const last = joined.at(-1)
    const number = index + 1
    if (open && last !== undefined) {
      last.line += part
      last.written = { ...last.written, last: number, text: last.written.text + ended }
    } else joined.push({ line: part, written: { first: number, last: number, text: ended } })
    open = continues
  }
  return joined
}

const expand = (line: string, environment: RequirementsSource['environment']): string =>
  [...new Set(line.match(/\$\{[A-Z0-9_]+\}/g))].reduce((text, whole) => {
    const name = whole.slice(2, -1)
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined
    return value === undefined || value === '' ? text : text.replaceAll(whole, () => value)
  }, line)

/** The text before the first word that begins with a dash, and the rest: markers have quotes, which the rules of options would take off. */
const splitLine = (line: string): [requirement: string, options: string] => {
  const words = line.split(' ')
  const first = words.findIndex(word => word.startsWith('-'))
  return first < 0 ? [line, ''] : [words.slice(0, first).join(' '), words.slice(first).join(' ')]
}

const readHash = (value: string, hashes: Record<string, string[]>): void => {
  const [algorithm = '', ...rest] = value.split(':')
  if (rest.length === 0) refuse('Arguments to --hash must be a hash name followed by a value, like --hash=sha256:abcde...')
  if (!algorithms.includes(algorithm)) refuse(`Allowed hash algorithms for --hash are ${algorithms.join(', ')}.`)
  const digests = hashes[algorithm] ??= []
  digests.push(rest.join(':'))
}

const readConfigSetting = ({ value, shown }: RequirementOption, settings: Record<string, string[]>): void => {
  const equals = value.indexOf('=')
  if (equals < 0) refuse(`Arguments to ${shown} must be of the form KEY=VAL`)
  const key = value.slice(0, equals)
  const values = Object.hasOwn(settings, key) ? settings[key] ?? [] : []
  const all = [...values, value.slice(equals + 1)]
  // A key may be `__proto__`.
  Object.defineProperty(settings, key, { value: all, enumerable: true, configurable: true, writable: true })
}

interface ReadLine {
  requirement: string
  options: RequirementOption[]
  hashes: Record<string, string[]>
  configSettings: Record<string, string[]>
}

const readLine = (line: string, settings: RequirementsSettings): ReadLine => {
  const [requirement, rest] = splitLine(line)
  const read: ReadLine = { requirement, options: [], hashes: {}, configSettings: {} }
  for (const option of readRequirementOptions(shellWords(rest) ?? refuse(`Could not split options: ${rest}`))) {
    if (option.name === '--hash') readHash(option.value, read.hashes)
    if (option.name === '--config-settings') readConfigSetting(option, read.configSettings)
    applyEverywhere(settings, option)
    read.options.push(option)
  }
  return read
}

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

const absolute = (path: string, directory: string): string => {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** Where a nested file is: by URL or path, seen from the file that names it. */
const nestedLocation = (from: string, path: string, directory: string): string => {
  if (isUrl(from)) return new URL(path, from).href
  if (isUrl(path)) return path
  return absolute(path.startsWith('/') ? path : directoryOf(from) + path, directory)
}

const withPlace = <T>(file: string, line: number, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (error instanceof PackagingError) return refuse(`${file} (line ${line}): ${error.message}`)
    throw error
  }
}

/**
 * Reads a requirements file and those it names, as pip does ("Requirements File Format" in its manual). What they ask for is not read.
 * Settings are taken on from `settings`. Fails with `invalid-requirements-file` and the file and line.
 */
export const readRequirementsFile = async (
  location: string,
  source: RequirementsSource,
  { constraint = false, settings = initialSettings() }: { constraint?: boolean; settings?: RequirementsSettings } = {},
): Promise<RequirementsFile> => {
  const result: RequirementsFile = { requirements: [], places: [], settings, warnings: [] }
  let files = 0
  const readFile = async (file: string, isConstraint: boolean, above: Including): Promise<void> => {
    if (++files > most) refuse(`${file}: more than ${most} files are read with this one: some include each other over and over`)
    const bytes = await source.read(file).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      return refuse(`Could not open ${isConstraint ? 'constraint' : 'requirements'} file: ${why}`)
    })
    for (const { line: joined, written } of joinLines(decodeSource(bytes, file))) {
      const line = expand(strip(joined.replace(comment, '')), source.environment)
      if (line !== '') await takeLine(file, isConstraint, above, written, line)
    }
  }
  const takeLine = async (file: string, isConstraint: boolean, above: Including, written: WrittenLine, line: string): Promise<void> => {
    const { first: number } = written
    const { requirement, options, hashes, configSettings } = withPlace(file, number, () => readLine(line, settings))
    const first = (name: RequirementOption['name']): string | undefined => options.find(option => option.name === name)?.value
    const editable = first('--editable')
    const asked = requirement !== '' ? requirement : editable
    if (asked !== undefined) {
      const comesFrom = `${isConstraint ? '-c' : '-r'} ${file} (line ${number})`
      const how = editable === undefined ? { editable: false, hashes } : { editable: true, hashes: {} }
      result.requirements.push({ requirement: asked, ...how, constraint: isConstraint, comesFrom, configSettings, written })
      return
    }
    const nested = first('--requirement') ?? first('--constraint')
    if (nested !== undefined) {
      const target = nestedLocation(file, nested, source.directory)
      if (above.has(target)) {
        const by = above.get(target)
        const again = by === undefined ? '' : ` and again in ${by}`
        refuse(`${file} (line ${number}): ${target} recursively references itself in ${file}${again}`)
      }
      await readFile(target, first('--requirement') === undefined, new Map([...above, [target, file]]))
      return
    }
    if (Object.keys(hashes).length > 0) result.warnings.push(`${file} line ${number} has --hash but no requirement, and will be ignored.`)
    for (const { name, value } of options) {
      if (value !== '' && (name === '--index-url' || name === '--extra-index-url' || name === '--find-links')) result.places.push({ option: name, location: value, file })
    }
    applyLine(settings, await Promise.all(options.map(option => besideFile(file, option))))
  }
  const besideFile = async (file: string, option: RequirementOption): Promise<RequirementOption> => {
    if (option.name !== '--find-links' || isUrl(file)) return option
    const beside = option.value.startsWith('/') ? option.value : directoryOf(absolute(file, source.directory)) + option.value
    return await source.exists(beside) ? { ...option, value: beside } : option
  }
  await readFile(location, constraint, new Map([[isUrl(location) ? location : absolute(location, source.directory), undefined]]))
  return result
}
