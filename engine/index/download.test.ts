import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { bytesOf, clock, closing, failure, fileAt, memoryStore, open, serve, wheel, wheelName, wheelPath } from '../../test/support/downloading.ts'
import { bytes, listing, serveIndex, sha256, text, type Answers } from '../../test/support/index-server.ts'
import type { StoredResponse } from './index-settings.ts'
import { sleep } from './sleep.ts'

describe('bytes are what the listing promises', () => {
  test('every algorithm is checked, progress is told', async () => {
    const server = await serve({ [wheelPath]: bytes(wheel) })
    const told: [number, number | undefined][] = []
    expect(await bytesOf(open().fetchFile(fileAt(server), { progress: (received, total) => told.push([received, total]) }))).toBe(sha256(wheel))
    expect(told[0]).toEqual([0, wheel.length])
    expect(told.at(-1)).toEqual([wheel.length, wheel.length])
    for (const algorithm of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']) {
      const error = await failure(open().fetchFile(fileAt(server, { hashes: { [algorithm]: '00' } })))
      expect(error).toMatchObject({ code: 'hash-mismatch', mismatch: { algorithm, expected: ['00'], got: expect.stringMatching(/^[0-9a-f]{32,}$/) } })
      expect(error.message).toBe(`${wheelName} is not what was promised: its ${algorithm} is ${error.mismatch?.got}, expected 00`)
    }
  })

  test.each([
    ['shorter', (size: number) => size + 1, (size: number) => `${wheelName} should have ${size + 1} bytes, ${size} came`],
    ['longer', (size: number) => size - 1, (size: number) => `${wheelName} should have ${size - 1} bytes, more than ${size - 1} came`],
  ])('a file that is %s than listed is refused', async (_what, listed, message) => {
    const server = await serve({ [wheelPath]: (_request, response) => void response.end(wheel) })
    expect((await failure(open().fetchFile(fileAt(server, { size: listed(wheel.length) }))))).toMatchObject({ code: 'wrong-length', message: message(wheel.length) })
  })

  test('a file that is not there', async () => {
    const server = await serve({})
    expect((await failure(open().fetchFile(fileAt(server)))).message).toBe(`${server.url.slice(0, -1)}${wheelPath} is not there (404)`)
  })
})

