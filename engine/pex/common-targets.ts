import { linuxPlatforms, macPlatforms } from '../packaging/platform-tags.ts'
import { compatibleTags, cpythonAbis, cpythonTags } from '../packaging/tags.ts'
import type { NamedTarget } from './named-target.ts'

/** The systems that most PEXes are carried to. */
export const commonSystems = ['Linux x86_64', 'Linux ARM', 'macOS ARM', 'macOS x86_64', 'Windows'] as const

/** Minor versions of CPython 3. */
export const commonPythons = [10, 11, 12, 13, 14] as const

interface System {
  /** As `--platform` begins. */
  platform: string
  platforms: string[]
  markers: Record<string, string>
}

const linux = (machine: string) => ({
  platform: `manylinux2014_${machine}`,
  platforms: linuxPlatforms({ machine, glibc: [2, 35] }),
  markers: { os_name: 'posix', platform_machine: machine, platform_system: 'Linux', sys_platform: 'linux' },
})
const mac = (machine: string) => ({
  platform: `macosx_14_0_${machine}`,
  platforms: macPlatforms([14, 0], machine),
  markers: { os_name: 'posix', platform_machine: machine, platform_system: 'Darwin', sys_platform: 'darwin' },
})

const systems: Record<(typeof commonSystems)[number], System> = {
  'Linux x86_64': linux('x86_64'),
  'Linux ARM': linux('aarch64'),
  'macOS ARM': mac('arm64'),
  'macOS x86_64': mac('x86_64'),
  Windows: {
    platform: 'win_amd64',
    platforms: ['win_amd64'],
    markers: { os_name: 'nt', platform_machine: 'AMD64', platform_system: 'Windows', sys_platform: 'win32' },
  },
}

/** A CPython 3 on such a system as they are today: a Linux with glibc 2.35, macOS 14. Which release of the system stays open. */
export const commonTarget = (system: (typeof commonSystems)[number], minor: number): NamedTarget => {
  const { platform, platforms, markers } = systems[system]
  const interpreter = `cp3${minor}`
  const target = {
    description: `${system}, Python 3.${minor}`,
    markers: {
      ...markers,
      implementation_name: 'cpython',
      implementation_version: `3.${minor}.0`,
      platform_python_implementation: 'CPython',
      python_full_version: `3.${minor}.0`,
      python_version: `3.${minor}`,
    },
    tags: [...cpythonTags([3, minor], cpythonAbis([3, minor]), platforms), ...compatibleTags([3, minor], interpreter, platforms)],
  }
  return { target, flags: ['--platform', `${platform}-cp-3${minor}-${interpreter}`] }
}
