import { pythonJson, type Json } from '../install/python-json.ts'
import { PexError } from '../pex/pex-error.ts'
import { chooseTargets } from './choose-targets.ts'
import { constraintText } from './constraint-text.ts'
import type { Arguments } from './parse-arguments.ts'
import type { HomePython, PexHome } from './pex-home.ts'
import { writeText } from './write-text.ts'

/** In the order in which real pex tells it. */
const markerNames = [
  'implementation_name', 'implementation_version', 'os_name', 'platform_machine', 'platform_python_implementation', 'platform_release',
  'platform_system', 'platform_version', 'python_full_version', 'python_version', 'sys_platform',
]

const told = ({ path, target: { markers, tags } }: HomePython, options: Arguments): Json => {
  const version = markers['python_full_version'] ?? ''
  return {
    path,
    ...options.has('verbose') ? { version, requirement: `${markers['platform_python_implementation']}==${version}` } : {},
    ...options.has('tags') ? { compatible_tags: tags } : {},
    ...options.has('markers') ? { marker_environment: Object.fromEntries(markerNames.flatMap(name => (markers[name] === undefined ? [] : [[name, markers[name]]]))) } : {},
  }
}

/** `pex3 interpreter inspect`: paths of Pythons, or JSON of what they are, which `--complete-platform` takes. */
export const inspectInterpreter = async (options: Arguments, home: PexHome): Promise<number> => {
  if (options.operands.length > 0) throw new PexError(`${options.operands[0]} is no option: name a Python with --python`)
  const { pythons } = await chooseTargets(options, options.values('interpreter_constraint').map(constraintText), home)
  const isJson = ['verbose', 'tags', 'markers'].some(options.has)
  const indent = options.value('indent')
  const form = { spacing: 'default', sorted: false, ...indent === undefined ? {} : { indent: Number(indent) } } as const
  await writeText(pythons.map(python => `${isJson ? pythonJson(told(python, options), form) : python.path}\n`).join(''), options, home)
  return 0
}