describe('what breaks off goes on', () => {
  /** Gives so many bytes of what is asked for and hangs up. */
  const breaking = (limit: () => number, etag = '"tag"'): Answers[string] => (request, response) => {
    const [, first = '0'] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
    const start = request.headers['if-range'] === etag ? Number(first) : 0
    if (start >= wheel.length) return void response.writeHead(416).end()
    const headers = { ETag: etag, 'Content-Length': wheel.length - start, ...(start > 0 && { 'Content-Range': `bytes ${start}-${wheel.length - 1}/${wheel.length}` }) }
    response.writeHead(start > 0 ? 206 : 200, headers)
    const part = wheel.subarray(start, start + limit())
    response.write(part, () => { if (start + part.length < wheel.length) setTimeout(() => response.destroy(), 30) })
    if (start + part.length === wheel.length) response.end()
  }

  test('where it ended, if the file is still the same', async () => {
    const server = await serve({ [wheelPath]: breaking(() => 50_000) })
    expect(await bytesOf(open().fetchFile(fileAt(server)))).toBe(sha256(wheel))
    const ranges = server.asked.map(({ headers }) => headers.range)
    expect(ranges[0]).toBeUndefined()
    expect(ranges.length).toBeGreaterThan(2)
    for (const range of ranges.slice(1)) expect(range).toMatch(/^bytes=[1-9]\d*-$/)
  })

  test('from the start, if it is another now, or gives no tag', async () => {
    let tags = 0
    let broken = false
    const server = await serve({
      [wheelPath]: (request, response) => {
        if (broken) return void response.writeHead(200, { ETag: `"${++tags}"` }).end(wheel)
        broken = true
        breaking(() => 1000, '"0"')(request, response)
      },
    })
    expect(await bytesOf(open().fetchFile(fileAt(server)))).toBe(sha256(wheel))
    expect(server.asked[1]?.headers['if-range']).toBe('"0"')
  })

  test('from the start, if its tag is a weak one', async () => {
    let broken = false
    const server = await serve({
      [wheelPath]: (request, response) => {
        if (broken) return bytes(wheel)(request, response)
        broken = true
        breaking(() => 1000, 'W/"0"')(request, response)
      },
    })
    expect(await bytesOf(open().fetchFile(fileAt(server)))).toBe(sha256(wheel))
    expect(server.asked.map(({ headers }) => [headers.range, headers['if-range']])).toEqual([[undefined, undefined], [undefined, undefined]])
  })

  test('in a later run too, and is thrown away where it was of another file', async () => {
    const { kept, store } = memoryStore()
    let limit = 50_000
    const server = await serve({ [wheelPath]: breaking(() => limit) })
    const error = await failure(open({ retries: 0 }, { store }).fetchFile(fileAt(server)))
    expect(error.code).toBe('unreachable')
    const [[key, part]] = [...kept] as [[string, StoredResponse]]
    expect(part).toMatchObject({ whole: false, etag: '"tag"' })
    limit = wheel.length
    server.asked.length = 0
    expect(await bytesOf(open({}, { store }).fetchFile(fileAt(server)))).toBe(sha256(wheel))
    expect(server.asked.map(({ headers }) => headers.range)).toEqual([`bytes=${part.body.length}-`])
    expect(kept.get(key)).toMatchObject({ whole: true })

    for (const length of [part.body.length, wheel.length + 1]) {
      kept.set(key, { ...part, body: new Uint8Array(length) })
      expect(await bytesOf(open({}, { store }).fetchFile(fileAt(server, { size: undefined })))).toBe(sha256(wheel))
    }
  })

  test('an interrupt keeps what came, and is no error of the index', async () => {
    const { kept, store } = memoryStore()
    const stop = new AbortController()
    const server = await serve({ [wheelPath]: (_request, response) => void response.writeHead(200, { ETag: '"tag"', 'Content-Length': wheel.length }).write(wheel.subarray(0, 1000)) })
    const fetching = open({}, { store }).fetchFile(fileAt(server), { signal: stop.signal, progress: received => { if (received > 0) stop.abort() } })
    await expect(fetching).rejects.toMatchObject({ name: 'AbortError' })
    expect([...kept.values()]).toMatchObject([{ whole: false, body: { length: 1000 } }])
  })
})

