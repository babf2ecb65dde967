import { writeZip, type NewEntry } from '../archive/write-zip.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import { formatRecord, parseRecord, recordEndOfLine, type RecordRow } from '../packaging/record.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { entryPointsOf } from './entry-points-of.ts'
import { isStartScript } from './finish-tree.ts'
import { InstallError } from './install-error.ts'
import { installPaths } from './install-paths.ts'
import type { Installing } from './install-wheel.ts'
import { fileNameStem } from './installed-name.ts'
import { originalEntries } from './original-wheel-info.ts'
import { placeFile } from './place-file.ts'
import { spreadRows } from './spread-rows.ts'
import { fileOf, type Tree } from './tree-file.ts'
import { distInfoPrefix, isRootPurelib, spreadSchemes, wheelHeaders } from './wheel.ts'

export interface Repacking extends Pick<Installing, 'digests' | 'warn'> {
  readonly compress: boolean
  /** Entries, dates and modes are as the wheel had them that was installed; else RECORD's files, of 1980-01-01. */
  readonly asWas: boolean
}

const S_IFREG = 0o100000

/** Of what installing adds, these have rows in RECORD. */
const addedByInstalling = ['INSTALLER', 'REQUESTED', 'direct_url.json']

/**
 * The tree of an installed wheel -> the wheel, as real pex makes it of one. Source: pex/pep_427.py, repack. `fileName` is the wheel's that
 * was installed. Throws InstallError where the tree is none.
 */
export const repackWheel = async (fileName: string, tree: Tree, { digests, warn = () => {}, compress, asWas }: Repacking): Promise<Uint8Array> => {
  const prefix = distInfoPrefix(fileName, tree.keys(), parseWheelName(fileName).name)
  const textOf = async (path: string): Promise<string> => new TextDecoder().decode(await tree.get(path)?.read())
  const distInfo = `${prefix}.dist-info`
  const recordPath = `${distInfo}/RECORD`
  if (!tree.has(recordPath)) throw new InstallError(fileName, `has no ${recordPath}: no wheel can be made again without it`)
  const rootIsPurelib = isRootPurelib(await textOf(`${distInfo}/WHEEL`))
  const { project, version } = wheelHeaders(fileName, prefix, await textOf(`${distInfo}/METADATA`))
  const data = `${fileNameStem(project, version)}.data`
  const places = installPaths({ project, rootIsPurelib, pythonTags: fileName.split('-').at(-3)!.split('.') })
  const entryPoints = entryPointsOf(await textOf(`${distInfo}/entry_points.txt`))

  const files: Tree = new Map()
  const place = async (row: RecordRow): Promise<RecordRow | undefined> => {
    const scheme = spreadSchemes(rootIsPurelib).find(each => row.path.startsWith(`${places[each]}/`))
    const inside = scheme ? row.path.slice(places[scheme].length + 1) : row.path
    if (scheme === 'scripts' && isStartScript(entryPoints, inside)) return undefined
    return placeFile(files, scheme ? `${data}/${scheme}/${inside}` : inside, tree.get(row.path)!, { row, isScript: scheme === 'scripts', digests })
  }

  const record = await textOf(recordPath)
  const rows = await spreadRows(parseRecord(record), { fileName, prefix, has: path => tree.has(path), place, warn })
  files.set(recordPath, fileOf(new TextEncoder().encode(formatRecord(rows, recordEndOfLine(record)))))

  const entryOf = async (name: string): Promise<NewEntry> => {
    if (name.endsWith('/')) return { name }
    const file = files.get(name)
    if (!file) throw new InstallError(fileName, `was made with ${name}, which its RECORD does not have: leave out --use-system-time`)
    return { name, mode: S_IFREG | (file.executable ? 0o755 : 0o644), method: compress ? 'deflate' : 'store', data: await file.read() }
  }
  const original = asWas ? await originalEntries(tree, prefix) : undefined
  const generated = new Set(addedByInstalling.map(name => `${distInfo}/${name}`))
  const wanted = original ?? rows.filter(({ path }) => !generated.has(path)).map(({ path }) => ({ name: path }))
  const entries = async function* (): AsyncGenerator<NewEntry> {
    for (const { name, ...more } of wanted) yield { ...await entryOf(name), ...more }
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of writeZip(entries())) chunks.push(chunk)
  return joinBytes(chunks)
}
