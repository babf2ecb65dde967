import type { OptionGroup } from './option.ts'

const nameAndValue = (value: string): string | undefined =>
  value.includes('=') ? undefined : `Environment variable values must be of the form \`name=value\`. Given: ${value}`

export const mainOptions: OptionGroup = {
  title: 'options',
  options: [
    { flags: ['-h', '--help'], name: 'help', kind: 'answer', help: 'Print this text and end.' },
    {
      flags: ['-V', '--version'], name: 'version', kind: 'answer',
      help: 'Print the version of pex whose runtime is put into PEXes, and end.',
    },
    {
      flags: ['-o', '--output-file'], name: 'pex_name', kind: 'value',
      help:
        'Where the PEX goes. Without it the PEX is run at once and not kept. `{platform}` in the name stands for the tags of ' +
        'what went in.',
      check: value => (value === '' ? 'the name is empty: say where the PEX goes' : undefined),
    },
    {
      flags: ['-p', '--preamble-file'], name: 'preamble_file', kind: 'value', metavar: 'FILE',
      help: 'Python code that goes before that of `__main__.py`.',
    },
    {
      flags: ['-D', '--sources-directory'], name: 'sources_directory', kind: 'list', metavar: 'DIR',
      help: 'A directory whose files go into the PEX, below its root. May be given again.',
    },
    {
      flags: ['-R', '--resources-directory'], name: 'resources_directory', kind: 'list', metavar: 'DIR',
      help: 'The old name of -D/--sources-directory.',
      deprecated: 'The `-R/--resources-directory` option is deprecated. Resources should be added via `-D/--sources-directory` instead.',
    },
    {
      flags: ['-P', '--package'], name: 'packages', kind: 'list', metavar: 'PACKAGE_SPEC',
      help: 'A package with all below it: `pkg`, `pkg.sub`, or `pkg@src` for one in the directory src. May be given again.',
    },
    {
      flags: ['-M', '--module'], name: 'modules', kind: 'list', metavar: 'MODULE_SPEC',
      help: 'One module: `mod`, `pkg.mod`, or `mod@src` for one in the directory src. May be given again.',
    },
    {
      flags: ['--project'], name: 'projects', kind: 'list', metavar: 'DIR',
      help: 'A project to build and add with what it needs.',
      refused: 'builds a wheel, which needs a build back end: build it with `pip wheel DIR` and give the wheel',
    },
    {
      flags: ['--group', '--dependency-group'], name: 'dependency_groups', kind: 'list', metavar: 'GROUP[@DIR]',
      help: 'The requirements of a dependency group of a pyproject.toml (PEP 735). May be given again.',
    },
    {
      flags: ['-r', '--requirement', '--requirements', '--with-requirements'], name:
        'requirement_files', kind: 'list', metavar: 'FILE or URL',
      help: 'A requirements file. May be given again.',
    },
    {
      flags: ['--constraint', '--constraints'], name: 'constraint_files', kind: 'list', metavar: 'FILE or URL',
      help: 'A file of versions to keep to, where their projects are needed. May be given again.',
    },
    {
      flags: ['--exclude'], name: 'excluded', kind: 'list',
      help: 'A requirement to leave out, with what nothing else needs. May be given again.',
    },
    {
      flags: ['--override'], name: 'overridden', kind: 'list',
      help:
        'What to ask for in place of what distributions ask of a project: `cowsay==5.0`, or `cowsay=my-cowsay>2` for another ' +
        'project. May be given again.',
    },
    {
      flags: ['--requirements-pex'], name: 'requirements_pexes', kind: 'list', metavar: 'FILE',
      help: 'A PEX whose distributions go in. May be given again.',
    },
    {
      flags: ['--seed'], name: 'seed', kind: 'maybe', choices: ['none', 'args', 'verbose'], default: 'none',
      help: 'Fill the caches of the PEX and print where it starts from there (args, which --seed alone stands for), or a JSON object of that and more.',
    },
    { flags: ['--no-seed'], name: 'seed', kind: 'on', means: 'none', help: 'The old name of --seed=none.' },
    {
      flags: ['--help-variables'], name: 'help_variables', kind: 'answer',
      help: 'Print the environment variables that a PEX listens to, and end.',
    },
    {
      flags: ['--docs', '--help-html'], name: 'open_html_docs', kind: 'on',
      help: "Open pex's manual in a browser.",
      refused: 'serves pages that are not in the wheel: read them at docs.pex-tool.org',
    },
  ],
}

