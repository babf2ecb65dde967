import { pexes, wheels, zips } from './archives.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import { htmlPages, jsonPages, pipConfiguration } from './index-pages.ts'
import { entryPoints, lockFiles, metadataFiles, records, requirements, requirementsFiles, scripts } from './packaging-texts.ts'

/** One row a reader. */
export const targets: Readonly<Record<string, FuzzTarget>> = {
  'html-pages': htmlPages,
  'json-pages': jsonPages,
  'pip-configuration': pipConfiguration,
  zips,
  wheels,
  pexes,
  requirements,
  'requirements-files': requirementsFiles,
  'metadata-files': metadataFiles,
  records,
  'entry-points': entryPoints,
  'lock-files': lockFiles,
  scripts,
}
