/** Two numbers of a version: of a C library, of macOS or of iOS. */
export type SystemVersion = readonly [major: number, minor: number]

/**
 * A Linux by what decides which wheels run on it: its machine (`x86_64`, `aarch64`, `armv7l`) and its C library. Neither
 * library: only its own `linux_` tag.
 */
export interface LinuxSystem {
  readonly machine: string
  readonly glibc?: SystemVersion
  readonly musl?: SystemVersion
}

/**
 * The machines that PEP 600 tags exist for; the two 32-bit ones count where the interpreter's own ELF header says hard
 * float or i386, which naming them asserts.
 */
const manylinuxMachines = ['x86_64', 'aarch64', 'ppc64', 'ppc64le', 's390x', 'loongarch64', 'riscv64', 'armv7l', 'i686']

/** The names that PEP 513, 571 and 599 gave to glibc 2.5, 2.12 and 2.17. */
const legacyManylinux: Readonly<Record<string, string>> = { '2.17': 'manylinux2014', '2.12': 'manylinux2010', '2.5': 'manylinux1' }

/** Nobody knows yet which glibc 2 will be the last: `packaging` assumes this one where a glibc 3 is at hand. */
const lastMinor = 50

const countDown = (from: number, to: number): number[] => Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => from - index)

/** `manylinux_2_35_x86_64` down to the oldest glibc that was ever supported, with the legacy names beside theirs (PEP 600). */
const manylinuxPlatforms = (machines: readonly string[], [major, minor]: SystemVersion): string[] => {
  if (!machines.some(machine => manylinuxMachines.includes(machine))) return []
  const oldest = machines.some(machine => machine === 'x86_64' || machine === 'i686') ? 5 : 17
  const newest: SystemVersion[] = [[major, minor], ...countDown(major - 1, 2).map((older): SystemVersion => [older, lastMinor])]
  return machines.flatMap(machine =>
    newest.flatMap(([libraryMajor, libraryMinor]) =>
      countDown(libraryMinor, libraryMajor === 2 ? oldest : 0).flatMap(libraryOlder => {
        const legacy = legacyManylinux[`${libraryMajor}.${libraryOlder}`]
        const name = `manylinux_${libraryMajor}_${libraryOlder}_${machine}`
        return legacy ? [name, `${legacy}_${machine}`] : [name]
      }),
    ),
  )
}

/**
 * The platforms whose wheels this Linux takes, the best first: its own, then manylinux (PEP 600) or musllinux (PEP 656)
 * from its C library downwards. `packaging` before 26.3, which pex brings, has its own behind those: `ownLast`.
 */
export const linuxPlatforms = ({ machine, glibc, musl }: LinuxSystem, ownLast = false): string[] => {
  const machines = machine === 'armv8l' ? ['armv8l', 'armv7l'] : [machine]
  const own = machines.map(each => `linux_${each}`)
  return [
    ...(ownLast ? [] : own),
    ...(glibc ? manylinuxPlatforms(machines, glibc) : []),
    ...(musl ? machines.flatMap(each => countDown(musl[1], 0).map(minor => `musllinux_${musl[0]}_${minor}_${each}`)) : []),
    ...(ownLast ? own : []),
  ]
}

const isBefore = (version: SystemVersion, other: SystemVersion) =>
  version[0] < other[0] || (version[0] === other[0] && version[1] < other[1])

/** The binaries that a Mac of this version and machine loads: its own, then the fat ones that hold it. */
const macFormats = (version: SystemVersion, machine: string): string[] => {
  const before104 = isBefore(version, [10, 4])
  if (machine === 'x86_64') return before104 ? [] : [machine, 'intel', 'fat64', 'fat3', 'universal2', 'universal']
  if (machine === 'i386') return before104 ? [] : [machine, 'intel', 'fat3', 'fat', 'universal']
  if (machine === 'ppc64') return before104 || isBefore([10, 5], version) ? [] : [machine, 'fat64', 'universal']
  if (machine === 'ppc') return isBefore([10, 6], version) ? [] : [machine, 'fat3', 'fat', 'universal']
  if (machine === 'arm64') return [machine, 'universal2']
  return machine === 'intel' ? [machine, 'universal'] : [machine]
}

/**
 * The platforms whose wheels a Mac takes, the best first. From 11 on the major number counts, and the minor of a tag is 0;
 * binaries of 10.x still run, for arm64 only as `universal2`.
 */
export const macPlatforms = (version: SystemVersion, machine: string): string[] => {
  const named = (major: number, minor: number, formats: readonly string[]) => formats.map(format => `macosx_${major}_${minor}_${format}`)
  const [major, minor] = version
  if (major < 10) return []
  if (major === 10) return countDown(minor, 0).flatMap(older => named(10, older, macFormats([10, older], machine)))
  return [
    ...countDown(major, 11).flatMap(older => named(older, 0, macFormats([older, 0], machine))),
    ...countDown(16, 4).flatMap(older => named(10, older, machine === 'x86_64' ? macFormats([10, older], machine) : ['universal2'])),
  ]
}

/** The platforms of an iOS, the best first, down to 12.0. `multiarch` is the interpreter's: `arm64-iphoneos`, `x86_64-iphonesimulator`. */
export const iosPlatforms = ([major, minor]: SystemVersion, multiarch: string): string[] => {
  if (major < 12) return []
  const versions: SystemVersion[] = [
    ...[minor, ...countDown(minor - 1, 0)].map((older): SystemVersion => [major, older]),
    ...countDown(major - 1, 12).flatMap(olderMajor => countDown(9, 0).map((older): SystemVersion => [olderMajor, older])),
  ]
  return versions.map(([olderMajor, older]) => `ios_${olderMajor}_${older}_${multiarch.replaceAll('-', '_')}`)
}

/** The platforms of an Android, the best first, down to API level 16. `abi` is the NDK's name: `arm64-v8a`. */
export const androidPlatforms = (apiLevel: number, abi: string): string[] =>
  countDown(apiLevel, 16).map(level => `android_${level}_${normalizePlatform(abi)}`)

/**
 * Pyodide's platforms, the best first: the one of PEP 783 that its release year and revision name, then the one of the
 * Emscripten that it was linked with.
 */
export const emscriptenPlatforms = (emscripten: string, pyemscripten?: string): string[] => [
  ...(pyemscripten ? [`pyemscripten_${normalizePlatform(pyemscripten)}_wasm32`] : []),
  `emscripten_${normalizePlatform(emscripten)}_wasm32`,
]

/**
 * `sysconfig.get_platform()` as a tag writes it: `win-amd64` is `win_amd64`. Windows and every system without rules of its
 * own have this one platform only.
 */
export const normalizePlatform = (platform: string): string => platform.replace(/[-. ]/g, '_')