describe('what is temporary is tried again', () => {
  test.each([[500], [502], [503], [429], [408]])('%i, with longer waits each time', async status => {
    let failures = 3
    const server = await serve({ '/simple/demo/': (request, response) => (failures-- > 0 ? text('text/plain', '', status) : listing([]))(request, response) })
    const { waits, home } = clock()
    expect(await open({ indexUrls: [`${server.url}simple`] }, home).project('demo')).toEqual([])
    expect(waits).toEqual([250, 500, 1000])
  })

  test('as long as the server asks to wait, if that is not too long', async () => {
    let failures = 1
    const server = await serve({ '/simple/demo/': (request, response) => (failures-- > 0 ? text('text/plain', '', 503, { 'Retry-After': '7' }) : listing([]))(request, response),
      '/simple/long/': text('text/plain', '', 503, { 'Retry-After': '3600' }) })
    const { waits, home } = clock()
    const index = open({ indexUrls: [`${server.url}simple`] }, home)
    await index.project('demo')
    expect(waits).toEqual([7000])
    expect((await failure(index.project('long'))).message).toBe(`${server.url}simple/long/ answers 503 Service Unavailable`)
    expect(waits).toEqual([7000])
  })

  test('up to the last retry', async () => {
    const server = await serve({ '/simple/demo/': text('text/plain', '', 500) })
    const error = await failure(open({ indexUrls: [`${server.url}simple`], retries: 2 }).project('demo'))
    expect(error).toMatchObject({ code: 'status', message: `${server.url}simple/demo/ answers 500 Internal Server Error` })
    expect(server.asked.length).toBe(3)
  })

  test('a failure is not remembered', async () => {
    let failures = 1
    const server = await serve({ '/simple/demo/': (request, response) => (failures-- > 0 ? text('text/plain', '', 500) : listing([]))(request, response) })
    const index = open({ indexUrls: [`${server.url}simple`], retries: 0 })
    await failure(index.project('demo'))
    expect(await index.project('demo')).toEqual([])
  })

  test('nobody there, and one who hangs up', async () => {
    const hangingUp = createServer(socket => socket.destroy()).listen(0, '127.0.0.1')
    await new Promise(resolve => hangingUp.once('listening', resolve))
    closing.push(hangingUp)
    const { port } = hangingUp.address() as AddressInfo
    const { waits, home } = clock()
    expect((await failure(open({ indexUrls: [`http://127.0.0.1:${port}/simple`] }, home).project('demo'))).message)
      .toMatch(/^http:\/\/127\.0\.0\.1:\d+\/simple\/demo\/ cannot be reached: \S/)
    expect(waits.length).toBe(5)
    const server = await serveIndex({})
    await server.close()
    expect((await failure(open({ indexUrls: [`${server.url}simple`] }).project('demo'))).message).toContain('cannot be reached: connect ECONNREFUSED')
  })

  test('what a policy refuses is not tried again', async () => {
    let asked = 0
    const refusing: typeof fetch = async () => {
      asked++
      throw new DOMException('the outside is switched off: a.example is not asked', 'NotAllowedError')
    }
    expect(await failure(open({ indexUrls: ['https://a.example/simple'] }, { fetch: refusing }).project('demo')))
      .toMatchObject({ code: 'refused', message: 'https://a.example/simple/demo/ is not asked: the outside is switched off: a.example is not asked' })
    expect(asked).toBe(1)
  })
})

describe('time limits', () => {
  const settings = { retries: 0, timeout: 150 }
  const real = { now: Date.now, sleep }
  test('no answer', async () => {
    const server = await serve({ '/simple/demo/': () => undefined })
    expect(await failure(open({ ...settings, indexUrls: [`${server.url}simple`] }, real).project('demo')))
      .toMatchObject({ code: 'timeout', message: `${server.url}simple/demo/ did not answer within 0.15 s` })
  })

  /** Time goes on when a piece is asked for, by so many milliseconds each; after the last nothing comes, or the end. */
  const inPieces = (steps: number[], last: 'stops' | 'ends') => {
    let time = 0
    let waiting: { due: number; wake(): void }[] = []
    const advance = (milliseconds: number) => {
      time += milliseconds
      const due = waiting.filter(each => each.due <= time)
      waiting = waiting.filter(each => each.due > time)
      for (const { wake } of due) wake()
    }
    return {
      now: () => time,
      sleep: (milliseconds: number) => new Promise<void>(wake => waiting.push({ due: time + milliseconds, wake })),
      fetch: (async (_url, init) => {
        const left = [...steps]
        const body = new ReadableStream<Uint8Array>({
          start: controller => init?.signal?.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError'))),
          pull(controller) {
            const step = left.shift()
            if (step !== undefined) controller.enqueue(new TextEncoder().encode('<p>'))
            else if (last === 'ends') controller.close()
            advance(step ?? 1000)
          },
        }, { highWaterMark: 0 })
        return new Response(body, { headers: { 'Content-Type': 'text/html' } })
      }) satisfies typeof fetch,
    }
  }
  const piecewise = { ...settings, indexUrls: ['https://a.example/simple'] }

  test('an answer that stops', async () => {
    expect((await failure(open(piecewise, inPieces([10, 10], 'stops')).project('stops'))).code).toBe('timeout')
  })

  test('one that is slow but goes on is waited for', async () => {
    expect(await open(piecewise, inPieces([100, 100, 100, 100], 'ends')).project('slow')).toEqual([])
  })

  test('one that takes too long for a piece is not', async () => {
    expect((await failure(open(piecewise, inPieces([100, 151, 100], 'ends')).project('late'))).code).toBe('timeout')
  })
})

