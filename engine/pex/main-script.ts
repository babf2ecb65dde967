import type { PexInfo } from './pex-info.ts'
import { formatTemplate, templateAfter } from './python-template.ts'
import type { Runtime } from './runtime.ts'

/** Where a PEX unpacks itself if PEX-INFO does not say: pex's default on a Linux whose caches are in the home directory. */
export const defaultPexRoot = '~/.cache/pex'

/** The code that starts a PEX: `__pex__/__init__.py` as it is, `__main__.py` after its first lines. */
export const bootCode = async (runtime: Runtime, info: PexInfo): Promise<string> => {
  const call = templateAfter(await runtime.source('pex_builder.py'), 'def _prepare_code')
  const paths = info.pex_paths.length ? info.pex_paths : info.pex_path === '' ? [] : info.pex_path.split(':')
  return `${await runtime.source('pex_boot.py')}\n${formatTemplate(call, {
    bootstrap_dir: '.bootstrap',
    pex_root: info.pex_root ?? defaultPexRoot,
    pex_hash: info.pex_hash,
    hermetic_boot: info.venv ? info.venv_hermetic_scripts : info.inherit_path === 'false',
    has_interpreter_constraints: info.interpreter_constraints.length > 0,
    pex_path: paths,
    is_venv: info.venv,
    inject_python_args: info.inject_python_args,
  })}`
}
