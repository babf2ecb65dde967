import { mainOptions, globalOptions } from './main-options.ts'
import type { Option, OptionGroup } from './option.ts'
import { environmentOptions } from './output-options.ts'
import { resolverOptions } from './resolver-options.ts'

const named = ({ options }: OptionGroup, names: readonly string[]): Option[] => options.filter(({ name }) => names.includes(name))

const help: Option = { flags: ['-h', '--help'], name: 'help', kind: 'answer', help: 'Print this text and end.' }

export const outputOption: Option = {
  flags: ['-o', '--output'], name: 'output', kind: 'value', metavar: 'PATH', help: 'The file to write; without it, or with `-`, standard output.',
}

export const indentOption: Option = {
  flags: ['-i', '--indent'], name: 'indent', kind: 'value', type: 'int', help: 'How many spaces a level of the JSON is set in.',
}

/** Where requirements come from, as far as other programs than `pex` take them too. */
const requirementOptions: readonly Option[] = [
  ...named(mainOptions, ['requirement_files', 'constraint_files', 'projects', 'dependency_groups', 'excluded', 'overridden']),
  {
    flags: ['-e', '--editable'], name: 'editables', kind: 'list', metavar: 'REQUIREMENT', default: '[]', help: 'A project that is not packed.',
    refused: 'needs a build back end: build the project with `pip wheel` and give the wheel',
  },
]

/** How distributions are chosen from indexes, without what chooses them from elsewhere. */
const indexOptions: OptionGroup = {
  ...resolverOptions,
  options: resolverOptions.options.filter(({ group, name }) => group !== 'repository' && !name.startsWith('pylock_') && name !== 'pex_path'),
}

const withoutPaths: OptionGroup = { ...indexOptions, options: indexOptions.options.filter(({ name }) => name !== 'path_mappings') }

const avoidDownloads: Option = {
  flags: ['--avoid-downloads', '--no-avoid-downloads'], name: 'avoid_downloads', kind: 'switch',
  default: 'True', help: 'Taken and not needed: what an index tells the hash of is not downloaded.',
}

/** Which Pythons something is for. */
export const targetOptions: OptionGroup = {
  title: 'Target options',
  description: 'Which interpreters and platforms it must be good for.',
  options: named(environmentOptions, [
    'python', 'python_path', 'interpreter_constraint', 'interpreter_selection_strategy', 'platforms', 'complete_platforms', 'assume_manylinux',
    'resolve_local_platforms',
  ]),
}

/** Of the targets, the Pythons of this machine. */
const pythonOptions: OptionGroup = {
  ...targetOptions, options: named(targetOptions, ['python', 'python_path', 'interpreter_constraint', 'interpreter_selection_strategy']),
}

/** `pex3 lock create`. */
export const lockOptions: readonly OptionGroup[] = [
  {
    title: 'options',
    options: [
      help,
      {
        flags: ['--style'], name: 'style', kind: 'value', type: 'for_value', choices: ['strict', 'sources', 'universal'], default: 'strict',
        help: 'What a lock holds: with strict the very wheels that a PEX would hold. The others need source distributions.',
      },
      {
        flags: ['--target-system'], name: 'target_systems', kind: 'list', choices: ['linux', 'mac', 'windows'], default: '[]',
        help: 'Which systems a universal lock is for.', refused: 'is for --style universal, which is not made here: name targets with --platform',
      },
      {
        flags: ['--elide-unused-requires-dist', '--no-elide-unused-requires-dist'], name: 'elide_unused_requires_dist', kind: 'switch',
        default: 'False', help: 'Leave out of the lock what distributions never need.', refused: 'is not known here: leave it out',
      },
      ...named(resolverOptions, ['path_mappings']),
      avoidDownloads,
      { ...indentOption, flags: ['--indent'] },
      outputOption,
    ],
  },
  {
    title: 'Requirement options',
    options: [
      { flags: ['--exe', '--script'], name: 'scripts', kind: 'list', default: '[]', help: 'A script whose PEP 723 block is added. May be given again.' },
      ...requirementOptions,
    ],
  },
  targetOptions, withoutPaths, globalOptions,
]

/** `pex3 lock export`. */
export const exportOptions: readonly OptionGroup[] = [
  {
    title: 'options',
    options: [
      help,
      {
        flags: ['--format'], name: 'format', kind: 'value', type: 'for_value', choices: ['pip', 'pip-no-hashes', 'pep-751'], default: 'pip',
        help: 'What is written: a requirements file, with or without hashes, or a pylock.toml.',
      },
      {
        flags: ['--sort-by'], name: 'sort_by', kind: 'value', type: 'for_value', choices: ['specificity', 'project-name'], default: 'specificity',
        help: 'The order of a requirements file: as they were chosen, or by their names.',
      },
      {
        flags: ['--include-dependency-info', '--no-include-dependency-info'], name: 'include_dependency_info', kind: 'switch', default: 'True',
        help: 'Whether a pylock.toml says which packages need which.',
      },
      ...named(resolverOptions, ['path_mappings']),
      avoidDownloads,
      outputOption,
    ],
  },
  targetOptions, withoutPaths, globalOptions,
]

/** `pex3 interpreter inspect`. */
export const inspectOptions: readonly OptionGroup[] = [
  {
    title: 'options',
    options: [
      help,
      outputOption,
      {
        flags: ['-v', '--verbose'], name: 'verbose', kind: 'on', default: 'False', help: 'Tell its version and the constraint that only it meets.',
      },
      { flags: ['-t', '--tags', '--compatible-tags'], name: 'tags', kind: 'on', default: 'False', help: 'Tell which wheels it takes, the best tag first.' },
      {
        flags: ['-m', '--markers', '--marker-env', '--marker-environment'], name: 'markers', kind: 'on', default: 'False',
        help: 'Tell the environment of its markers (PEP 508).',
      },
      {
        flags: ['-d', '--distributions'], name: 'distributions', kind: 'on', default: 'False', help: 'Tell what is installed in it.',
        refused: 'looks through its directories: ask its pip with `pip list --format json`',
      },
      indentOption,
      {
        flags: ['-a', '--all'], name: 'all', kind: 'on', default: 'False', help: 'Tell of every Python of PATH.',
        refused: 'asks other Pythons what they are: name each with --python',
      },
    ],
  },
  pythonOptions,
  { ...globalOptions, options: globalOptions.options.filter(({ name }) => name !== 'verbosity') },
]

/** `pexec`, `pex3 run`. */
export const runOptions: readonly OptionGroup[] = [
  {
    title: 'options',
    options: [
      help,
      { flags: ['--from', '--spec'], name: 'from', kind: 'value', metavar: 'REQUIREMENT', help: 'What brings the tool, where it is not called like it.' },
      { flags: ['--with'], name: 'with', kind: 'list', metavar: 'REQUIREMENTS', default: '[]', help: 'A requirement beside the tool. May be given again.' },
      {
        flags: ['--locked'], name: 'locked', kind: 'value', choices: ['auto', 'ignore', 'require'], default: 'ignore',
        help: 'Whether a lock file that the tool brings is kept to.', refused: 'reads a lock file out of the wheel: give it with `pex --pylock`',
      },
      { flags: ['--refresh'], name: 'refresh', kind: 'on', default: 'False', help: 'Taken and not needed: nothing is kept of the tool.' },
      ...requirementOptions.filter(({ name }) => name !== 'projects' && name !== 'dependency_groups'),
    ],
  },
  pythonOptions, withoutPaths, globalOptions,
]
