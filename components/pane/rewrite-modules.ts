/**
 * JavaScript modules for a document without a network: each becomes a data: address, what it imports is named by its full address, and an
 * import map says which data: address that is. (A data: address itself could not: modules that import each other would contain each other.)
 */
import { parse } from 'es-module-lexer/js'

export interface Modules {
  /** The page's own import map (HTML 8.1.6.2); what cannot be read as one changes nothing. */
  useMap(json: string): void
  /** A module's address by the name in an import; undefined where no map knows a bare name. */
  resolve(name: string, base: string): string | undefined
  /** The data: address of the module at `url`, with all that it imports in `imports`; undefined where it is not served. */
  add(url: string): Promise<string | undefined>
  /** The text of a script of the page itself, with what it imports added. */
  inline(text: string, base: string): Promise<string>
  /** For an import map: addresses to data: addresses. */
  readonly imports: Record<string, string>
}

/** `load`: a module's text, or another kind's data: address (JSON, a stylesheet); `toUrl`: a script's text as a data: address. */
export function createModules(base: string, load: (url: string) => Promise<{ text: string } | { dataUrl: string } | undefined>, toUrl: (text: string) => Promise<string>): Modules {
  const own: Record<string, string> = {}
  const imports: Record<string, string> = {}
  const adding = new Map<string, Promise<void>>()

  function resolve(name: string, from: string): string | undefined {
    const absolute = /^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:)/i.test(name) ? URL.canParse(name, from) ? new URL(name, from).href : undefined : undefined
    const key = absolute ?? name
    if (own[key] !== undefined) return own[key]
    const prefix = Object.keys(own).filter(each => each.endsWith('/') && key.startsWith(each)).sort((one, other) => other.length - one.length)[0]
    return prefix === undefined ? absolute : new URL(key.slice(prefix.length), own[prefix]).href
  }

  async function inline(text: string, from: string): Promise<string> {
    let found: ReturnType<typeof parse>[0]
    try {
      [found] = parse(text)
    } catch {
      // The browser says what is wrong with it.
      return text
    }
    let result = text
    const needed: Promise<void>[] = []
    for (const { n: name, s: start, e: end, ss: whole, d: dynamic } of found.toReversed()) {
      const put = (from_: number, to: number, what: string) => { result = result.slice(0, from_) + what + result.slice(to) }
      if (dynamic === -2) {
        put(whole, end, `({__proto__:import.meta,url:${JSON.stringify(from)}})`)
        continue
      }
      const url = name === undefined ? undefined : resolve(name, from)
      if (url !== undefined && /^https?:/.test(url)) {
        needed.push(visit(url))
        put(start, end, dynamic >= 0 ? JSON.stringify(url) : url)
      } else if (name === undefined && dynamic >= 0) put(whole, start, `bridgedImport(${JSON.stringify(from)},`)
    }
    await Promise.all(needed)
    return result
  }

  /** Circles end here: nobody waits for a module that is being added already. */
  function visit(url: string): Promise<void> {
    if (adding.has(url)) return Promise.resolve()
    const added = (async () => {
      const loaded = await load(url)
      if (loaded) imports[url] = 'text' in loaded ? await toUrl(`${await inline(loaded.text, url)}\n//# sourceURL=${url}`) : loaded.dataUrl
    })()
    adding.set(url, added)
    return added
  }

  return {
    imports,
    resolve,
    inline,
    async add(url) {
      await visit(url)
      // Others may have begun it, or what it imports.
      await Promise.all(adding.values())
      return imports[url]
    },
    useMap(json) {
      try {
        const entries = Object.entries((JSON.parse(json) as { imports?: Record<string, unknown> }).imports ?? {})
        for (const [name, address] of entries) {
          const key = /^\.{0,2}\//.test(name) ? new URL(name, base).href : name
          if (typeof address === 'string' && URL.canParse(address, base)) own[key] ??= new URL(address, base).href
        }
      } catch {
        // As a browser: a map that is none is passed over.
      }
    },
  }
}
