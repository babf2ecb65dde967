import { PackagingError } from './packaging-error.ts'
import { normalizeName } from './project-name.ts'
import type { RequirementOption } from './requirement-options.ts'

/** What the lines without requirement say about where and how to look. Sets of names hold normalised ones, `:all:` stands for all. */
export interface RequirementsSettings {
  /** In the order to be asked. */
  indexUrls: string[]
  noIndex: boolean
  /** Directories, files and URLs. */
  findLinks: string[]
  noBinary: Set<string>
  onlyBinary: Set<string>
  /** Projects whose pre-releases are wanted (`--pre`: all), and those of which only finals are. */
  allReleases: Set<string>
  onlyFinal: Set<string>
  preferBinary: boolean
  requireHashes: boolean
  noRequireHashes: boolean
  trustedHosts: string[]
  /** Of `--use-feature`; which exist is for each version of pip to say. */
  features: string[]
}

/** Settings to begin with: these indexes and nothing else decided. */
export const initialSettings = (indexUrls: readonly string[] = []): RequirementsSettings => ({
  indexUrls: [...indexUrls],
  noIndex: false,
  findLinks: [],
  noBinary: new Set(),
  onlyBinary: new Set(),
  allReleases: new Set(),
  onlyFinal: new Set(),
  preferBinary: false,
  requireHashes: false,
  noRequireHashes: false,
  trustedHosts: [],
  features: [],
})

/** Adds names to one of two sets that exclude each other. `:all:` replaces what was said before, `:none:` empties the set. */
const addNames = (value: string, options: string, set: Set<string>, opposite: Set<string>): void => {
  if (value.startsWith('-')) throw new PackagingError(`${options} option requires 1 argument.`, 'invalid-requirements-file')
  const names = value.split(',')
  const all = names.lastIndexOf(':all:')
  if (all >= 0) {
    opposite.clear()
    set.clear()
    set.add(':all:')
  }
  const rest = names.slice(all + 1)
  // Names behind `:all:` say nothing new, unless `:none:` takes that back.
  if (all >= 0 && !rest.includes(':none:')) return
  for (const name of rest) {
    if (name === ':none:') {
      set.clear()
    } else {
      const normal = normalizeName(name)
      opposite.delete(normal)
      set.add(normal)
    }
  }
}

/** Takes an option that holds wherever it stands, behind a requirement too, as in pip. */
export const applyEverywhere = (settings: RequirementsSettings, { name, value }: RequirementOption): void => {
  const { noBinary, onlyBinary, allReleases, onlyFinal } = settings
  if (name === '--no-binary') addNames(value, '--no-binary / --only-binary', noBinary, onlyBinary)
  else if (name === '--only-binary') addNames(value, '--no-binary / --only-binary', onlyBinary, noBinary)
  else if (name === '--all-releases') addNames(value, '--all-releases / --only-final', allReleases, onlyFinal)
  else if (name === '--only-final') addNames(value, '--all-releases / --only-final', onlyFinal, allReleases)
}

/** Takes the options of a line without requirement. The first `--find-links` of it counts and the last `--index-url`, as in pip. */
export const applyLine = (settings: RequirementsSettings, options: readonly RequirementOption[]): void => {
  const all = (...names: string[]): string[] => options.filter(({ name }) => names.includes(name)).map(({ value }) => value)
  const has = (name: string): boolean => all(name).length > 0
  if (has('--no-index')) {
    settings.noIndex = true
    settings.indexUrls = []
  }
  if (!settings.noIndex) {
    const index = all('--index-url', '--pypi-url').at(-1)
    if (index !== undefined && index !== '') settings.indexUrls = [index]
    settings.indexUrls.push(...all('--extra-index-url'))
  }
  settings.findLinks.push(...all('--find-links').slice(0, 1))
  if (has('--pre')) settings.allReleases.add(':all:')
  settings.preferBinary ||= has('--prefer-binary')
  settings.requireHashes ||= has('--require-hashes')
  settings.noRequireHashes ||= has('--no-require-hashes')
  settings.trustedHosts.push(...all('--trusted-host'))
  for (const feature of all('--use-feature')) if (!settings.features.includes(feature)) settings.features.push(feature)
}
