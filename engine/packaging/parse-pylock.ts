import { lockedFileName } from './locked-file-name.ts'
import { parseMarker } from './marker.ts'
import { PackagingError } from './packaging-error.ts'
import { isNormalizedName } from './project-name.ts'
import type { Pylock, PylockDirectory, PylockFile, PylockLocation, PylockPackage, PylockVcs } from './pylock.ts'
import { pythonRepr } from './python-text.ts'
import { readToml } from './read-toml.ts'
import { parseSdistName } from './sdist-name.ts'
import { parseSpecifierSet } from './specifier-set.ts'
import {
  booleanAt, misplaced, numberAt, placeOf, readAt, readEachAt, required, tableAt, tablesAt, textAt, textsAt, timeAt, type TomlPlace,
} from './toml-fields.ts'
import { compareVersions, formatVersion, parseVersion, type Version } from './version.ts'
import { parseWheelName } from './wheel-name.ts'

/**
 * Reads a lock file of version 1 and checks it as `packaging.pylock` does; what is wrong is said with its place: `Missing
 * required value in 'packages[0].name'`. Unknown keys are passed over.
 */
export const parsePylock = (text: string): Pylock => {
  const from: TomlPlace = { table: readToml(text, 'The lock file', true), place: '' }
  const lock = {
    lockVersion: required(readAt(from, 'lock-version', parseVersion), from, 'lock-version'),
    environments: readEachAt(from, 'environments', parseMarker),
    extras: readEachAt(from, 'extras', normalized),
    dependencyGroups: textsAt(from, 'dependency-groups'),
    defaultGroups: textsAt(from, 'default-groups'),
    createdBy: required(textAt(from, 'created-by'), from, 'created-by'),
    requiresPython: readAt(from, 'requires-python', parseSpecifierSet),
    packages: required(tablesAt(from, 'packages'), from, 'packages').map(readPackage),
    tool: tableAt(from, 'tool')?.table,
  }
  const major = lock.lockVersion
  if (compareVersions(major, parseVersion('1')) < 0 || compareVersions(major, parseVersion('2')) >= 0) {
    throw new PackagingError(`pylock version ${formatVersion(major)} is not supported`)
  }
  return present(lock)
}

type Present<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>
}

/** The fields that have a value. */
const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>

const normalized = (name: string): string => {
  if (!isNormalizedName(name)) throw new PackagingError(`Name ${pythonRepr(name)} is not normalized`)
  return name
}

const readPackage = (from: TomlPlace): PylockPackage => {
  const found = {
    name: required(readAt(from, 'name', normalized), from, 'name'),
    version: readAt(from, 'version', parseVersion),
    requiresPython: readAt(from, 'requires-python', parseSpecifierSet),
    dependencies: tablesAt(from, 'dependencies')?.map(({ table }) => table),
    marker: readAt(from, 'marker', parseMarker),
    vcs: nested(from, 'vcs', readVcs),
    directory: nested(from, 'directory', readDirectory),
    archive: nested(from, 'archive', readArchive),
    index: textAt(from, 'index'),
    sdist: nested(from, 'sdist', readFile),
    wheels: tablesAt(from, 'wheels')?.map(readFile),
    attestationIdentities: tablesAt(from, 'attestation-identities'),
    tool: tableAt(from, 'tool')?.table,
  }
  const { vcs, directory, archive, sdist, wheels = [] } = found
  const direct = [vcs, directory, archive].filter(each => each !== undefined).length
  if ((sdist || wheels.length > 0) && direct > 0) {
    throw misplaced('None of vcs, directory, archive must be set if sdist or wheels are set', from.place)
  }
  if (!sdist && wheels.length === 0 && direct !== 1) {
    throw misplaced('Exactly one of vcs, directory, archive must be set if sdist and wheels are not set', from.place)
  }
  for (const [index, wheel] of wheels.entries()) checkFileName(from, found, wheel, 'wheel', `wheels[${index}]`)
  if (sdist) checkFileName(from, found, sdist, 'sdist', 'sdist')
  for (const identity of found.attestationIdentities ?? []) required(textAt(identity, 'kind'), identity, 'kind')
  return present({ ...found, attestationIdentities: found.attestationIdentities?.map(({ table }) => table) })
}

const nested = <T>(from: TomlPlace, key: string, read: (from: TomlPlace) => T): T | undefined => {
  const table = tableAt(from, key)
  return table && read(table)
}

/** A file's name must say the package's name and, where there is one, its version. */
const checkFileName = (
  from: TomlPlace,
  owner: { name: string; version: Version | undefined },
  file: PylockFile,
  kind: 'wheel' | 'sdist',
  key: string,
): void => {
  const fileName = lockedFileName(file)
  if (fileName === undefined) throw misplaced(`Cannot determine ${kind} filename`, from.place)
  const place = placeOf(from, key)
  let says: { readonly name: string; readonly version: Version }
  try {
    says = kind === 'wheel' ? parseWheelName(fileName) : parseSdistName(fileName)
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    throw misplaced(`Invalid ${kind} filename ${pythonRepr(fileName)}`, place)
  }
  const { name, version } = owner
  if (says.name !== name) throw misplaced(`Name in ${pythonRepr(fileName)} is not consistent with package name ${pythonRepr(name)}`, place)
  if (version && compareVersions(says.version, version) !== 0) {
    const wanted = pythonRepr(formatVersion(version))
    throw misplaced(`Version in ${pythonRepr(fileName)} is not consistent with package version ${wanted}`, place)
  }
}

const readFile = (from: TomlPlace): PylockFile =>
  located(from, {
    name: textAt(from, 'name'),
    uploadTime: timeAt(from, 'upload-time'),
    url: textAt(from, 'url'),
    path: textAt(from, 'path'),
    size: numberAt(from, 'size'),
    hashes: readHashes(from),
  })

const readArchive = (from: TomlPlace): PylockFile =>
  located(from, {
    url: textAt(from, 'url'),
    path: textAt(from, 'path'),
    size: numberAt(from, 'size'),
    uploadTime: timeAt(from, 'upload-time'),
    hashes: readHashes(from),
    subdirectory: textAt(from, 'subdirectory'),
  })

const readHashes = (from: TomlPlace): Readonly<Record<string, string>> => {
  const { table, place } = required(tableAt(from, 'hashes'), from, 'hashes')
  const hashes = Object.entries(table)
  if (hashes.length === 0) throw misplaced('At least one hash must be provided', place)
  return Object.fromEntries(hashes.map(([algorithm, digest]) => {
    if (typeof digest !== 'string') throw misplaced('Hash values must be strings', place)
    return [algorithm, digest]
  }))
}

const readVcs = (from: TomlPlace): PylockVcs =>
  located(from, {
    type: required(textAt(from, 'type'), from, 'type'),
    url: textAt(from, 'url'),
    path: textAt(from, 'path'),
    requestedRevision: textAt(from, 'requested-revision'),
    commitId: required(textAt(from, 'commit-id'), from, 'commit-id'),
    subdirectory: textAt(from, 'subdirectory'),
  })

const readDirectory = (from: TomlPlace): PylockDirectory =>
  present({
    path: required(textAt(from, 'path'), from, 'path'),
    editable: booleanAt(from, 'editable'),
    subdirectory: textAt(from, 'subdirectory'),
  })

const located = <T extends { [Key in keyof PylockLocation]: string | undefined }>(from: TomlPlace, fields: T): Present<T> => {
  if (!fields.path && !fields.url) throw misplaced('path or url must be provided', from.place)
  return present(fields)
}
