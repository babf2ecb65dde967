import type { Tree, TreeFile } from '../install/tree-file.ts'
import { isBytecode } from '../install/tree-hash.ts'
import { PexError } from '../pex/pex-error.ts'
import type { Arguments } from './parse-arguments.ts'
import { joinPath } from './paths.ts'
import type { PexFiles } from './pex-home.ts'

/** Files below a directory, by their path in it; directories behind symlinks are left out, and a directory that is not there is empty. */
const filesBelow = async (files: PexFiles, directory: string, skip: (name: string) => boolean = () => false): Promise<string[]> => {
  if (await files.kind(directory) !== 'directory') return []
  const found: string[] = []
  for (const { name, kind } of await files.list(directory)) {
    const path = joinPath(directory, name)
    if (kind === 'directory') {
      if (skip(name)) continue
      found.push(...(await filesBelow(files, path, skip)).map(below => `${name}/${below}`))
    } else if (kind === 'file' || await files.kind(path) === 'file') found.push(name)
  }
  return found
}

/** `pkg.sub@src`: the parts of the name, and the directory that it is seen from. */
const readSpec = (spec: string): { parts: string[]; directory: string } => {
  const at = spec.indexOf('@')
  return { parts: (at === -1 ? spec : spec.slice(0, at)).split('.'), directory: at === -1 ? '' : spec.slice(at + 1) }
}

type Found = [from: string, to: string]

const initFiles = async (files: PexFiles, directory: string, parents: readonly string[]): Promise<Found[]> => {
  const found: Found[] = []
  for (let length = 1; length <= parents.length; length++) {
    const to = joinPath(...parents.slice(0, length), '__init__.py')
    if (await files.kind(joinPath(directory, to))) found.push([joinPath(directory, to), to])
  }
  return found
}

const packageFiles = async (files: PexFiles, spec: string): Promise<Found[]> => {
  const { parts, directory } = readSpec(spec)
  const path = joinPath(...parts)
  const below = await filesBelow(files, joinPath(directory, path), name => name === '__pycache__')
  const inside = below.filter(name => !isBytecode(name)).map((name): Found => [joinPath(directory, path, name), joinPath(path, name)])
  return [...(await initFiles(files, directory, parts.slice(0, -1))), ...inside]
}

const moduleFiles = async (files: PexFiles, spec: string): Promise<Found[]> => {
  const { parts, directory } = readSpec(spec)
  const to = `${joinPath(...parts)}.py`
  const from = joinPath(directory, to)
  // The system's own words where it is not there.
  if (await files.kind(from) === undefined) await files.read(from)
  return [...(await initFiles(files, directory, parts.slice(0, -1))), [from, to]]
}

/** A file that lies on the disk; `--use-system-time` asks for more of it. */
export const diskFile = async (path: string, options: Arguments, files: PexFiles): Promise<TreeFile> => ({
  read: () => files.read(path),
  executable: await files.isExecutable(path),
  ...(options.isOn('use_system_time') ? { onDisk: await files.onDisk(path) } : {}),
})

/** Your code that -D, -R, -P and -M name, by its path in the PEX. Throws FileProblem, and PexError where two files want one place. */
export const collectSources = async (options: Arguments, files: PexFiles): Promise<Tree> => {
  const found: Found[] = []
  for (const directory of [...options.values('sources_directory'), ...options.values('resources_directory')]) {
    found.push(...(await filesBelow(files, directory)).map((name): Found => [joinPath(directory, name), name]))
  }
  for (const spec of options.values('packages')) found.push(...await packageFiles(files, spec))
  for (const spec of options.values('modules')) found.push(...await moduleFiles(files, spec))
  const origins = new Map<string, string>()
  const tree: Tree = new Map()
  for (const [from, to] of found) {
    const before = origins.get(to)
    if (before !== undefined && before !== from) throw new PexError(`Both ${before} and ${from} would be ${to} in the PEX: give one of them`)
    origins.set(to, from)
    tree.set(to, await diskFile(from, options, files))
  }
  return tree
}
