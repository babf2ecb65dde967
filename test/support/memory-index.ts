import type { PackageIndex, ProjectFile } from '../../engine/index/package-index.ts'
import { parseCoreMetadata } from '../../engine/packaging/core-metadata.ts'
import { normalizeName } from '../../engine/packaging/project-name.ts'

/** A wheel by what a resolver looks at. */
export interface Described {
  readonly name: string
  readonly version: string
  readonly requires?: readonly string[]
  readonly extras?: readonly string[]
  readonly requiresPython?: string
  readonly tag?: string
  readonly yanked?: string
  readonly hashes?: Readonly<Record<string, string>>
  /** In place of NAME-VERSION-TAG.whl. */
  readonly fileName?: string
}

export const describedFile = (described: Described): ProjectFile => {
  const { name, version, requiresPython, tag = 'py3-none-any', yanked, hashes = {}, fileName } = described
  const called = fileName ?? `${name.replace(/[-.]/g, '_')}-${version}-${tag}.whl`
  return {
    fileName: called, url: `https://index.test/${called}`, hashes, requiresPython, yanked, size: undefined, uploadTime: undefined,
    metadata: undefined, listedBy: 'https://index.test/',
  }
}

/** The bytes of its METADATA. */
export const describedMetadata = ({ name, version, requires = [], extras = [], requiresPython }: Described): Uint8Array =>
  new TextEncoder().encode([
    'Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`,
    ...requiresPython === undefined ? [] : [`Requires-Python: ${requiresPython}`],
    ...requires.map(each => `Requires-Dist: ${each}`), ...extras.map(each => `Provides-Extra: ${each}`), '', '',
  ].join('\n'))

/** An index that holds what is described, and says what it was asked for. */
export const memoryIndex = (wheels: readonly Described[]): PackageIndex & { readonly asked: string[] } => {
  const byUrl = new Map(wheels.map(wheel => [describedFile(wheel).url, wheel]))
  const asked: string[] = []
  return {
    asked,
    places: ['https://index.test/simple/'],
    project: async name => {
      asked.push(name)
      const files = wheels.filter(wheel => normalizeName(wheel.name) === name).map(describedFile)
      return files.length === 0 ? undefined : files
    },
    metadata: async file => {
      asked.push(file.fileName)
      const wheel = byUrl.get(file.url)
      if (wheel === undefined) throw new Error(`the index has no ${file.url}`)
      return parseCoreMetadata(describedMetadata(wheel))
    },
    fetchFile: async file => { throw new Error(`${file.fileName} has no bytes here`) },
  }
}
