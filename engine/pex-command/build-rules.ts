import { PexError } from '../pex/pex-error.ts'
import type { Arguments } from './parse-arguments.ts'

/**
 * Tells of options about wheels and builds that do nothing beside each other. Source: pex/resolve/resolver_configuration.py,
 * BuildConfiguration. Throws PexError where they leave nothing to choose from.
 */
export const checkBuildRules = (options: Arguments, warn: (message: string) => void): void => {
  const [wheels, builds] = [options.isOn('allow_wheels', true), options.isOn('allow_builds', true)]
  if (!wheels && !builds) {
    throw new PexError('Cannot both disallow builds and disallow wheels. Please allow one of these or both so that some distributions can be resolved.')
  }
  if (options.isOn('prefer_older_binary') && !(wheels && builds)) {
    warn('The prefer older binary setting was requested, but this has no effect unless both pre-built wheels and sdist builds are allowed.')
  }
  if (builds) return
  if (options.has('use_pep517')) {
    warn(`Use of PEP-517 builds was set to ${options.isOn('use_pep517') ? 'True' : 'False'}, but builds are turned off; so this setting has no effect.`)
  }
  if (!options.isOn('build_isolation', true)) {
    warn('Build isolation was turned off, but builds are also turned off; so this setting has no effect.')
  }
}
