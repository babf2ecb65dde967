/** The deck's package index, as `npm run setup` makes it, read by this engine and by pip. */
import { execFile } from 'node:child_process'
import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { machineIndexUrl } from '../engine/host/create-outside-fetch.ts'
import { createIndex } from '../engine/index/create-index.ts'
import { fetchPublic } from '../scripts/fetch-public.ts'
import { root } from '../scripts/root.ts'
import { serveStatic } from '../scripts/serve-static.ts'

beforeAll(async () => {
  await access(join(root, 'public', 'simple', 'index.json')).catch(() => {
    throw new Error('public/simple is not there: `npm run setup` makes it, with a package index that pip can reach')
  })
})

test('a machine finds requests and what it needs, with metadata and bytes that are checked', async () => {
  const index = createIndex({ indexUrls: [machineIndexUrl], findLinks: [] }, { fetch: fetchPublic })
  const [file] = await index.project('requests') ?? []
  expect(file).toMatchObject({ fileName: expect.stringMatching(/^requests-.*-py3-none-any\.whl$/), size: expect.any(Number), metadata: { sha256: expect.any(String) } })
  const { text, lists } = await index.metadata(file!)
  expect(text.get('Name')).toBe('requests')
  expect((await index.fetchFile(file!)).size).toBe(file!.size)
  for (const requirement of lists.get('Requires-Dist') ?? []) {
    if (requirement.includes('extra')) continue
    const files = await index.project(/^[\w.-]+/.exec(requirement)![0])
    expect(files?.map(({ fileName }) => fileName)).toEqual([expect.stringMatching(/-none-any\.whl$/)])
  }
  expect(await index.project('no-such-project')).toBeUndefined()
})

test('pip installs from the same files on a server that knows of nothing but files', async () => {
  const site = await serveStatic(join(root, 'public'))
  const directory = await mkdtemp(join(tmpdir(), 'simple-index-'))
  try {
    await promisify(execFile)('python3', ['-m', 'pip', '--isolated', 'download', '--no-cache-dir', '--disable-pip-version-check', '--quiet',
      '--index-url', `${site.url}simple/`, '--dest', directory, '--python-version', '3.14', '--only-binary', ':all:', 'requests', 'pex'])
    expect((await readdir(directory)).map(name => name.split('-')[0]).sort()).toEqual(['certifi', 'charset_normalizer', 'idna', 'pex', 'requests', 'urllib3'])
  } finally {
    await rm(directory, { recursive: true })
    await site.close()
  }
})
