/**
 * The deck's package index as static files: for each project its page as index.html (PEP 503) and index.json (PEP 691, 700), the wheels
 * beside them and their metadata (PEP 658). A host that knows nothing of content negotiation serves it.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { bytesAsSource } from '../engine/archive/byte-source.ts'
import { metadataBytes, readMetadata } from '../engine/index/read-metadata.ts'
import { normalizeName } from '../engine/packaging/project-name.ts'

interface Listed {
  project: string
  version: string
  filename: string
  bytes: Uint8Array
  metadata: Uint8Array
  requiresPython: string | undefined
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const json = (value: unknown) => `${JSON.stringify(value, undefined, 1)}\n`
const meta = { 'api-version': '1.1' }

const page = (title: string, links: string[]) => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="pypi:repository-version" content="1.1"><title>${title}</title></head>
<body>
${links.join('<br>\n')}
</body>
</html>
`

const read = async (path: string): Promise<Listed> => {
  const filename = basename(path)
  const bytes = new Uint8Array(await readFile(path))
  const metadata = await metadataBytes(filename, bytesAsSource(bytes))
  const { text } = readMetadata(filename, metadata)
  return {
    project: normalizeName(text.get('Name') ?? ''), version: text.get('Version') ?? '', filename, bytes, metadata, requiresPython: text.get('Requires-Python'),
  }
}

const link = ({ filename, bytes, metadata, requiresPython }: Listed) => {
  const requires = requiresPython === undefined ? '' : ` data-requires-python="${escaped(requiresPython)}"`
  const core = `sha256=${sha256(metadata)}`
  return `<a href="${filename}#sha256=${sha256(bytes)}"${requires} data-core-metadata="${core}" data-dist-info-metadata="${core}">${filename}</a>`
}

const file = ({ filename, bytes, metadata, requiresPython }: Listed) => ({
  filename,
  url: filename,
  hashes: { sha256: sha256(bytes) },
  ...(requiresPython !== undefined && { 'requires-python': requiresPython }),
  'core-metadata': { sha256: sha256(metadata) },
  size: bytes.length,
  yanked: false,
})

/** The index's files by their path below its root, from the wheels' paths; the root's own pages come last. */
export const simpleIndex = async (wheels: Iterable<string>): Promise<Map<string, string | Uint8Array>> => {
  const listed = await Promise.all([...wheels].map(read))
  const projects = [...new Set(listed.map(({ project }) => project))].sort()
  const files = new Map<string, string | Uint8Array>()
  for (const project of projects) {
    const own = listed.filter(each => each.project === project)
    for (const { filename, bytes, metadata } of own) {
      files.set(`${project}/${filename}`, bytes)
      files.set(`${project}/${filename}.metadata`, metadata)
    }
    files.set(`${project}/index.html`, page(`Links for ${project}`, own.map(link)))
    files.set(`${project}/index.json`, json({ meta, name: project, versions: [...new Set(own.map(({ version }) => version))], files: own.map(file) }))
  }
  files.set('index.html', page('Projects', projects.map(name => `<a href="${name}/">${name}</a>`)))
  files.set('index.json', json({ meta, projects: projects.map(name => ({ name })) }))
  return files
}
