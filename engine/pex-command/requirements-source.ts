import { directFile, pathOfFileUrl } from '../index/direct-file.ts'
import { isUrl, type RequirementsSource } from '../packaging/requirements-file.ts'
import { connectionSettings } from './connection-settings.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'

/** Where requirements files are read, and those that they name: paths of the home, and URLs, as pip has it. Failing reads throw FileProblem and IndexError. */
export const requirementsSource = (options: Arguments, home: PexHome): RequirementsSource => ({
  async read(location) {
    if (!isUrl(location)) return home.files.read(location)
    if (/^file:/i.test(location)) return home.files.read(pathOfFileUrl(location))
    const index = home.index({ indexUrls: [], findLinks: [], ...await connectionSettings(options, home) })
    const source = await index.fetchFile(directFile(location), { signal: home.signal })
    return source.read(0, source.size)
  },
  exists: async path => await home.files.kind(path) !== undefined,
  directory: home.directory,
  environment: home.environment,
})
