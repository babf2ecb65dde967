import { pythonRepr } from '../packaging/python-text.ts'
import { PexError } from '../pex/pex-error.ts'
import { isInteger } from './is-integer.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import type { PexHome, Variables } from './pex-home.ts'
import { pexWarner } from './pex-warner.ts'
import { pexrcVariables } from './pexrc-variables.ts'

/** PEX_VERBOSE goes before `-v`. */
const verbosityOf = (options: Arguments, { PEX_VERBOSE: said }: Variables): number => {
  if (said === undefined) return options.count('verbosity')
  if (isInteger(said)) return Number(said.replaceAll('_', ''))
  throw new PexError(`Invalid value for PEX_VERBOSE, must be an integer, got ${pythonRepr(said)}`)
}

const checkTemporary = async (given: string | undefined, { files, directory }: PexHome): Promise<void> => {
  if (given === undefined) return
  const path = absolutePath(given, directory)
  const kind = await files.kind(path)
  if (kind === undefined) throw new PexError(`The specified --tmpdir does not exist: ${path}`)
  if (kind !== 'directory') throw new PexError(`The specified --tmpdir is not a directory: ${path}`)
}

const warnOfRoots = (options: Arguments, { PEX_ROOT: root }: Variables, warn: (message: string) => void): void => {
  const [old, own] = [options.value('cache_dir'), options.value('pex_root')]
  if (old) {
    warn('The --cache-dir option is deprecated, use --pex-root instead.')
    if (own && own !== old) throw new PexError('Both --cache-dir and --pex-root were passed with conflicting values. Just set --pex-root.')
  }
  const via = old ? '--cache-dir' : own ? '--pex-root' : root ? 'PEX_ROOT' : undefined
  if (!options.has('disable_cache') || via === undefined) return
  warn(`The pex root has been set via ${via} but --disable-cache is also set. Ignoring ${via} and disabling caches.`)
}

/**
 * The options and the home as global options, PEX_ variables and pexrc files change them: how much is said, what environment programs get that
 * are run, where caches are. Says what is deprecated among the options. Source: pex/commands/command.py. Throws PexError.
 */
export const applyGlobals = async (options: Arguments, home: PexHome): Promise<{ options: Arguments; home: PexHome }> => {
  const environment = await pexrcVariables(home.environment, options.value('rc_file'), home.files)
  const verbosity = verbosityOf(options, environment)
  const applied: Arguments = { ...options, count: name => (name === 'verbosity' ? verbosity : options.count(name)) }
  const warn = pexWarner(applied, { ...home, environment })
  await checkTemporary(options.value('tmpdir'), home)
  warnOfRoots(options, environment, warn)
  for (const { deprecated } of options.given) if (deprecated !== undefined) warn(deprecated)
  const root = options.has('disable_cache') ? undefined : options.value('cache_dir') || options.value('pex_root')
  const added = Object.fromEntries(Object.entries(environment).filter(([name, value]) => value !== undefined && home.environment[name] === undefined)) as Record<string, string>
  if (root) added['PEX_ROOT'] = absolutePath(root, home.directory)
  const { kept, ...rest } = home
  return {
    options: applied,
    home: {
      ...rest,
      ...(kept && !options.has('disable_cache') ? { kept } : {}),
      environment,
      index: settings => home.index(options.has('disable_cache') ? { ...settings, keepsAnswers: false } : settings),
      run: (path, args, variables) => home.run(path, args, { ...added, ...variables }),
    },
  }
}
