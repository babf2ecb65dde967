import type { Option, OptionGroup } from './option.ts'

const noScie = 'needs a Python to put in and scie-jump, neither of which is here: make a PEX and turn it into a scie with the real pex'

const ofRuntime = { help: 'Of --rc.', refused: 'is for --rc, which is not here: leave it out' }

const scie = (flags: string[], name: string, more: Partial<Option> = {}): Option =>
  ({ flags, name, kind: 'value', help: 'Of --scie.', refused: noScie, ...more })

const scieSwitch = (name: string, fallback: string): Option => {
  const dashed = name.replaceAll('_', '-')
  return scie([`--${dashed}`, `--no-${dashed}`], name, { kind: 'switch', default: fallback })
}

export const outputOptions: OptionGroup = {
  title: 'PEX output options',
  description: 'What the PEX that -o names is like.',
  options: [
    {
      flags: ['--build-properties'], name: 'build_properties', kind: 'value',
      help: 'A JSON object, or a file of one, for the build_properties of PEX-INFO.',
    },
    {
      flags: ['--build-property'], name: 'build_properties_entries', kind: 'list', default: '[]',
      help: 'NAME=VALUE, the value JSON or else text, for the build_properties of PEX-INFO. May be given again.',
    },
    {
      flags: ['--record-git-state', '--no-record-git-state'], name: 'record_git_state', kind: 'switch', default: 'False',
      help: 'Put what git says of the commit, its description, branch and tag into the build_properties.',
    },
    {
      flags: ['--include-tools'], name: 'include_tools', kind: 'switch', default: 'False',
      help: 'Put in the tools that PEX_TOOLS=1 starts.',
    },
    {
      flags: ['--zip-safe', '--not-zip-safe'], name: 'zip_safe', kind: 'switch', metavar: 'DEPRECATED',
      help: 'Taken, without effect.',
      deprecated:
        'The `--zip-safe/--not-zip-safe` option is deprecated. This option is no longer used since user code is now always unzipped before execution.',
    },
    {
      flags: ['--layout'], name: 'layout', kind: 'value', type: 'for_value', choices: ['zipapp', 'packed', 'loose'], default: 'zipapp',
      help: 'One file (zipapp), or a directory: packed holds a zip for each distribution, loose all files as they are.',
    },
    {
      flags: ['--pre-install-wheels', '--no-pre-install-wheels'], name: 'pre_install_wheels', kind: 'switch', default: 'True',
      help: 'Whether wheels go in installed, or as they are.',
    },
    {
      flags: ['--max-install-jobs'], name: 'max_install_jobs', kind: 'value', type: 'int', default: '1',
      help: 'How many distributions the first run installs at once: 0 and -1 leave it to the PEX.',
    },
    {
      flags: ['--check'], name: 'check', kind: 'value', type: 'for_value', choices: ['none', 'warn', 'error'], default: 'warn',
      help: 'What to do about a zip that Python cannot import from (one of zip64).',
    },
    {
      flags: ['--compress', '--compressed', '--no-compress', '--not-compressed', '--no-compression'], name:
        'compress', kind: 'switch', default: 'True',
      help: 'Whether the zips are compressed.',
    },
    {
      flags: ['--unzip', '--no-unzip'], name: 'unzip', kind: 'switch', metavar: 'DEPRECATED', group: 'runtime',
      help: 'Taken, without effect.',
      deprecated:
        'The `--unzip/--no-unzip` option is deprecated. This option is no longer used since unzipping PEX zip files before execution is now the default.',
    },
    {
      flags: ['--venv'], name: 'venv', kind: 'maybe', choices: ['prepend', 'append'], default: 'False', group: 'runtime',
      help: 'Let the PEX make a venv of itself and run from it; its scripts come first or last in PATH if that is said.',
    },
    {
      flags: ['--venv-copies', '--no-venv-copies'], name: 'venv_copies', kind: 'switch', default: 'False',
      help: 'Whether that venv copies its Python.',
    },
    {
      flags: ['--venv-site-packages-copies', '--no-venv-site-packages-copies'], name:
        'venv_site_packages_copies', kind: 'switch', default: 'False',
      help: 'Whether that venv copies its distributions.',
    },
    {
      flags: ['--venv-system-site-packages', '--no-venv-system-site-packages'], name:
        'venv_system_site_packages', kind: 'switch', default: 'False',
      help: "Whether that venv sees its Python's own packages.",
    },
    {
      flags: ['--non-hermetic-venv-scripts'], name: 'non_hermetic_venv_scripts', kind: 'on', default: 'True',
      help: 'Let the scripts of that venv listen to PYTHONPATH and the like.',
    },
    {
      flags: ['--rc', '--no-rc', '--pexrc', '--no-pexrc', '--native-runtime', '--no-native-runtime'], name:
        'native_runtime', kind: 'switch', default: 'False',
      help: 'Put in a native runtime.',
      refused: 'needs pexrc, which is not here: leave it out',
    },
    {
      flags: ['-Z', '--compression-method'], name: 'compression_method', kind: 'value', type: 'for_value', choices: ['deflated', 'zstd'],
      ...ofRuntime,
    },
    { flags: ['--compression-level'], name: 'compression_level', kind: 'value', type: 'int', ...ofRuntime },
    { flags: ['--pexrc-platform'], name: 'pexrc_platforms', kind: 'list', default: '[]', ...ofRuntime },
    { flags: ['--pexrc-binary'], name: 'pexrc_binary', kind: 'value', ...ofRuntime },
    scie(['--scie', '--par'], 'scie_style', { type: 'for_value', choices: ['lazy', 'eager'], help: 'Make an executable that brings its Python.' }),
    scie(['--scie-only', '--no-scie-only', '--pex-and-scie'], 'scie_only', { kind: 'switch', default: 'False' }),
    scieSwitch('scie_load_dotenv', 'False'),
    scie(['--scie-desktop-file'], 'desktop_file', { kind: 'maybe' }),
    scie(['--scie-icon'], 'icon', { metavar: 'FILE or RESOURCE' }),
    scieSwitch('scie_prompt_desktop_install', 'True'),
    scie(['--scie-windowed'], 'windowed', { kind: 'on', default: 'False' }),
    scie(['--scie-name-style'], 'naming_style', { type: 'for_value', choices: ['dynamic', 'platform-parent-dir', 'platform-file-suffix'] }),
    scie(['--scie-bind-resource-path'], 'scie_bind_resource_paths', { kind: 'list', default: '[]' }),
    scie(['--scie-exe'], 'scie_exe', { group: 'scie' }),
    scie(['--scie-args'], 'scie_args', { kind: 'list', default: '[]' }),
    scie(['--scie-env'], 'scie_env', { kind: 'list', default: '[]' }),
    scie(['--scie-busybox'], 'scie_busybox', { kind: 'list', default: '[]', group: 'scie' }),
    scie(
      ['--scie-pex-entrypoint-env-passthrough', '--scie-busybox-pex-entrypoint-env-passthrough', '--no-scie-pex-entrypoint-env-passthrough',
        '--no-scie-busybox-pex-entrypoint-env-passthrough'],
      'scie_pex_entrypoint_env_passthrough', { kind: 'switch' }),
    scie(['--scie-platform'], 'scie_platforms', { kind: 'list', default: '[]' }),
    scie(['--scie-pbs-release'], 'scie_pbs_release'),
    scie(['--scie-pypy-release'], 'scie_pypy_release'),
    scie(['--scie-python-version'], 'scie_python_version'),
    scieSwitch('scie_pbs_free_threaded', 'False'),
    scieSwitch('scie_pbs_debug', 'False'),
    scieSwitch('scie_pbs_stripped', 'False'),
    scie(['--scie-hash-alg'], 'scie_hash_algorithms', { kind: 'list', default: '[]' }),
    scie(['--scie-science-binary'], 'scie_science_binary'),
    scie(['--scie-assets-base-url'], 'assets_base_url'),
    scie(['--scie-base'], 'scie_base'),
    {
      flags: ['--always-write-cache'], name: 'always_write_cache', kind: 'on',
      help: 'Taken, without effect.',
      deprecated:
        'The `--always-write-cache` option is deprecated. This option is no longer used; all internally cached distributions in a PEX are '
        + 'always installed into the local Pex dependency cache.',
    },
    {
      flags: ['--ignore-errors'], name: 'ignore_errors', kind: 'on', default: 'False',
      help: 'Take what does not fit together, now and when the PEX runs.',
    },
    {
      flags: ['--inherit-path'], name:
        'inherit_path', kind: 'value', type: 'for_value', choices: ['false', 'prefer', 'fallback'], default: 'false',
      help: "Whether the running PEX sees its Python's own packages: before its own (prefer), behind them (fallback).",
    },
    {
      flags: ['--compile', '--no-compile'], name: 'compile', kind: 'switch', default: 'False',
      help: 'Whether Python code is compiled.',
      refused: "needs the bytecode compiler of the target's own Python: leave it out, the first run compiles",
      refusedUnless: 'compiles',
    },
    {
      flags: ['--use-system-time', '--no-use-system-time'], name: 'use_system_time', kind: 'switch', default: 'False',
      help: 'Whether entries have the dates and modes of your files, and what is made that of now, instead of 1980-01-01 for all.',
    },
    { flags: ['--runtime-pex-root'], name: 'runtime_pex_root', kind: 'value', help: 'Where the running PEX keeps its caches.' },
    {
      flags: ['--strip-pex-env', '--no-strip-pex-env'], name: 'strip_pex_env', kind: 'switch', default: 'True',
      help: 'Whether the running PEX takes PEX_ variables out of the environment of what it starts.',
    },
  ],
}

