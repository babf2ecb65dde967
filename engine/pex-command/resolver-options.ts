import { isProjectName } from '../packaging/project-name.ts'
import { pythonRepr } from '../packaging/python-text.ts'
import type { Option, OptionGroup } from './option.ts'

const pipVersions = [
  'latest', 'latest-compatible', 'vendored', '20.3.4-patched', '22.2.2', '22.3', '22.3.1', '23.0', '23.0.1', '23.1', '23.1.1', '23.1.2', '23.2',
  '23.3.1', '23.3.2', '24.0', '24.1', '24.1.1', '24.1.2', '24.2', '24.3', '24.3.1', '25.0', '25.0.1', '25.1', '25.1.1', '25.2', '25.3', '26.0',
  '26.0.1', '26.1', '26.1.1', '26.1.2', '26.2', '26.2.1',
]

/** pex's words. */
const projectName = (value: string): string | undefined => (isProjectName(value)
  ? undefined
  : `The given project name ${pythonRepr(value)} is not a valid. It must conform to the regex `
    + "'^([A-Z0-9]|[A-Z0-9][A-Z0-9._-]*[A-Z0-9])$' as specified in https://peps.python.org/pep-0508/#names")

const byTheBrowser: Pick<Option, 'refused' | 'refusedUnless'> = { refused: "is the browser's to say here: set it there", refusedUnless: 'connects' }
const noPip = 'is for pip, which is not used here: leave it out'