describe('credentials and safety', () => {
  test('they reach their origin only, and no message or store', async () => {
    const other = await serve({ [wheelPath]: bytes(wheel) })
    const server = await serve({
      '/simple/demo/': (request, response) => (request.headers.authorization === undefined ? text('text/plain', '', 401)
        : listing([{ filename: wheelName, url: wheelPath, hashes: {} }, { filename: 'demo-2.0-py3-none-any.whl', url: `${other.url}files/${wheelName}`, hashes: {} }]))(request, response),
      [wheelPath]: bytes(wheel),
    })
    const { kept, store } = memoryStore()
    const url = server.url.replace('//', '//us%20er:p%40ss@')
    const index = open({ indexUrls: [`${url}simple`] }, { store })
    const [own, elsewhere] = await index.project('demo') ?? []
    await index.fetchFile(own!)
    await index.fetchFile(elsewhere!)
    const expected = `Basic ${btoa('us er:p@ss')}`
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([expected, expected])
    expect(other.asked.map(({ headers }) => headers.authorization)).toEqual([undefined])
    expect(own).toMatchObject({ listedBy: `${server.url.replace('//', '//us%20er:****@')}simple/demo/` })
    expect(JSON.stringify([...kept].map(([key, { url }]) => [key, url]))).not.toMatch(/p%40ss|p@ss/)
    expect((await failure(index.project('nothing-here').then(() => index.fetchFile({ ...own!, url: `${url}missing` })))).message).not.toContain('p%40ss')
  })

  test('plain http is for this machine and hosts that are trusted', () => {
    expect(() => open({ indexUrls: ['http://a.example/simple'] })).toThrow('http://a.example/simple is not secure: use https:, or --trusted-host a.example if you know the way to it')
    for (const trusted of ['a.example', 'a.example:80', 'A.example']) open({ indexUrls: ['http://a.example/simple'], trustedHosts: [trusted] })
    expect(() => open({ indexUrls: ['http://a.example:8080/simple'], trustedHosts: ['a.example:80'] })).toThrow('not secure')
    expect(() => open({ indexUrls: ['ftp://a.example/simple'] })).toThrow('ftp://a.example/simple: only https:, http: and file: URLs can be read')
  })

  test('https does not lead to http', async () => {
    const redirected = Object.defineProperty(new Response('', { headers: { 'Content-Type': 'text/html' } }), 'url', { value: 'http://b.example/simple/demo/' })
    expect((await failure(open({ indexUrls: ['https://a.example/simple'] }, { fetch: async () => redirected }).project('demo'))).message)
      .toBe('https://a.example/simple/demo/ redirects to http://b.example/simple/demo/, which is not as safe: not followed')
  })
})

test('no more requests at a time than are allowed', async () => {
  let now = 0
  let most = 0
  const names = Array.from({ length: 20 }, (_, i) => `p${i}`)
  const answers: Answers = {}
  for (const each of names) {
    answers[`/simple/${each}/`] = (request, response) => {
      most = Math.max(most, ++now)
      setTimeout(() => {
        now--
        listing([])(request, response)
      }, 20)
    }
  }
  const server = await serve(answers)
  const index = open({ indexUrls: [`${server.url}simple`], concurrency: 4 })
  await Promise.all(names.map(each => index.project(each)))
  expect(most).toBe(4)
})
