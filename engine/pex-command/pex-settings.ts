import { PexError } from '../pex/pex-error.ts'
import type { PexSettings } from '../pex/pex-info.ts'
import { splitWords } from '../pex/split-words.ts'
import { buildProperties } from './build-properties.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'

const pairs = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(texts.map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))

const integer = (options: Arguments, name: string, fallback: number): number => {
  const text = options.value(name)
  return text === undefined ? fallback : Number(text.replaceAll('_', ''))
}

/** The words of every value of a flag, as a shell splits them. */
const words = (options: Arguments, name: string): string[] => options.values(name).flatMap(splitWords)

/** PEX-INFO's settings that the command line decides alone: without requirements, distributions and interpreter constraints. */
export const pexSettings = async (options: Arguments, home: PexHome): Promise<PexSettings> => {
  const jobs = integer(options, 'max_install_jobs', 1)
  if (jobs < -1) throw new PexError(`The value for max_install_jobs must be -1 or greater; given: ${jobs}`)
  const pexPaths = options.value('pex_path')?.split(':').filter(path => path !== '') ?? []
  const venv = options.value('venv')
  const [entryPoint, script, root] = [options.value('entry_point'), options.value('script'), options.value('runtime_pex_root')]
  return {
    bind_resource_paths: pairs(options.values('bind_resource_paths')),
    build_properties: await buildProperties(options, home),
    emit_warnings: options.isOn('emit_warnings', true),
    ignore_errors: options.isOn('ignore_errors'),
    includes_tools: options.isOn('include_tools'),
    inherit_path: (options.value('inherit_path') ?? 'false') as PexSettings['inherit_path'],
    inject_args: words(options, 'inject_args'),
    inject_env: pairs(options.values('inject_env')),
    inject_python_args: words(options, 'inject_python_args'),
    interpreter_selection_strategy: (options.value('interpreter_selection_strategy') ?? 'oldest') as PexSettings['interpreter_selection_strategy'],
    max_install_jobs: jobs,
    pex_path: pexPaths.join(':'),
    pex_paths: pexPaths,
    strip_pex_env: options.isOn('strip_pex_env', true),
    venv: venv !== undefined,
    venv_bin_path: (venv || 'false') as PexSettings['venv_bin_path'],
    venv_copies: options.isOn('venv_copies'),
    venv_hermetic_scripts: !options.has('non_hermetic_venv_scripts'),
    venv_site_packages_copies: options.isOn('venv_site_packages_copies'),
    venv_system_site_packages: options.isOn('venv_system_site_packages'),
    ...(entryPoint ? { entry_point: entryPoint } : {}),
    ...(script ? { script } : {}),
    ...(root === undefined ? {} : { pex_root: root }),
  }
}
