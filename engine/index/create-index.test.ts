import { readFile, readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { failure, serve, wheel, wheelName } from '../../test/support/downloading.ts'
import { bytes, demoWheel, jsonType, listing, metadata, sha256, text, type Answers } from '../../test/support/index-server.ts'
import { createIndex } from './create-index.ts'
import type { IndexHome, IndexSettings } from './index-settings.ts'
import type { ProjectFile } from './package-index.ts'

/** Waits of retries are not waited for. */
const waits: number[] = []
const quick = async (milliseconds: number, signal?: AbortSignal) => {
  if (signal) return new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  waits.push(milliseconds)
}
const open = (indexUrls: string[], settings: Partial<IndexSettings> = {}, home: Partial<IndexHome> = {}) => {
  waits.length = 0
  return createIndex({ indexUrls, findLinks: [], ...settings }, { fetch, sleep: quick, random: () => 1, ...home })
}

const firstOf = async (index: ReturnType<typeof createIndex>): Promise<ProjectFile> => {
  const files = await index.project('demo')
  expect(files).not.toEqual(undefined)
  return files![0]!
}

const entry = (more: object = {}) => ({ filename: wheelName, url: `/files/${wheelName}`, hashes: { sha256: sha256(wheel) }, ...more })

describe('pages', () => {
  test('JSON is asked for first, HTML is taken too, under the normalised name and each page once', async () => {
    const server = await serve({
      '/json/demo-x/': listing([]),
      '/html/demo-x/': text('text/html', '<a href="demo_x-1.0-py3-none-any.whl">x</a>'),
    })
    const index = open([`${server.url}json`, `${server.url}html/`])
    const [files, again] = await Promise.all([index.project('Demo_X'), index.project('demo.x')])
    expect(files?.map(({ url }) => url)).toEqual([`${server.url}html/demo-x/demo_x-1.0-py3-none-any.whl`])
    expect(again).toEqual(files)
    expect(server.asked.map(({ path }) => path)).toEqual(['/json/demo-x/', '/html/demo-x/'])
    expect(server.asked[0]?.headers.accept).toMatch(/^application\/vnd\.pypi\.simple\.v1\+json, .*text\/html; q=0/)
  })

  test('a project that no index knows is undefined, one without fitting files is empty', async () => {
    const server = await serve({ '/simple/demo/': listing([{ filename: 'other-1.0.tar.gz', url: 'x', hashes: {} }]) })
    const index = open([`${server.url}simple/`])
    expect(await index.project('demo')).toEqual([])
    expect(await index.project('nothing')).toBeUndefined()
  })

  test('links are seen from where redirects lead', async () => {
    const server = await serve({
      '/simple/demo/': text('text/html', '', 301, { Location: '/moved/here/' }),
      '/moved/here/': text('text/html', `<a href="../${wheelName}">x</a>`),
    })
    expect((await firstOf(open([`${server.url}simple/`]))).url).toBe(`${server.url}moved/${wheelName}`)
  })

  test.each<[string, Answers[string], string]>([
    ['HTML under a JSON type', text(jsonType, '<!doctype html>'), 'says that it is JSON and is none'],
    ['JSON of something else', text('application/json', '[1]'), 'is JSON, but no page of a package index'],
    ['JSON without files', text('application/json', '{}'), 'is JSON without a list of files'],
    ['a later version', text(jsonType, '{"meta": {"api-version": "2.0"}, "files": []}'), 'speaks version 2.0 of the simple API; version 1 can be read'],
    ['another type', text('image/png', 'x'), 'comes as image/png, which is no page of a package index'],
    ['no type', (_request, response) => response.end('x'), 'comes without a content type'],
    ['a status', text('text/plain', '', 418), "answers 418 I'm a Teapot"],
    ['a demand for a password', text('text/plain', '', 401), 'answers 401 Unauthorized: user name and password go into the URL'],
    ['a redirect to another scheme', text('text/plain', '', 302, { Location: 'file:///etc/passwd' }), 'redirects to where it cannot be followed'],
    ['redirects without end', text('text/plain', '', 302, { Location: '/simple/demo/' }), 'redirects to where it cannot be followed'],
  ])('%s is told in one line, after one try', async (_what, answer, message) => {
    const server = await serve({ '/simple/demo/': answer })
    const { message: told } = await failure(open([`${server.url}simple/`]).project('demo'))
    expect(told).toContain(`${server.url}simple/demo/ ${message}`)
    expect(waits).toEqual([])
  })
})

describe('several indexes', () => {
  const two = async () => {
    const file = (version: string) => ({ filename: `demo-${version}-py3-none-any.whl`, url: `demo-${version}-py3-none-any.whl`, hashes: {} })
    return serve({
      '/a/demo/': listing([file('1.0')]), '/b/demo/': listing([file('2.0')]), '/b/only-b/': listing([{ filename: 'only_b-1.tar.gz', url: 'only_b-1.tar.gz', hashes: {} }]),
      '/links/': text('text/html', '<a href="demo-3.0-py3-none-any.whl">x</a>'),
    })
  }
  test.each([
    ['pip', ['3.0', '1.0', '2.0'], [undefined, undefined, undefined]],
    ['unsafe-best-match', ['3.0', '1.0', '2.0'], [undefined, undefined, undefined]],
    ['unsafe-first-match', ['3.0', '1.0', '2.0'], [undefined, 0, 1]],
    ['first-index', ['3.0', '1.0'], [undefined, undefined]],
  ] as const)('%s', async (strategy, versions, ranks) => {
    const { url } = await two()
    const index = open([`${url}a/`, `${url}b/`], { strategy, findLinks: [`${url}links/`] })
    const files = await index.project('demo') ?? []
    expect(files.map(({ fileName }) => fileName.split('-')[1])).toEqual(versions)
    expect(files.map(({ rank }) => rank)).toEqual(ranks)
    expect((await index.project('only-b'))?.length).toBe(1)
  })
})

describe('files of this machine', () => {
  const root = new URL('../../test/', import.meta.url).pathname
  const files = {
    listDirectory: (path: string) => readdir(path).catch(() => undefined),
    readFile: (path: string) => readFile(path).then(content => new Uint8Array(content), () => undefined),
  }
  const tree = (content: Record<string, string | Uint8Array>) => ({
    listDirectory: async (path: string) => {
      const names = Object.keys(content).filter(key => key.startsWith(`${path}/`)).map(key => key.slice(path.length + 1).split('/')[0]!)
      return names.length > 0 ? [...new Set(names)] : undefined
    },
    readFile: async (path: string) => {
      const found = content[path]
      return typeof found === 'string' ? new TextEncoder().encode(found) : found
    },
  })

  test('a directory offers its files and what its pages link to', async () => {
    const local = tree({ [`/w/${wheelName}`]: wheel, '/w/demo-0.9.tar.gz': '', '/w/other-1.0.tar.gz': '', '/w/more.html': '<a href="sub/demo-2.0.tar.gz">x</a>' })
    const index = open([], { findLinks: ['/w'] }, { files: local })
    expect((await index.project('demo'))?.map(({ url }) => url)).toEqual([`file:///w/${wheelName}`, 'file:///w/demo-0.9.tar.gz', 'file:///w/sub/demo-2.0.tar.gz'])
    expect((await index.metadata((await index.project('demo'))![0]!)).lists.get('Requires-Dist')).toEqual(['other>=2'])
  })

  test('an index is a directory of pages, metadata files stand beside, hashes are checked', async () => {
    const local = tree({
      '/i/demo/index.html': `<a href="${wheelName}#sha256=${sha256(wheel)}" data-core-metadata="sha256=${sha256(Buffer.from(metadata))}">x</a>`,
      [`/i/demo/${wheelName}`]: wheel, [`/i/demo/${wheelName}.metadata`]: metadata,
    })
    const index = open(['/i/'], {}, { files: local })
    const file = await firstOf(index)
    expect((await index.metadata(file)).text.get('Version')).toBe('1.0')
    expect((await index.fetchFile(file)).size).toBe(wheel.length)
    expect((await failure(index.fetchFile({ ...file, hashes: { sha256: 'ab' } }))).code).toBe('hash-mismatch')
    expect((await failure(open(['/i/'], {}, { files: local }).metadata({ ...file, metadata: { sha256: 'ab' } }))).code).toBe('hash-mismatch')
  })

  test('what is missing is passed over with a word, or refused where files cannot be read at all', async () => {
    const warnings: string[] = []
    const index = open([], { findLinks: ['/nowhere', `${root}support`] }, { files, warn: line => warnings.push(line) })
    expect(await index.project('demo')).toBeUndefined()
    expect(warnings).toEqual(['--find-links file:///nowhere is passed over: there is nothing of that name'])
    expect(() => open([], { findLinks: ['/w'] })).toThrow('files of this machine cannot be read here')
    await expect(open([], { findLinks: ['file://elsewhere/w'] }, { files }).project('demo')).rejects.toThrow('another machine (elsewhere)')
  })
})

describe('metadata', () => {
  const path = `/files/${wheelName}`
  test('from the file beside the wheel, checked', async () => {
    const server = await serve({
      '/simple/demo/': listing([entry({ 'core-metadata': { sha256: sha256(Buffer.from(metadata)) } })]),
      [`${path}.metadata`]: text('text/plain', metadata),
    })
    const index = open([`${server.url}simple/`])
    expect((await index.metadata(await firstOf(index))).lists.get('Requires-Dist')).toEqual(['other>=2'])
    expect(server.asked.map(({ path }) => path)).toEqual(['/simple/demo/', `${path}.metadata`])
  })

  test('a file beside it that is another is refused', async () => {
    const server = await serve({ '/simple/demo/': listing([entry({ 'core-metadata': { sha256: 'ab' } })]), [`${path}.metadata`]: text('text/plain', metadata) })
    const index = open([`${server.url}simple/`])
    expect(await failure(index.metadata(await firstOf(index)))).toMatchObject({ code: 'hash-mismatch', mismatch: { algorithm: 'sha256', expected: ['ab'] } })
  })

  test('from a small wheel as a whole, which is checked and not fetched twice', async () => {
    const small = wheel.subarray(0, 5)
    const server = await serve({ '/simple/demo/': listing([entry({ size: 5 })]), [path]: bytes(small) })
    const index = open([`${server.url}simple/`])
    expect((await failure(index.metadata(await firstOf(index)))).code).toBe('hash-mismatch')
    expect(server.asked.at(-1)?.headers.range).toBeUndefined()
  })

  test.each([['its length known', { size: true }], ['its length unknown', {}]])('from the end of the wheel, %s', async (_what, { size }: { size?: boolean }) => {
    const server = await serve({ '/simple/demo/': listing([entry(size ? { size: wheel.length } : {})]), [path]: bytes(wheel) })
    const index = open([`${server.url}simple/`])
    expect((await index.metadata(await firstOf(index))).lists.get('Requires-Dist')).toEqual(['other>=2'])
    expect(server.asked.filter(asked => asked.path === path).map(({ headers }) => headers.range)).toEqual([size ? `bytes=${wheel.length - 73728}-` : 'bytes=-73728'])
  })

  const ignoring: Answers[string] = (_request, response) => void response.end(wheel)
  test.each<[string, Answers[string]]>([
    ['gives no ranges', ignoring],
    ['gives other bytes than it says', (request, response) => {
      if (request.headers.range === undefined) return ignoring(request, response)
      response.writeHead(206, { 'Content-Range': `bytes 0-99/${wheel.length}` })
      response.end(wheel.subarray(0, 50))
    }],
    ['gives the beginning for the end', (request, response) => {
      if (request.headers.range === undefined) return ignoring(request, response)
      response.writeHead(206, { 'Content-Range': `bytes 0-99/${wheel.length}` })
      response.end(wheel.subarray(0, 100))
    }],
    ['forgets to say which', (request, response) => {
      response.statusCode = request.headers.range === undefined ? 200 : 206
      response.end(wheel)
    }],
    ['refuses ranges', (request, response) => {
      response.statusCode = request.headers.range === undefined ? 200 : 416
      response.end(request.headers.range === undefined ? wheel : '')
    }],
  ])('from the whole wheel where the server %s, which is not fetched twice', async (_what, answer) => {
    const server = await serve({ '/simple/demo/': listing([entry()]), [path]: answer })
    const index = open([`${server.url}simple/`])
    const file = await firstOf(index)
    expect((await index.metadata(file)).text.get('Name')).toBe('demo')
    const before = server.asked.length
    expect((await index.fetchFile(file)).size).toBe(wheel.length)
    expect(server.asked.length).toBe(before)
  })

  test.each([
    ['another project', metadata.replace('demo', 'other'), "has inconsistent Name: expected 'demo', but metadata has 'other'"],
    ['another version', metadata.replace('1.0', '1.1'), "has inconsistent version: expected '1.0', but metadata has '1.1'"],
    ['nothing', '', "has no demo-1.0.dist-info/METADATA with a name and a version"],
  ])('of %s is refused', async (_what, content, message) => {
    const odd = await demoWheel(content)
    const server = await serve({ '/simple/demo/': listing([entry({ hashes: {} })]), [path]: bytes(odd) })
    const index = open([`${server.url}simple/`])
    expect((await failure(index.metadata(await firstOf(index)))).message).toContain(`${wheelName}${content === '' ? ':' : ''} ${message}`)
  })

  test('of what is no wheel inside, or a source distribution, is refused', async () => {
    const server = await serve({ '/simple/demo/': listing([entry({ hashes: {} }), { filename: 'demo-1.0.tar.gz', url: 'x', hashes: {} }]), [path]: text('x/y', 'no zip') })
    const index = open([`${server.url}simple/`])
    const [broken, source] = await index.project('demo') ?? []
    expect((await failure(index.metadata(broken!))).message).toContain(`${wheelName} is no wheel that can be read: `)
    expect((await failure(index.metadata(source!))).message).toBe('demo-1.0.tar.gz is a source distribution: only a build would tell its metadata')
  })
})
