import { IndexError } from './index-error.ts'
import { parseIni } from './parse-ini.ts'

/** Where pip's configuration may be. */
export interface PipPlaces {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The user's, absolute. */
  readonly home: string
  /** Python's `sys.prefix`, undefined where there is no Python. */
  readonly prefix?: string
  /** Whose options are asked for: `install`, `download`. */
  readonly command: string
  /** undefined where there is no such file. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>
}

/** What pip is set up for; undefined where nothing says anything, then pip's own default holds. */
export interface PipSettings {
  readonly indexUrl?: string
  readonly extraIndexUrls: readonly string[]
  readonly noIndex: boolean
  readonly findLinks: readonly string[]
  readonly trustedHosts: readonly string[]
  readonly retries?: number
  /** Seconds. */
  readonly timeout?: number
  /** Ways of connecting that only some platforms can follow. */
  readonly cert?: string
  readonly clientCert?: string
  readonly proxy?: string
}

const configurationName = 'pip.conf'
const keyName = (key: string): string => key.toLowerCase().replaceAll('_', '-').replace(/^--/, '')

const refuse = (message: string, path: string): never => {
  throw new IndexError('bad-settings', message, path)
}

/** Files in the order in which later ones override earlier ones, as Unix's pip looks for them. */
const configurationFiles = async ({ environment, home, prefix, read }: PipPlaces): Promise<string[]> => {
  const named = environment.PIP_CONFIG_FILE
  if (named === '/dev/null') return []
  const shared = (environment.XDG_CONFIG_DIRS || '/etc/xdg').split(':').filter(path => path !== '').map(path => `${path}/pip`)
  const own = [`${home}/.pip`, `${environment.XDG_CONFIG_HOME?.trim() || `${home}/.config`}/pip`]
  // A file that is named stands in for the user's.
  const user = named && await read(named) ? [] : own
  const directories = [...shared, '/etc', ...user, ...(prefix === undefined ? [] : [prefix])]
  return [...directories.map(path => `${path}/${configurationName}`), ...(named ? [named] : [])]
}

/** Section and key to value, of the sections that matter to the command; later files have overridden earlier ones. */
const readFiles = async (places: PipPlaces): Promise<Map<string, Map<string, string>>> => {
  const merged = new Map<string, Map<string, string>>()
  for (const path of await configurationFiles(places)) {
    const bytes = await places.read(path)
    if (!bytes) continue
    const sections = parseIni(decode(bytes, path), keyName)
    if ('badLine' in sections) return refuse(`${path} (line ${sections.badLine}) is no configuration of pip`, path)
    for (const [name, values] of sections) merged.set(name, new Map([...merged.get(name) ?? [], ...values]))
  }
  return merged
}

const decode = (bytes: Uint8Array, path: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return refuse(`${path} contains invalid UTF-8 characters`, path)
    throw error
  }
}

const words = (value: string | undefined): string[] => value?.split(/\s+/).filter(word => word !== '') ?? []

/**
 * Reads pip's settings about indexes from its variables (PIP_INDEX_URL ...) and its configuration files, by its rules ("Configuration" in
 * its manual): the command's section before `[global]`, variables before files. Throws IndexError 'bad-settings'.
 */
export const pipSettings = async (places: PipPlaces): Promise<PipSettings> => {
  const files = await readFiles(places)
  const variables = Object.entries(places.environment).flatMap(([name, value]) =>
    name.startsWith('PIP_') && value !== undefined ? [[keyName(name.slice('PIP_'.length)), value] as const] : [])
  const given = [files.get('global'), files.get(places.command), new Map(variables)]
  const settings = new Map(given.flatMap(values => [...values ?? []].filter(([, value]) => value !== '')))
  /** An option may have two names: the one that is set last counts. */
  const value = (...names: string[]): string | undefined => [...settings].filter(([name]) => names.includes(name)).at(-1)?.[1]
  const number = (pattern: RegExp, what: string, ...names: string[]): number | undefined => {
    const text = value(...names)
    if (text === undefined) return undefined
    return pattern.test(text.trim()) ? Number(text) : refuse(`pip's setting ${names[0]} is ${what}, not ${text}`, '')
  }
  return {
    indexUrl: value('index-url', 'pypi-url'),
    extraIndexUrls: words(value('extra-index-url')),
    noIndex: truth(value('no-index') ?? 'no'),
    findLinks: words(value('find-links')),
    trustedHosts: words(value('trusted-host')),
    retries: number(/^[-+]?\d+$/, 'a whole number', 'retries'),
    timeout: number(/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i, 'a number', 'timeout', 'default-timeout'),
    cert: value('cert'),
    clientCert: value('client-cert'),
    proxy: value('proxy'),
  }
}

const truth = (text: string): boolean => {
  const word = text.toLowerCase()
  if (/^(?:y|yes|t|true|on|1)$/.test(word)) return true
  return /^(?:n|no|f|false|off|0)$/.test(word) ? false : refuse(`pip's setting no-index is yes or no, not ${text}`, '')
}
