import { compareCodePoints } from '../packaging/compare-code-points.ts'
import { pythonJson, type Json } from '../install/python-json.ts'

/** What a caller decides of a PEX-INFO, by the file's own keys; what is not given takes pex's default. Source: pex/pex_info.py. */
export interface PexSettings {
  bind_resource_paths?: Record<string, string>
  build_properties?: Record<string, Json>
  deps_are_wheel_files?: boolean
  emit_warnings?: boolean
  entry_point?: string
  excluded?: string[]
  ignore_errors?: boolean
  includes_tools?: boolean
  inherit_path?: 'false' | 'prefer' | 'fallback'
  inject_args?: string[]
  inject_env?: Record<string, string>
  inject_python_args?: string[]
  interpreter_constraints?: string[]
  interpreter_selection_strategy?: 'oldest' | 'newest'
  max_install_jobs?: number
  overridden?: string[]
  pex_path?: string
  pex_paths?: string[]
  pex_root?: string
  requirements?: string[]
  script?: string
  strip_pex_env?: boolean
  venv?: boolean
  venv_bin_path?: 'false' | 'prepend' | 'append'
  venv_copies?: boolean
  venv_hermetic_scripts?: boolean
  venv_site_packages_copies?: boolean
  venv_system_site_packages?: boolean
}

const defaults = {
  bind_resource_paths: {},
  build_properties: {},
  deps_are_wheel_files: false,
  emit_warnings: true,
  excluded: [],
  ignore_errors: false,
  includes_tools: false,
  inherit_path: 'false',
  inject_args: [],
  inject_env: {},
  inject_python_args: [],
  interpreter_constraints: [],
  interpreter_selection_strategy: 'oldest',
  max_install_jobs: 1,
  overridden: [],
  pex_path: '',
  pex_paths: [],
  requirements: [],
  strip_pex_env: true,
  venv: false,
  venv_bin_path: 'false',
  venv_copies: false,
  venv_hermetic_scripts: true,
  venv_site_packages_copies: false,
  venv_system_site_packages: false,
} satisfies PexSettings

/** What the builder finds out. */
export interface PexHashes {
  bootstrap_hash: string
  code_hash: string
  pex_hash: string
  /** Wheel file name -> sha256. */
  distributions: Record<string, string>
}

type Optional = 'entry_point' | 'script' | 'pex_root'

/** A whole PEX-INFO of pex 2. */
export type PexInfo = Required<Omit<PexSettings, Optional>> & Pick<PexSettings, Optional> & PexHashes

const sorted = (texts: string[]) => [...new Set(texts)].sort(compareCodePoints)

/** The settings with pex's defaults; sets are sorted, as pex sorts them. */
export const completeSettings = (settings: PexSettings, pexVersion: string): Omit<PexInfo, keyof PexHashes> => {
  const complete = { ...defaults, ...settings }
  return {
    ...complete,
    build_properties: { ...complete.build_properties, pex_version: pexVersion },
    excluded: sorted(complete.excluded),
    interpreter_constraints: sorted(complete.interpreter_constraints),
    overridden: sorted(complete.overridden),
    requirements: sorted(complete.requirements),
    includes_tools: complete.includes_tools || complete.venv,
  }
}

/** PEX-INFO's text: one line of sorted, compact, ASCII JSON. */
export const pexInfoText = (info: Omit<PexInfo, 'pex_hash'> & { pex_hash?: string }): string =>
  pythonJson(Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined)) as { [key: string]: Json })
