import { compareCodePoints } from '../packaging/compare-code-points.ts'
import { parseMetadataHeaders } from '../packaging/metadata-headers.ts'
import { readTags, type Tag } from '../packaging/tags.ts'

/** Of the text of a WHEEL file, each `Tag`'s tags sorted; empty where one of them is none. */
const tagsOf = (text: string): Tag[] => {
  const { headers } = parseMetadataHeaders(text.split('\n').filter(line => line.trim() !== '').join('\n'))
  const read = headers.filter(({ name, value }) => name.toLowerCase() === 'tag' && value.trim() !== '').map(({ value }) => readTags(value.trim()))
  return read.some(tags => tags === undefined) ? [] : read.flatMap(tags => (tags ?? []).sort(compareCodePoints))
}

/** `name-version` as names of files have it: pex's way, which keeps the letters' case. */
export const fileNameStem = (project: string, version: string): string => `${project.replace(/[-_.]+/g, '_')}-${version.replaceAll('-', '_')}`

/**
 * The name of the wheel that a distribution was, by what it says of itself; `otherwise` is the tag where its WHEEL has none. Source:
 * pex/wheel.py, wheel_file_name.
 */
export const installedName = ({ project, version }: { project: string; version: string }, wheel: string, otherwise: Tag): string => {
  const told = tagsOf(wheel)
  const parts = (told.length ? told : [otherwise]).map(tag => tag.split('-'))
  const compressed = [0, 1, 2].map(at => [...new Set(parts.map(part => part[at] ?? ''))].join('.'))
  return `${fileNameStem(project, version)}-${compressed.join('-')}.whl`
}
