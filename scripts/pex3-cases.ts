/** Command lines that pex3 and the engine's are both given; `<links>` is the directory of the wheels. */
const lock = 'lock create --no-pypi --find-links <links> --complete-platform here.json --resolver-version pip-legacy-resolver'

export const pex3Files: Readonly<Record<string, string>> = {
  'constraints.txt': 'click<9\n',
  'requirements.txt': 'idna>=3,!=3.1\ncertifi\n',
  'script.py': '# /// script\n# dependencies = ["idna"]\n# ///\n',
  'here.json': JSON.stringify({
    marker_environment: {
      implementation_name: 'cpython', os_name: 'posix', platform_machine: 'x86_64', platform_python_implementation: 'CPython', platform_system: 'Linux',
      python_full_version: '3.11.7', python_version: '3.11', sys_platform: 'linux',
    },
    compatible_tags: ['cp311-cp311-manylinux_2_28_x86_64', 'cp311-cp311-manylinux_2_17_x86_64', 'py3-none-any'],
  }),
}

export const pex3Cases: readonly string[] = [
  '-V', '', 'bogus', 'interpreter', 'interpreter bogus', 'lock', 'lock bogus', 'lock export', 'lock export nothing.json', 'interpreter inspect', 'interpreter inspect -m',
  'interpreter inspect --markers --indent 2', 'interpreter inspect --python nothing', 'lock create --no-pypi --resolver-version pip-legacy-resolver', 'lock create --no-pypi nosuch', 'lock create --style bogus',
  'lock create --indent x', `${lock} requests`, `${lock} requests -o lock.json`, `${lock} rich click --exclude pygments --override mdurl<1 --constraints constraints.txt`,
  `${lock} idna rich==15.0 --no-transitive --pre`, `${lock} <links>/idna-3.20-py3-none-any.whl`, `${lock} -r requirements.txt --indent 2`, `${lock} IDNA>=3,!=3.1 -o -`,
  'lock create --no-pypi --find-links <links> --resolver-version pip-legacy-resolver idna -o lock.json', 'interpreter inspect --tags --indent 1',
  `${lock} idna click --indent 0 --only-binary IDNA --no-build`, `${lock} idna --platform macosx_11_0_arm64-cp-311-cp311`,
  `${lock} <links>/idna-3.20-py3-none-any.whl --path-mapping FL|<links>/../links/|Where|they_are --path-mapping OTHER|/nowhere -o lock.json`, `${lock} idna --path-mapping FL`, `${lock} idna --path-mapping FL|links`, `${lock} idna --path-mapping FL| --path-mapping A|/a`,
]