export const entryOptions: OptionGroup = {
  title: 'PEX entry point options',
  description: 'What the PEX runs. Without one it is a Python with its distributions at hand.',
  options: [
    {
      flags: ['-m', '-e', '--entry-point'], name: 'entry_point', kind: 'value', metavar: 'MODULE[:SYMBOL]', group: 'entry',
      help: 'A module to run, or a function of it to call.',
    },
    {
      flags: ['-c', '--script', '--console-script'], name: 'script', kind: 'value', metavar: 'SCRIPT_NAME', group: 'entry',
      help: 'A script or console script of a distribution, such as -c fab for Fabric.',
    },
    {
      flags: ['--exe', '--executable', '--python-script'], name: 'executable', kind: 'value', metavar: 'EXECUTABLE', group: 'entry',
      help: 'A Python script to put in and to run. What its PEP 723 block asks for goes in too.',
    },
    {
      flags: ['--pep723', '--enable-script-metadata', '--no-pep723', '--no-enable-script-metadata'], name:
        'enable_script_metadata', kind: 'switch', default: 'True',
      help: 'Whether the PEP 723 block of --exe counts.',
    },
    {
      flags: ['--validate-entry-point'], name: 'validate_ep', kind: 'on', default: 'False',
      help: 'Import the entry point before the PEX is written.',
    },
    {
      flags: ['--bind-resource-path'], name: 'bind_resource_paths', kind: 'list', check: nameAndValue, default: '[]',
      help: 'NAME=PATH: an environment variable for the path of a resource in the running PEX. May be given again.',
    },
    {
      flags: ['--inject-env'], name: 'inject_env', kind: 'list', check: nameAndValue, default: '[]',
      help: 'NAME=VALUE: an environment variable for the running PEX. May be given again.',
    },
    {
      flags: ['--inject-python-args'], name: 'inject_python_args', kind: 'list', default: '[]',
      help: 'Arguments for the Python that runs the PEX, as a shell would split them. May be given again.',
    },
    {
      flags: ['--inject-args'], name: 'inject_args', kind: 'list', default: '[]',
      help: 'Arguments before those of the command line, as a shell would split them. May be given again.',
    },
  ],
}

export const globalOptions: OptionGroup = {
  title: 'Global options',
  description: 'How pex itself runs.',
  options: [
    { flags: ['-v'], name: 'verbosity', kind: 'count', default: '0', help: 'Say what is done, on standard error. May be given again.' },
    {
      flags: ['--emit-warnings', '--no-emit-warnings'], name: 'emit_warnings', kind: 'switch', default: 'True',
      help: 'Whether to print warnings, now and when the PEX runs.',
    },
    {
      flags: ['--pex-root'], name: 'pex_root', kind: 'value',
      help: 'Where a PEX that is run keeps its caches. What pex itself keeps is in a place of its own.',
    },
    { flags: ['--disable-cache'], name: 'disable_cache', kind: 'on', default: 'False', help: 'Keep nothing from one run for the next.' },
    { flags: ['--cache-dir'], name: 'cache_dir', kind: 'value', help: 'The old name of --pex-root.' },
    { flags: ['--tmpdir'], name: 'tmpdir', kind: 'value', default: '/tmp', help: 'Where a PEX goes that is run at once.' },
    {
      flags: ['--rcfile'], name: 'rc_file', kind: 'value',
      help: 'A file of PEX_ variables, lines of NAME=VALUE, beside /etc/pexrc and ~/.pexrc.',
    },
  ],
}
