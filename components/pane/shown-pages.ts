/** The documents that a pane shows: the top one and the frames in it, each known by a key that only it was told. */
import type { HttpClient } from './http-client.ts'
import type { FromPage, PageAnswers, PageAsk, PagePlace, StorageArea, ToPage } from './messages.ts'
import { mayRead, requestOf } from './page-policy.ts'
import type { Loading } from './rewrite-document.ts'

export interface ShownPage {
  /** Of its place; scripts may change it. */
  url: string
  readonly depth: number
}

export interface ShownPages {
  /** A page that is about to be shown: what it is told from the start. */
  open(url: string, depth: number, referrer: string, loading: Loading): PagePlace
  pageOf(key: unknown): ShownPage | undefined
  /** Answers what concerns the page itself only. */
  hear(message: FromPage, tell: (answer: ToPage) => void): void
  /** Those that were opened before the one with this key, or all, are no more, with what they were reading. */
  forgetBefore(key: string | undefined): void
}

interface Known extends ShownPage {
  number: number
  loading: Loading
  bodies: Map<number, ReadableStreamDefaultReader<Uint8Array>>
}

/** Of one page's server, in characters, as browsers have it. */
const MOST_STORED = 5_000_000
const areas: readonly StorageArea[] = ['localStorage', 'sessionStorage']

export function createShownPages(client: HttpClient): ShownPages {
  const pages = new Map<string, Known>()
  const stores = new Map<string, Map<string, string>>()
  let count = 0

  function storeOf(url: string, area: StorageArea): Map<string, string> {
    const name = `${area} ${new URL(url).origin}`
    const store = stores.get(name) ?? new Map<string, string>()
    stores.set(name, store)
    return store
  }

  function change(page: Known, { area, name, value }: Extract<FromPage, { op: 'store' }>) {
    if (!areas.includes(area)) return
    const store = storeOf(page.url, area)
    if (name === undefined) return store.clear()
    if (value === undefined) return void store.delete(String(name))
    store.set(String(name), String(value))
    if ([...store].reduce((sum, [key, text]) => sum + key.length + text.length, 0) > MOST_STORED) store.delete(String(name))
  }

  async function answer(page: Known, id: number, what: PageAsk): Promise<PageAnswers[keyof PageAnswers]['answer']> {
    switch (what.kind) {
      case 'request': {
        const { body, ...head } = await client.request(requestOf(what.request), { from: page.url, within: true })
        try {
          mayRead(head, page.url)
        } catch (error) {
          await body.cancel()
          throw error
        }
        page.bodies.set(id, body.getReader())
        return head
      }
      case 'asset': return page.loading.asUrl(String(what.url))
      case 'css': return page.loading.css(String(what.text), String(what.base))
      case 'document': return page.loading.frame(requestOf(what.request), what.within === true)
      case 'modules': {
        const { modules } = page.loading
        const url = modules.resolve(String(what.name), String(what.base))
        if (url === undefined || await modules.add(url) === undefined) throw new Error(`Failed to fetch dynamically imported module: ${url ?? what.name}`)
        return { url, imports: modules.imports }
      }
    }
  }

  async function more(page: Known, id: number): Promise<Uint8Array | undefined> {
    const part = await page.bodies.get(id)?.read()
    if (!part || part.done) page.bodies.delete(id)
    return part?.value
  }

  return {
    open(url, depth, referrer, loading) {
      const key = Array.from(crypto.getRandomValues(new Uint32Array(4)), part => part.toString(36)).join('-')
      pages.set(key, { number: count++, url, depth, loading, bodies: new Map() })
      const stored = { localStorage: [...storeOf(url, 'localStorage')], sessionStorage: [...storeOf(url, 'sessionStorage')] }
      return { key, url, depth, referrer, stored, cookies: client.cookiesOf(url) }
    },
    pageOf: key => pages.get(String(key)),
    hear(message, tell) {
      const page = pages.get(String(message.key))
      if (!page) return
      switch (message.op) {
        case 'ask': {
          const { id } = message
          return void answer(page, id, message.what).then(
            value => tell({ op: 'answer', id, value, cookies: client.cookiesOf(page.url) }),
            (error: unknown) => tell({ op: 'failed', id, message: lineOf(error) }),
          )
        }
        case 'more': {
          const { id } = message
          return void more(page, id).then(bytes => tell({ op: 'part', id, bytes }), (error: unknown) => tell({ op: 'failed', id, message: lineOf(error) }))
        }
        case 'enough':
          void page.bodies.get(message.id)?.cancel().catch(() => undefined)
          return void page.bodies.delete(message.id)
        case 'cookie': return client.setCookie(page.url, String(message.text))
        case 'store': return change(page, message)
      }
    },
    forgetBefore(shown) {
      const first = pages.get(shown ?? '')?.number ?? count
      for (const [key, { number, bodies }] of pages) {
        if (number >= first) continue
        pages.delete(key)
        for (const body of bodies.values()) void body.cancel().catch(() => undefined)
      }
    },
  }
}

const lineOf = (error: unknown) => error instanceof Error ? error.message : String(error)
