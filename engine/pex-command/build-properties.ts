import { PexError } from '../pex/pex-error.ts'
import type { Json } from '../install/python-json.ts'
import { jsonValue } from './json-value.ts'
import type { Arguments } from './parse-arguments.ts'
import { gitState } from './git-state.ts'
import type { PexFiles, PexHome } from './pex-home.ts'

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wholeObject = async (given: string, files: PexFiles): Promise<{ readonly [key: string]: Json }> => {
  const isFile = await files.kind(given) === 'file'
  const value = jsonValue(isFile ? new TextDecoder().decode(await files.read(given)) : given)
  const where = isFile ? given : 'json string'
  if (value === undefined) throw new PexError(`Failed to load build properties data from ${where}: it is no JSON`)
  if (!isObject(value)) throw new PexError(`Failed to load build properties data from ${where}: it is no JSON object`)
  return value
}

/** PEX-INFO's build_properties of `--build-properties`, `--build-property` and `--record-git-state`, without the version of pex. */
export const buildProperties = async (options: Arguments, home: PexHome): Promise<Record<string, Json>> => {
  const given = options.value('build_properties')
  const properties: [string, Json][] = given ? Object.entries(await wholeObject(given, home.files)) : []
  for (const entry of options.values('build_properties_entries')) {
    const at = entry.indexOf('=')
    if (at === -1) throw new PexError(`Invalid --build-property value ${entry}. Values must be in \`<name>=<value>\` form`)
    const value = entry.slice(at + 1)
    properties.push([entry.slice(0, at), jsonValue(value) ?? value])
  }
  if (options.isOn('record_git_state')) properties.push(['git_state', await gitState(home)])
  return Object.fromEntries(properties)
}
