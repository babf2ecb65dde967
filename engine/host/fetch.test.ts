import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { answerFetches } from './answer-fetches.ts'
import { createOutsideFetch, machineIndexUrl } from './create-outside-fetch.ts'
import { fetchByPage } from './fetch-by-page.ts'
import type { FetchAnswer, FetchQuestion } from './messages.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Both ends, with real ports between them. */
function bridge(outside: typeof fetch) {
  const { port1, port2 } = new MessageChannel()
  closing.push(() => port1.close())
  const questions: FetchQuestion['op'][] = []
  const page = fetchByPage(question => port1.postMessage(question))
  port1.onmessage = ({ data }) => page.answer(data as FetchAnswer)
  const take = answerFetches(outside, answer => port2.postMessage(answer))
  port2.onmessage = ({ data }) => {
    questions.push((data as FetchQuestion).op)
    take(data as FetchQuestion)
  }
  return { fetch: page.fetch, questions }
}

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe('what crosses', () => {
  test('method, headers and body there; status, headers, address and body back', async () => {
    const url = await serve((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        response.writeHead(201, 'Made', { 'X-Told': `${request.method} ${request.headers['x-asked']}` })
        response.end(Buffer.concat(parts))
      })
    })
    const response = await bridge(fetch).fetch(url, { method: 'POST', headers: { 'X-Asked': 'this' }, body: 'bytes' })
    expect([response.status, response.statusText, response.headers.get('X-Told'), response.url, await response.text()])
      .toEqual([201, 'Made', 'POST this', url, 'bytes'])
  })

  test('pieces come only as fast as they are read', async () => {
    let given = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: controller => {
        given++
        controller.enqueue(new Uint8Array(1000))
      },
    }, { highWaterMark: 0 })
    const { fetch: ask } = bridge(async url => new Response(url === 'https://a.example/' ? endless : 'other'))
    const reader = (await ask('https://a.example/')).body!.getReader()
    await reader.read()
    // What was asked for before it has come before it.
    expect(await (await ask('https://b.example/')).text()).toBe('other')
    expect(given).toBeLessThan(5)
    await reader.cancel()
  })

  test('an answer without a body', async () => {
    const response = await bridge(async () => new Response(null, { status: 304 })).fetch('https://a.example/')
    expect([response.status, response.body]).toEqual([304, null])
  })

  test('who stops asking stops the page, before the answer and in the middle of it', async () => {
    const stopped: string[] = []
    const early = new AbortController()
    const url = await serve((request, response) => {
      response.on('close', () => stopped.push(request.url!))
      if (request.url === '/begun') response.write('begun')
      else early.abort()
    })
    const { fetch: ask } = bridge(fetch)
    await expect(ask(`${url}silent`, { signal: early.signal })).rejects.toMatchObject({ name: 'AbortError' })
    const late = new AbortController()
    const begun = await ask(`${url}begun`, { signal: late.signal })
    late.abort()
    await expect(begun.text()).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => stopped.sort()).toEqual(['/begun', '/silent'])
  })

  test('a connection that breaks off breaks the body, one that fails is told', async () => {
    const url = await serve((_request, response) => {
      response.write('some')
      setTimeout(() => response.destroy(), 50)
    })
    const { fetch: ask } = bridge(fetch)
    await expect((await ask(url)).text()).rejects.toThrow(TypeError)
    await expect(ask('http://127.0.0.1:9/')).rejects.toThrow(TypeError)
  })
})

describe('the policy', () => {
  const asked: string[] = []
  const pretend = (answers: Record<string, () => Response>): typeof fetch => async (input, init) => {
    const { url, mode } = new Request(input, init)
    asked.push(init?.mode === 'no-cors' ? `${url} unread` : url)
    const answer = answers[mode === 'no-cors' || init?.mode === 'no-cors' ? `${url} unread` : url]
    if (!answer) throw new TypeError('Failed to fetch')
    return answer()
  }
  const outside = (isOpen: boolean, answers: Record<string, () => Response> = {}) => {
    asked.length = 0
    return createOutsideFetch({ assets: 'https://deck.example/talk/', isOpen: () => isOpen, fetch: pretend(answers) })
  }

  test('the index is the deck\'s own, by file names that any static server knows', async () => {
    const ask = outside(false, {
      'https://deck.example/talk/simple/requests/index.json': () => new Response('{}', { headers: { 'Content-Type': 'application/json' } }),
      'https://deck.example/talk/simple/requests/requests-1-py3-none-any.whl': () => new Response('bytes'),
      'https://deck.example/talk/simple/nothing/index.json': () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }),
    })
    const page = await ask(`${machineIndexUrl}requests/`)
    expect([page.status, page.url, page.headers.get('Content-Type')]).toEqual([200, `${machineIndexUrl}requests/`, 'application/vnd.pypi.simple.v1+json'])
    expect(await (await ask(`${machineIndexUrl}requests/requests-1-py3-none-any.whl`)).text()).toBe('bytes')
    expect((await ask(`${machineIndexUrl}nothing/`)).status).toBe(404)
    await expect(ask(`${machineIndexUrl}requests/`, { method: 'PUT', body: '' })).rejects.toMatchObject({ name: 'NotAllowedError' })
    for (const way of ['..%2f..%2fsecret', '%2e%2e%2fsecret', 'a//b', 'a%5c..%5cb', '%00']) {
      await expect(ask(machineIndexUrl + way)).rejects.toThrow(/no address of the deck's package index/)
    }
    await expect(ask(`${machineIndexUrl}../../secret`)).rejects.toMatchObject({ name: 'NotAllowedError' })
  })

  test('everything else is refused while the outside is off, and nobody is asked', async () => {
    await expect(outside(false)('https://a.example/x')).rejects.toThrow('the outside is switched off: a.example is not asked')
    expect(asked).toEqual([])
  })

  test('what serves the deck is never asked, not by a redirect either', async () => {
    await expect(outside(true)('https://deck.example/other')).rejects.toThrow('deck.example serves this deck')
    expect(asked).toEqual([])
    const redirected = Object.defineProperty(new Response('deck'), 'url', { value: 'https://deck.example/other' })
    await expect(outside(true, { 'https://a.example/': () => redirected })('https://a.example/')).rejects.toThrow('redirects to this deck')
  })

  test('a server that answers but forbids reading is told from one that does not answer', async () => {
    await expect(outside(true, { 'https://a.example/ unread': () => new Response() })('https://a.example/')).rejects
      .toThrow('a.example answers, but lets no page of another origin read it: its answers lack Access-Control-Allow-Origin for https://deck.example (CORS)')
    await expect(outside(true)('https://a.example/')).rejects.toThrow('a.example cannot be reached, or lets no page of another origin read it')
    await expect(outside(true)('file:///etc/passwd')).rejects.toThrow('file: URLs lead nowhere from here')
  })
})
