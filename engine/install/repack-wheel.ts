import { writeZip, type NewEntry } from '../archive/write-zip.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import { formatRecord, parseRecord, recordEndOfLine, type RecordRow } from '../packaging/record.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { entryPointsOf } from './entry-points-of.ts'
import { InstallError } from './install-error.ts'
import { installPaths } from './install-paths.ts'
import type { Installing } from './install-wheel.ts'
import { originalEntries, originalInfoPath } from './original-wheel-info.ts'
import { rowOf } from './record.ts'
import { isPythonScript, withPlaceholderShebang } from './script-text.ts'
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
  const data = `${project.replace(/[-_.]+/g, '_')}-${version.replaceAll('-', '_')}.data`
  const places = installPaths({ project, rootIsPurelib, pythonTags: fileName.split('-').at(-3)!.split('.') })
  const entryPoints = entryPointsOf(await textOf(`${distInfo}/entry_points.txt`))
  const started = new Set(['console_scripts', 'gui_scripts'].flatMap(group => [...entryPoints.get(group)?.keys() ?? []]))

  const files: Tree = new Map()
  /** A file goes to its place in the wheel: the row that stands for it there, undefined where installing makes it afresh. */
  const place = async (row: RecordRow): Promise<RecordRow | undefined> => {
    const file = tree.get(row.path)!
    const scheme = spreadSchemes(rootIsPurelib).find(each => row.path.startsWith(`${places[each]}/`))
    const inside = scheme ? row.path.slice(places[scheme].length + 1) : row.path
    const path = scheme ? `${data}/${scheme}/${inside}` : inside
    if (scheme === 'scripts') {
      if (started.has(inside.slice(inside.lastIndexOf('/') + 1))) return undefined
      const bytes = await file.read()
      if (isPythonScript(bytes)) {
        const script = withPlaceholderShebang(bytes)
        files.set(path, fileOf(script))
        return rowOf(digests, path, script)
      }
    }
    files.set(path, file)
    return { ...row, path }
  }

  const record = await textOf(recordPath)
  const left = new Set([`${distInfo}/INSTALLER`, `${distInfo}/REQUESTED`, originalInfoPath(prefix)])
  const rows: RecordRow[] = []
  let warned = false
  for (const row of parseRecord(record)) {
    if (row.path.endsWith('/')) rows.push(row)
    else if (row.path === recordPath) rows.push({ path: recordPath, hash: '', size: '' })
    else if (left.has(row.path) || row.path.endsWith('.pyc')) continue
    else if (tree.has(row.path)) {
      const placed = await place(row)
      if (placed) rows.push(placed)
    } else if (!warned) {
      warned = true
      warn(`The wheel ${fileName} has a bad RECORD. Skipping install of non-existent file ${row.path} and possibly others.`)
    }
  }
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
