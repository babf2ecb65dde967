import type { ByteSource } from '../archive/byte-source.ts'
import { readDirectory } from '../archive/read-zip.ts'
import type { ZipEntry } from '../archive/zip-entry.ts'
import { kindOfEntry, mainName, type PexPartKind } from './pex-part-kind.ts'
import { dependenciesDirectory, infoName } from './pex-tree.ts'

/** A part of a PEX's file. The parts' bytes add up to the file's. */
export interface PexPart {
  kind: PexPartKind
  /** `requests 2.34.2`, `PEX runtime`, `app/`, `PEX-INFO`. */
  name: string
  files: number
  /** In the file, headers included. */
  bytes: number
  /** Unpacked. */
  size: number
}

export interface PexMap {
  /** In bytes. */
  size: number
  parts: PexPart[]
  /** The first line, without its newline. */
  shebang: string | undefined
  /** PEX-INFO, indented for reading. */
  info: string | undefined
  /** The text of `__main__.py`. */
  main: string | undefined
}

const partName = (name: string, kind: PexPartKind): string => {
  const [first = '', second = ''] = name.split('/')
  if (kind === 'dependencies') return second.split('-').slice(0, 2).join(' ')
  if (kind === 'runtime' && name !== mainName) return 'PEX runtime'
  return name.includes('/') ? `${first}/` : name
}

/** What is no part's own. */
const zipDirectory = { kind: 'metadata', name: 'zip directory', files: 0, size: 0 } as const

/** How much of a `__main__.py` is read: a real one has 10 kB. */
const longest = 100_000

/** What a PEX's bytes are, by its parts. Reads the zip's directory and two small entries. Throws ZipError. */
export const mapPex = async (source: ByteSource): Promise<PexMap> => {
  const archive = await readDirectory(source)
  const entries = new Map(archive.entries.map((entry) => [entry.name, entry]))
  const isPex = entries.has(infoName)
  const parts = new Map<string, PexPart>()
  const add = (part: PexPart) => {
    const key = `${part.kind} ${part.name}`
    const { files, bytes, size } = parts.get(key) ?? { files: 0, bytes: 0, size: 0 }
    parts.set(key, { ...part, files: files + part.files, bytes: bytes + part.bytes, size: size + part.size })
  }
  const head = await source.read(0, Math.min(archive.prefixLength, 1024))
  const shebang = /^#!([^\n]*)/.exec(new TextDecoder().decode(head))?.[0]
  let told = archive.prefixLength
  if (told) add({ kind: 'shebang', name: 'shebang', files: 0, bytes: told, size: told })
  for (const entry of archive.entries) {
    const kind = kindOfEntry(entry.name, isPex)
    const bytes = archive.boundary(entry) - entry.headerOffset
    told += bytes
    if (entry.name === `${dependenciesDirectory}/`) add({ ...zipDirectory, bytes })
    else add({ kind, name: partName(entry.name, kind), files: entry.type === 'directory' ? 0 : 1, bytes, size: entry.size })
  }
  add({ ...zipDirectory, bytes: Math.max(0, source.size - told) })
  const textOfEntry = async (entry: ZipEntry | undefined): Promise<string | undefined> =>
    entry && entry.size <= longest ? new TextDecoder().decode(await archive.data(entry)) : undefined
  const info = await textOfEntry(entries.get(infoName))
  return { size: source.size, parts: [...parts.values()], shebang, info: info && indented(info), main: await textOfEntry(entries.get(mainName)) }
}

const indented = (json: string): string => {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2)
  } catch (error) {
    if (error instanceof SyntaxError) return json
    throw error
  }
}
