import { bytesAsSource, type ByteSource } from '../archive/byte-source.ts'
import { readZip, type ZipArchive } from '../archive/read-zip.ts'
import { fileOf, type Tree, type TreeFile } from '../install/tree-file.ts'
import { PexError } from './pex-error.ts'
import { bootstrapDirectory, dependenciesDirectory, infoName } from './pex-tree.ts'
import { zipTree } from './zip-tree.ts'

/** A PEX that is open for reading. */
export interface OpenPex {
  layout: 'zipapp' | 'packed' | 'loose'
  /** PEX-INFO as it is written, and what it says: the keys of pex 2 (PexInfo) or fewer. */
  infoText: string
  info: Readonly<Record<string, unknown>>
  /** The first line after `#!`, of the file or of its `__main__.py`; undefined without one. */
  interpreter: string | undefined
  /** Whether `/bin/sh` starts it (`--sh-boot`). */
  shBoot: boolean
  /** The runtime's files, below `.bootstrap/`. */
  bootstrap: Tree
  /** File name -> its tree, or the wheel that it is (`--no-pre-install-wheels`). */
  distributions: Map<string, Tree | TreeFile>
  /** What is neither runtime nor distribution nor generated. */
  code: Tree
}

const generated = new Set([infoName, '__main__.py', '__main__.pyc', '__pex__/__init__.py', 'PEX-LAYOUT'])

const below = (tree: Tree, directory: string): Tree =>
  new Map([...tree].filter(([path]) => path.startsWith(`${directory}/`)).map(([path, file]) => [path.slice(directory.length + 1), file]))

const unzipped = async (file: TreeFile): Promise<Tree> => zipTree(await readZip(bytesAsSource(await file.read())))

const parseInfo = (text: string): Record<string, unknown> => {
  let info: unknown
  try {
    info = JSON.parse(text)
  } catch {
    throw new PexError('its PEX-INFO is no JSON')
  }
  if (typeof info !== 'object' || info === null || Array.isArray(info)) throw new PexError('its PEX-INFO is no JSON object')
  return info as Record<string, unknown>
}

/** pex 1 and 2 keep distributions in directories of their own; a packed PEX has a file where those have a directory. */
const readDistributions = async (tree: Tree, wholeWheels: boolean): Promise<Map<string, Tree | TreeFile>> => {
  const found = new Map<string, Tree | TreeFile>()
  for (const [path, file] of below(tree, dependenciesDirectory)) {
    const slash = path.indexOf('/')
    if (slash === -1) found.set(path, wholeWheels ? file : await unzipped(file))
    else {
      const name = path.slice(0, slash)
      const inside = found.get(name) ?? new Map<string, TreeFile>()
      if (inside instanceof Map) inside.set(path.slice(slash + 1), file)
      found.set(name, inside)
    }
  }
  return found
}

/** What the first line names after `#!`; undefined where it names nothing. */
export const shebangOf = (bytes: Uint8Array): string | undefined => {
  if (bytes[0] !== 0x23 || bytes[1] !== 0x21) return undefined
  const newline = bytes.indexOf(10)
  return new TextDecoder().decode(bytes.subarray(2, newline === -1 ? bytes.length : newline)).trim()
}

/** A PEX whose files are there; `head` begins as the file that starts it does. Throws PexError where there is no PEX-INFO. */
export const readPexTree = async (tree: Tree, layout: OpenPex['layout'], head: Uint8Array): Promise<OpenPex> => {
  const infoFile = tree.get(infoName)
  if (!infoFile) throw new PexError('it has no PEX-INFO: it is no PEX')
  const infoText = new TextDecoder().decode(await infoFile.read())
  const info = parseInfo(infoText)
  const packedBootstrap = tree.get(bootstrapDirectory)
  const isCode = (path: string) =>
    !generated.has(path) && path !== bootstrapDirectory && !path.startsWith(`${bootstrapDirectory}/`) && !path.startsWith(`${dependenciesDirectory}/`)
  const interpreter = shebangOf(head)
  return {
    layout,
    infoText,
    info,
    interpreter,
    shBoot: interpreter === '/bin/sh',
    bootstrap: packedBootstrap ? await unzipped(packedBootstrap) : below(tree, bootstrapDirectory),
    distributions: await readDistributions(tree, info.deps_are_wheel_files === true),
    code: new Map([...tree].filter(([path]) => isCode(path))),
  }
}

/** The start of what stands before the first entry: enough for a first line. */
export const headOf = async ({ source, prefixLength }: ZipArchive): Promise<Uint8Array> => source.read(0, Math.min(prefixLength, 1024))

/** A `.pex` file. Throws PexError where there is no PEX-INFO in it, ZipError where it is no sound zip. */
export const readPexFile = async (source: ByteSource): Promise<OpenPex> => {
  const archive = await readZip(source)
  return readPexTree(zipTree(archive), 'zipapp', await headOf(archive))
}

/** A PEX that is a directory, loose or packed; symlinks (`pex`) left out. Throws as `readPexFile` does. */
export const readPexDirectory = async (tree: Tree): Promise<OpenPex> => {
  const main = tree.get('__main__.py') ?? fileOf(new Uint8Array(0))
  return readPexTree(tree, tree.has(bootstrapDirectory) ? 'packed' : 'loose', await main.read())
}