export const environmentOptions: OptionGroup = {
  title: 'PEX target environment options',
  description: 'Which Pythons the PEX is for.',
  options: [
    { flags: ['--python'], name: 'python', kind: 'list', default: '[]', help: 'A Python to build for.' },
    {
      flags: ['--python-path'], name: 'python_path', kind: 'value',
      help: 'Where Pythons are looked for.',
    },
    {
      flags: ['--interpreter-constraint'], name: 'interpreter_constraint', kind: 'list', default: '[]',
      help: 'Which Pythons may run the PEX, such as `CPython>=3.9,<3.13`. May be given again: any of them will do.',
    },
    {
      flags: ['--interpreter-selection-strategy'], name:
        'interpreter_selection_strategy', kind: 'value', type: 'for_value', choices: ['oldest', 'newest'], default: 'oldest',
      help: 'Which of several that fit the PEX takes.',
    },
    {
      flags: ['--platform', '--abbreviated-platform'], name: 'platforms', kind: 'list', default: '[]',
      help: 'PLATFORM-IMPL-PYVER-ABI, such as manylinux2014_x86_64-cp-312-cp312; `current` is the Python at hand. May be given again.',
    },
    {
      flags: ['--complete-platform'], name: 'complete_platforms', kind: 'list', default: '[]',
      help: 'What `pex3 interpreter inspect --markers --tags` writes, or a file of it. May be given again.',
    },
    {
      flags: ['--manylinux', '--no-manylinux', '--no-use-manylinux'], name: 'assume_manylinux', kind: 'maybe', default: 'manylinux2014',
      help: 'What a plain linux in --platform is taken for.',
    },
    {
      flags: ['--resolve-local-platforms'], name: 'resolve_local_platforms', kind: 'switch', default: 'False',
      help: 'Look for Pythons that are what --platform names.',
      refused: 'asks other Pythons what they are: name the target with --complete-platform',
    },
    { flags: ['--python-shebang'], name: 'python_shebang', kind: 'value', help: 'The first line of the PEX, with or without `#!`.' },
    {
      flags: ['--sh-boot', '--no-sh-boot'], name: 'sh_boot', kind: 'switch', default: 'False',
      help: 'Start by /bin/sh, which finds a Python faster than a Python does.',
    },
  ],
}
