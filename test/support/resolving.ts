import type { Resolution, Resolving, Root } from '../../engine/resolver/resolution.ts'
import { parseRequirement } from '../../engine/packaging/requirement.ts'
import type { Target } from '../../engine/packaging/target.ts'
import { formatVersion } from '../../engine/packaging/version.ts'

export const rootOf = (text: string, from?: string, hashes: readonly string[] = []): Root =>
  ({ requirement: parseRequirement(text), from, hashes })

/** What is to be resolved, everything else as it is without options. */
export const resolvingOf = (roots: readonly (string | Root)[], changed: Partial<Resolving> = {}): Resolving => ({
  roots: roots.map(root => typeof root === 'string' ? rootOf(root) : root),
  constraints: [], overrides: [], excludes: [], prereleases: false, transitive: true, method: 'backtracking',
  ...changed,
})

/** A small Linux target with Python 3.11.7. */
export const linux: Target = {
  description: 'CPython 3.11.7',
  markers: {
    implementation_name: 'cpython', implementation_version: '3.11.7', os_name: 'posix', platform_machine: 'x86_64',
    platform_python_implementation: 'CPython', platform_release: '6.1', platform_system: 'Linux', platform_version: '#1',
    python_full_version: '3.11.7', python_version: '3.11', sys_platform: 'linux',
  },
  tags: [
    'cp311-cp311-manylinux_2_28_x86_64', 'cp311-abi3-manylinux_2_28_x86_64', 'py3-none-manylinux_2_28_x86_64',
    'py311-none-any', 'py3-none-any',
  ],
}

/** `name==version` of each, in the resolution's order. */
export const pinned = ({ distributions }: Resolution): string[] =>
  distributions.map(({ name, version }) => `${name}==${formatVersion(version)}`)
