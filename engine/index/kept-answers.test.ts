import { describe, expect, test } from 'vitest'
import { bytesOf, clock, fileAt, memoryStore, open, serve, wheel, wheelName, wheelPath } from '../../test/support/downloading.ts'
import { bytes, listing, metadata, sha256, text, type Answers } from '../../test/support/index-server.ts'

describe('what is kept', () => {
  const page = (headers: Record<string, string>): Answers[string] => (request, response) => {
    if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304, headers).end()
    response.writeHead(200, { ...headers, ETag: '"1"', 'Content-Type': 'text/html' }).end(`<a href="${wheelName}">x</a>`)
  }
  test.each([
    ['is asked for again with its tag', {}, 0, [undefined, '"1"']],
    ['is not asked for while it is fresh', { 'Cache-Control': 'public, max-age=600' }, 599_000, [undefined]],
    ['is asked for again when it is stale', { 'Cache-Control': 'max-age=600' }, 601_000, [undefined, '"1"']],
    ['was fresh for some time already', { 'Cache-Control': 'max-age=600', Age: '500' }, 101_000, [undefined, '"1"']],
    ['is fresh until it expires', { Expires: new Date(3_600_000).toUTCString(), Date: new Date(0).toUTCString() }, 3_500_000, [undefined]],
    ['is asked for each time', { 'Cache-Control': 'no-cache, max-age=600' }, 0, [undefined, '"1"']],
    ['must not be kept', { 'Cache-Control': 'no-store' }, 0, [undefined, undefined]],
  ])('%s', async (_what, headers, later, tags) => {
    const server = await serve({ '/simple/demo/': page(headers as Record<string, string>) })
    const { store } = memoryStore()
    const time = clock()
    for (let run = 0; run < 2; run++) {
      expect((await open({ indexUrls: [`${server.url}simple`] }, { ...time.home, store }).project('demo'))?.length).toBe(1)
      time.advance(later)
    }
    expect(server.asked.map(({ headers }) => headers['if-none-match'])).toEqual(tags)
  })

  test('is fresh again once the server says that it has not changed', async () => {
    const server = await serve({ '/simple/demo/': page({ 'Cache-Control': 'max-age=600' }) })
    const { store } = memoryStore()
    const time = clock()
    for (const later of [601_000, 599_000, 0]) {
      await open({ indexUrls: [`${server.url}simple`] }, { ...time.home, store }).project('demo')
      time.advance(later)
    }
    expect(server.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"'])
  })

  test('metadata that was read out of a wheel of known hash is not asked for again', async () => {
    const { store } = memoryStore()
    const server = await serve({ [wheelPath]: bytes(wheel) })
    for (let run = 0; run < 2; run++) {
      expect((await open({}, { store }).metadata(fileAt(server))).text.get('Name')).toBe('demo')
      expect((await open({}, { store }).metadata(fileAt(server, { hashes: {} }))).text.get('Name')).toBe('demo')
    }
    expect(server.asked.length).toBe(3)
  })

  test('a file of unknown hash is kept for as long as the server says', async () => {
    const { store } = memoryStore()
    const time = clock()
    const server = await serve({ [wheelPath]: (_request, response) => void response.writeHead(200, { 'Cache-Control': 'max-age=60' }).end(wheel) })
    for (const later of [59_000, 2_000, 0]) {
      await open({}, { ...time.home, store }).fetchFile(fileAt(server, { hashes: {} }))
      time.advance(later)
    }
    expect(server.asked.length).toBe(2)
    const unkept = memoryStore()
    const secret = await serve({ [wheelPath]: (_request, response) => void response.writeHead(200, { 'Cache-Control': 'no-store' }).end(wheel) })
    await open({}, { store: unkept.store }).fetchFile(fileAt(secret, { hashes: {} }))
    expect(unkept.kept.size).toBe(0)
  })

  test('files and metadata of known hash are never asked for again, and damage is noticed', async () => {
    const { kept, store } = memoryStore()
    const server = await serve({
      '/simple/demo/': listing([{ filename: wheelName, url: wheelPath, hashes: { sha256: sha256(wheel) }, 'core-metadata': { sha256: sha256(Buffer.from(metadata)) } }]),
      [wheelPath]: bytes(wheel), [`${wheelPath}.metadata`]: text('text/plain', metadata),
    })
    const run = async () => {
      const index = open({ indexUrls: [`${server.url}simple`] }, { store })
      const [file] = await index.project('demo') ?? []
      await index.metadata(file!)
      expect(await bytesOf(index.fetchFile(file!))).toBe(sha256(wheel))
    }
    await run()
    server.asked.length = 0
    await run()
    expect(server.asked.map(asked => asked.path)).toEqual(['/simple/demo/'])
    for (const [key, response] of kept) if (!key.startsWith('page')) kept.set(key, { ...response, body: response.body.map(byte => byte ^ 1) })
    await run()
  })
})
