import { PackagingError } from './packaging-error.ts'
import { emscriptenPlatforms } from './platform-tags.ts'
import { pythonRepr } from './python-text.ts'
import { compatibleTags, cpythonTags, parseTags, type Tag } from './tags.ts'

/** Where something is to run: what its markers evaluate to and which wheels it takes. */
export interface Target {
  /** As an error names it: `complete platform cp312-cp312-manylinux_2_35_x86_64`. */
  readonly description: string
  /**
   * The environment of dependency specifiers (PEP 508). A name that is absent is not known, and a marker that asks for it
   * cannot be decided.
   */
  readonly markers: Readonly<Record<string, string>>
  /** Every tag that is taken, the best first. `rankTags` makes the ranks of them. */
  readonly tags: readonly Tag[]
}

const markerNames = [
  'implementation_name', 'implementation_version', 'os_name', 'platform_machine',
  'platform_python_implementation', 'platform_release', 'platform_system',
  'platform_version', 'python_full_version', 'python_version', 'sys_platform',
]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The target of a complete-platform JSON, which `pex3 interpreter inspect --markers --tags` writes: `marker_environment`
 * and `compatible_tags`, the best tag first.
 * A marker of `null` is unknown.
 */
export const parseCompletePlatform = (json: string): Target => {
  let data: unknown
  try {
    data = JSON.parse(json)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new PackagingError(`Failed to load complete platform data from json string: ${error.message}`)
  }
  const missing = (key: string) => {
    const remedy = 'write it with pex3 interpreter inspect --markers --tags'
    return new PackagingError(`The complete platform JSON object did not have the required '${key}' key: ${remedy}`)
  }
  if (!isRecord(data) || !isRecord(data['marker_environment'])) throw missing('marker_environment')
  const tagTexts = data['compatible_tags']
  if (!Array.isArray(tagTexts) || tagTexts.length === 0) throw missing('compatible_tags')
  const tags = [...new Set(tagTexts.flatMap((text: unknown) => {
    if (typeof text !== 'string') {
      throw new PackagingError(`The complete platform's compatible_tags hold ${JSON.stringify(text)}, which is no tag`)
    }
    return parseTags(text)
  }))]
  return { description: `complete platform ${tags[0] ?? ''}`, markers: readMarkers(data['marker_environment']), tags }
}

const readMarkers = (environment: Readonly<Record<string, unknown>>): Record<string, string> => {
  const markers: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (!markerNames.includes(name)) {
      throw new PackagingError(`Invalid environment entry provided: ${pythonRepr(name)}; PEP 508 knows ${markerNames.join(', ')}`)
    }
    if (value === null) continue
    if (typeof value !== 'string') throw new PackagingError(`Invalid environment entry provided: ${name} must be a string`)
    // A Python built from a checkout calls itself 3.14.0+, which PEP 440 does not know.
    markers[name] = name === 'python_full_version' && value.endsWith('+') ? `${value}local` : value
  }
  return markers
}

/** The text that `parseCompletePlatform` reads and that real pex takes for `--complete-platform`. */
export const formatCompletePlatform = ({ markers, tags }: Target): string =>
  `${JSON.stringify({ marker_environment: markers, compatible_tags: tags }, undefined, 2)}\n`

/** What a Pyodide says of itself: `platform.python_version()`, `platform.release()` and PYEMSCRIPTEN_PLATFORM_VERSION of `sysconfig`. */
export interface PyodideBuild {
  readonly python: string
  readonly emscripten: string
  readonly platform: string
}

/** Pyodide 314, which runs the machine's Python; asked of it. */
export const pyodide314: PyodideBuild = { python: '3.14.2', emscripten: '5.0.3', platform: '2026_0' }

/** "This browser": the target that a Pyodide is. */
export const pyodideTarget = (build: PyodideBuild = pyodide314): Target => {
  const [major = 3, minor = 0] = build.python.split('.').map(Number)
  const platforms = emscriptenPlatforms(build.emscripten, build.platform)
  const interpreter = `cp${major}${minor}`
  return {
    description: 'this browser',
    markers: {
      implementation_name: 'cpython',
      implementation_version: build.python,
      os_name: 'posix',
      platform_machine: 'wasm32',
      platform_python_implementation: 'CPython',
      platform_release: build.emscripten,
      platform_system: 'Emscripten',
      platform_version: '#1',
      python_full_version: build.python,
      python_version: `${major}.${minor}`,
      sys_platform: 'emscripten',
    },
    tags: [...cpythonTags([major, minor], [interpreter], platforms), ...compatibleTags([major, minor], interpreter, platforms)],
  }
}