export const resolverOptions: OptionGroup = {
  title: 'Resolver options',
  description: 'Where distributions come from and how they are chosen.',
  options: [
    {
      flags: ['--resolver-version'], name: 'resolver_version', kind: 'value', type: 'for_value', choices: ['pip-legacy-resolver', 'pip-2020-resolver'],
      help:
        'The legacy one takes the first version it finds of each project; the other, which is the default, goes back where that ' +
        'does not fit together.',
    },
    { flags: ['--pip-version'], name: 'pip_version', kind: 'value', choices: pipVersions, help: 'Taken and not needed: no pip is run.' },
    {
      flags: ['--allow-pip-version-fallback', '--no-allow-pip-version-fallback'], name:
        'allow_pip_version_fallback', kind: 'switch', default: 'True',
      help: 'Taken and not needed: no pip is run.',
    },
    {
      flags: ['--extra-pip-requirement'], name: 'extra_pip_requirements', kind: 'list', default: '[]',
      help: 'Something to install beside pip.', refused: noPip,
    },
    {
      flags: ['--use-pip-config', '--no-use-pip-config'], name: 'use_pip_config', kind: 'switch',
      help: "Whether pip's configuration files and PIP_ variables name the indexes.",
    },
    {
      flags: ['--keyring-provider'], name: 'keyring_provider', kind: 'value', metavar: 'PROVIDER',
      help: 'Where passwords of indexes come from.',
      refused: 'asks a keyring: put the user and password into the URL of the index',
    },
    {
      flags: ['--uploaded-prior-to'], name: 'uploaded_prior_to', kind: 'value',
      help: 'A date, ISO 8601: or P3D for three days ago: files that indexes got then or later are not there.',
    },
    {
      flags: ['--pypi', '--no-pypi', '--no-index'], name: 'pypi', kind: 'switch', default: 'True',
      help: "Whether to ask the index that pip is set up for.",
    },
    {
      flags: ['-f', '--find-links', '--repo'], name: 'find_links', kind: 'list', metavar: '(NAME=)PATH/URL', default: '[]',
      help: 'A directory, or a page with links, that wheels are looked for in. May be given again.',
    },
    {
      flags: ['-i', '--index', '--index-url'], name: 'indexes', kind: 'list', metavar: '(NAME=)URL', default: '[]',
      help: 'A package index. May be given again.',
    },
    {
      flags: ['--source'], name: 'repo_scopes', kind: 'list', metavar: 'NAME=SCOPE', default: '[]',
      help: 'Which projects a named index or repository is asked for.',
    },
    {
      flags: ['--derive-sources-from-requirements-files'], name: 'derive_scopes_from_requirements_files', kind: 'switch', default: 'False',
      help: 'Ask the indexes of a requirements file for its projects only.',
    },
    { flags: ['--retries'], name: 'retries', kind: 'value', type: 'int', default: '5', help: 'How often a request is made again.' },
    {
      flags: ['--resume-retries'], name: 'resume_retries', kind: 'value', type: 'int', default: '3',
      help: 'How often a download is gone on with.',
    },
    {
      flags: ['--timeout'], name: 'timeout', kind: 'value', type: 'int', metavar: 'SECS', default: '15',
      help: 'How many seconds an index may be silent.',
    },
    {
      flags: ['--proxy'], name: 'proxy', kind: 'value',
      help: 'A proxy that indexes are asked through.',
      ...byTheBrowser,
    },
    {
      flags: ['--cert'], name: 'cert', kind: 'value', metavar: 'PATH',
      help: 'A file of the certificates to trust (PEM).',
      ...byTheBrowser,
    },
    {
      flags: ['--client-cert'], name: 'client_cert', kind: 'value', metavar: 'PATH',
      help: 'A file with a certificate to show and its key (PEM).',
      ...byTheBrowser,
    },
    {
      flags: ['--cache-ttl'], name: 'cache_ttl', kind: 'value', type: 'int', metavar: 'DEPRECATED',
      help: 'Taken, without effect.',
      deprecated: 'The --cache-ttl option is deprecated and no longer has any effect.',
    },
    {
      flags: ['-H', '--header'], name: 'headers', kind: 'list', metavar: 'DEPRECATED',
      help: 'Taken, without effect.',
      deprecated: 'The --header option is deprecated and no longer has any effect.',
    },
    {
      flags: ['--pex-repository'], name: 'pex_repository', kind: 'value', metavar: 'FILE', group: 'repository',
      help: 'A PEX whose distributions are chosen from, as it would choose when it is run: all that it asks for where nothing else is asked.',
    },
    {
      flags: ['--lock', '--pex-lock'], name: 'lock', kind: 'value', metavar: 'FILE', group: 'repository',
      help: 'A lock file of pex3 lock, to choose from.',
    },
    {
      flags: ['--path-mapping'], name: 'path_mappings', kind: 'list', default: '[]',
      help: 'NAME|PATH|DESCRIPTION: what a name in a lock file stands for.',
    },
    {
      flags: ['--pylock', '--pep-751-lock'], name: 'pylock', kind: 'value', metavar: 'FILE', group: 'repository',
      help: 'A pylock.toml (PEP 751), to choose from.',
    },
    {
      flags: ['--pylock-extra'], name: 'pylock_extras', kind: 'list', default: '[]',
      help: 'An extra of the pylock.toml. May be given again.',
    },
    {
      flags: ['--pylock-group', '--pylock-dependency-group'], name: 'pylock_dependency_groups', kind: 'list', default: '[]',
      help: 'A dependency group of the pylock.toml. May be given again.',
    },
    {
      flags: ['--pre-resolved-dist', '--pre-resolved-dists'], name:
        'pre_resolved_dists', kind: 'list', metavar: 'FILE', default: '[]', group: 'repository',
      help: 'A wheel, or a directory of them: what is asked for is chosen from these alone. May be given again.',
    },
    {
      flags: ['--venv-repository'], name: 'venv_repositories', kind: 'maybe', default: '[]', group: 'repository',
      help: 'A virtual environment to choose from, or its Python; without a value the one at hand. May be given again.',
    },
    {
      flags: ['--pre', '--no-pre'], name: 'allow_prereleases', kind: 'switch', default: 'False',
      help: 'Whether pre-releases may be chosen.',
    },
    {
      flags: ['--wheel', '--binary', '--no-wheel', '--no-use-wheel', '--no-binary', '--no-use-binary'], name:
        'allow_wheels', kind: 'switch', default: 'True',
      help: 'Whether wheels may be chosen; nothing else can be.',
    },
    {
      flags: ['--only-binary', '--only-wheel'], name: 'only_wheels', kind: 'list', check: projectName, default: '[]',
      help: 'A project of which only wheels are taken: all are, here.',
    },
    {
      flags: ['--build', '--no-build'], name: 'allow_builds', kind: 'switch', default: 'True',
      help: 'Whether wheels may be built from source: none are, here.',
    },
    {
      flags: ['--only-build'], name: 'only_builds', kind: 'list', check: projectName, default: '[]',
      help: 'A project to build from source.',
      refused: 'needs a build back end: build it with `pip wheel` and name the directory with --find-links',
    },
    {
      flags: ['--prefer-wheel', '--prefer-binary', '--no-prefer-wheel', '--no-prefer-binary'], name:
        'prefer_older_binary', kind: 'switch', default: 'False',
      help: 'Whether an older wheel goes before newer source.',
    },
    {
      flags: ['--force-pep517', '--use-pep517', '--no-use-pep517'], name: 'use_pep517', kind: 'switch',
      help: 'Taken and not needed: nothing is built.',
    },
    {
      flags: ['--build-isolation', '--no-build-isolation'], name: 'build_isolation', kind: 'switch', default: 'True',
      help: 'Taken and not needed: nothing is built.',
    },
    {
      flags: ['--transitive', '--no-transitive', '--intransitive'], name: 'transitive', kind: 'switch', default: 'True',
      help: 'Whether what distributions need goes in too.',
    },
    {
      flags: ['-j', '--jobs'], name: 'max_jobs', kind: 'value', type: 'int', metavar: 'JOBS', default: '2',
      help: 'How many things are done at once.',
    },
    {
      flags: ['--pip-log', '--preserve-pip-download-log', '--no-preserve-pip-download-log'], name: 'pip_log', kind: 'maybe',
      help: "Where pip's log goes.", refused: noPip,
    },
    {
      flags: ['--pex-path'], name: 'pex_path', kind: 'value',
      help: "PEXes, with ':' between them, whose distributions are there when the PEX runs.",
    },
  ],
}
