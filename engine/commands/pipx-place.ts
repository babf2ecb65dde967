import type { Process } from '../machine/process.ts'
import { lookUp } from './look-up.ts'

/** Where pipx keeps what it installs, by its variables. */
export interface PipxPlace {
  readonly venvs: string
  readonly bin: string
}

export const pipxPlace = ({ env }: Process): PipxPlace => {
  const home = env.HOME ?? '/root'
  return { venvs: `${env.PIPX_HOME ?? `${home}/.local/share/pipx`}/venvs`, bin: env.PIPX_BIN_DIR ?? `${home}/.local/bin` }
}

/** What is installed of a package. */
export interface PipxPackage {
  readonly name: string
  readonly version: string
  readonly python: string
  readonly apps: readonly string[]
}

const metadataFile = 'pipx_metadata.json'

/** pipx's own note of a venv, by its name. */
export const metadataPath = ({ venvs }: PipxPlace, name: string): string => `${venvs}/${name}/${metadataFile}`

/** The names of the venvs, in order. */
export const installedNames = async ({ system }: Process, place: PipxPlace): Promise<string[]> =>
  await lookUp(system, place.venvs) ? (await system.readdir(place.venvs)).map(({ name }) => name).sort() : []
