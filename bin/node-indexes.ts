/** The indexes that pip is set up for on this machine: its variables, its configuration files, the default that it was installed with. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const configurationFiles = (environment: NodeJS.ProcessEnv): string[] => {
  const home = environment.HOME ?? environment.USERPROFILE ?? ''
  const named = environment.PIP_CONFIG_FILE
  return [...named === undefined ? [] : [named], join(environment.XDG_CONFIG_HOME ?? join(home, '.config'), 'pip', 'pip.conf'), join(home, '.pip', 'pip.conf'), '/etc/pip.conf']
}

/** A value of the sections that `pip download` reads, `[download]` before `[global]`. */
const configured = (text: string, key: string): string | undefined => {
  const sections = new Map<string, string>()
  let section = ''
  let open = false
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(line)
    const entry = /^([\w-]+)\s*[=:]\s*(.*)$/.exec(line)
    if (header) section = header[1]!
    else if (entry) {
      open = entry[1] === key
      if (open) sections.set(section, entry[2]!)
    } else if (open && /^\s+\S/.test(line)) sections.set(section, `${sections.get(section)} ${line.trim()}`)
  }
  return sections.get('download') ?? sections.get('global')
}

const installedDefault = (): string[] => {
  try {
    const script = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'
    return [execFileSync('python3', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 }).trim()]
  } catch {
    return []
  }
}

/** In the order in which pip asks them; none where no pip says of one. */
export const nodeIndexes = (environment: NodeJS.ProcessEnv): string[] => {
  const texts = configurationFiles(environment).filter(path => existsSync(path)).map(path => readFileSync(path, 'utf8'))
  const setting = (variable: string, key: string) => environment[variable] ?? texts.map(text => configured(text, key)).find(value => value !== undefined)
  const own = setting('PIP_INDEX_URL', 'index-url')
  const extra = setting('PIP_EXTRA_INDEX_URL', 'extra-index-url')?.split(/\s+/).filter(url => url !== '') ?? []
  return [...own === undefined ? installedDefault() : [own], ...extra]
}
