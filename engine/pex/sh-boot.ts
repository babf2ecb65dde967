import { hex } from '../bytes/hex.ts'
import type { Digests } from '../install/digests.ts'
import { pythonJson } from '../install/python-json.ts'
import { defaultPexRoot } from './main-script.ts'
import { PexError } from './pex-error.ts'
import type { PexInfo } from './pex-info.ts'
import { pythonNames } from './python-names.ts'
import { formatTemplate, templateAfter } from './python-template.ts'
import type { Runtime } from './runtime.ts'
import { shellQuote } from './shell-quote.ts'
import { splitWords } from './split-words.ts'

/** The interpreter that a PEX is made for. */
export interface TargetPython {
  version: [major: number, minor: number]
  /** Asked for by name (`--python`), not just the one at hand. */
  explicit?: boolean
  /** Its real path, where there is one: a `--venv --sh-boot` PEX without constraints finds its venv by it. */
  path?: string
}

export interface ShBoot {
  info: PexInfo
  python: TargetPython
  /** `--python-shebang`. */
  shebang?: string
  layout: 'zipapp' | 'packed' | 'loose'
  digests: Digests
  /** PEX-INFO's `distributions` of what `--pex-path` names, by those names. */
  pexPath?: Record<string, Record<string, string>>
}

/** pex/variables.py, venv_dir: which venv a PEX gets depends on its pex path, and on the interpreter where nothing else chooses one. */
const contentsHash = async ({ info, python, digests, pexPath = {} }: ShBoot): Promise<string> => {
  const choosing: Record<string, string> = info.interpreter_constraints.length || !python.path ? {} : { interpreter: python.path }
  const hasher = digests.sha1()
  hasher.update(new TextEncoder().encode(pythonJson({ PEX_PYTHON_PATH: null, pex_path: pexPath, ...choosing }, { spacing: 'default' })))
  return hex(await hasher.digest())
}

/** The file names that pex takes for a Python. */
const pythonBinary = /^(?:python|pypy)(?:\d+(?:\.\d+)*)?t?(?:\.exe)?$/i

/** `--python-shebang`'s interpreter and arguments, without `/usr/bin/env` and its options. */
const shebangPython = (shebang: string): { python: string; args: string[] } => {
  const words = splitWords(shebang.replace(/^#!/, ''))
  const at = words.findIndex((word) => pythonBinary.test(word.slice(word.lastIndexOf('/') + 1)))
  if (at === -1) throw new PexError(`the shebang names no Python: ${shebang}`)
  return { python: words[at]!, args: words.slice(at + 1) }
}

const slowOnly = ['PEX_IGNORE_RCFILES', 'PEX_VENV', 'PEX_PYTHON', 'PEX_PYTHON_PATH', 'PEX_PATH', 'PEX_TOOLS']

/** The `sh` script that starts a `--sh-boot` PEX, without its first line. Source: pex/sh_boot.py, create_sh_boot_script. */
export const shBootScript = async (runtime: Runtime, boot: ShBoot): Promise<string> => {
  const { info, python, shebang, layout } = boot
  const template = templateAfter(await runtime.source('sh_boot.py'), 'vars_for_no_fast_path = [')
  const named = shebang ? shebangPython(shebang) : { python: '', args: [] }
  const args = [...info.inject_python_args, ...named.args]
  const constraints = info.interpreter_constraints
  const names = await pythonNames(runtime, constraints.length === 0 || python.explicit ? python.version : undefined, constraints)
  return formatTemplate(template, {
    venv: info.venv ? '1' : '',
    python: named.python,
    python_args: args.map(shellQuote).join(' '),
    venv_python_args: (info.venv_hermetic_scripts ? [...args, '-I'] : args).map(shellQuote).join(' '),
    pythons: names.map((name) => `"${name}"`).join(' \\\n'),
    pex_root: info.pex_root ?? defaultPexRoot,
    pex_installed_relpath: info.venv ? `venvs/3/${info.pex_hash}/${await contentsHash(boot)}` : `unzipped_pexes/3/${info.pex_hash}`,
    pex: layout === 'zipapp' ? '$0' : '$(dirname "$0")',
    check_no_fast_path: slowOnly.map((name) => `-z "\${${name}:-}"`).join(' -a '),
  })
}
