/** XMLHttpRequest (xhr.spec.whatwg.org) over `fetch`, as far as pages and HTMX use it: asynchronous, with all response types. */
export function createXmlHttpRequest(fetch: typeof globalThis.fetch) {
  return class PaneHttpRequest extends EventTarget {
    static readonly UNSENT = 0
    static readonly OPENED = 1
    static readonly HEADERS_RECEIVED = 2
    static readonly LOADING = 3
    static readonly DONE = 4
    readonly UNSENT = 0
    readonly OPENED = 1
    readonly HEADERS_RECEIVED = 2
    readonly LOADING = 3
    readonly DONE = 4
    readyState = 0
    status = 0
    statusText = ''
    responseType: XMLHttpRequestResponseType = ''
    responseURL = ''
    response: unknown = ''
    responseXML: Document | null = null
    timeout = 0
    withCredentials = false
    readonly upload = new EventTarget();
    [handler: `on${string}`]: ((event: Event) => void) | null | undefined
    #method = 'GET'
    #url = ''
    #sent = new Headers()
    #received = new Headers()
    #mime: string | undefined
    #stop = new AbortController()

    get responseText(): string {
      return typeof this.response === 'string' ? this.response : ''
    }

    open(method: string, url: string | URL, async = true) {
      if (!async) throw new DOMException('synchronous requests do not work in this pane', 'InvalidAccessError')
      this.#method = method.toUpperCase()
      this.#url = String(url)
      this.#sent = new Headers()
      this.#stop = new AbortController()
      this.#reach(1)
    }

    setRequestHeader(name: string, value: string) {
      this.#sent.append(name, value)
    }

    overrideMimeType(type: string) {
      this.#mime = type
    }

    getResponseHeader(name: string): string | null {
      return this.#received.get(name)
    }

    getAllResponseHeaders(): string {
      return [...this.#received].map(([name, value]) => `${name}: ${value}\r\n`).join('')
    }

    abort() {
      this.#stop.abort()
    }

    async send(body?: BodyInit | null) {
      const stop = this.#stop
      const timer = this.timeout > 0 ? setTimeout(() => stop.abort('timeout'), this.timeout) : undefined
      this.#tell('loadstart')
      try {
        const response = await fetch(this.#url, { method: this.#method, headers: this.#sent, body: body ?? undefined, signal: stop.signal })
        this.status = response.status
        this.statusText = response.statusText
        this.responseURL = response.url
        this.#received = response.headers
        this.#reach(2)
        this.response = await this.#read(response)
        stop.signal.throwIfAborted()
        this.#reach(4)
        this.#tell('load')
      } catch {
        this.status = 0
        this.#reach(4)
        this.#tell(!stop.signal.aborted ? 'error' : stop.signal.reason === 'timeout' ? 'timeout' : 'abort')
      } finally {
        clearTimeout(timer)
        this.#tell('loadend')
      }
    }

    async #read(response: Response): Promise<unknown> {
      switch (this.responseType) {
        case 'arraybuffer': return response.arrayBuffer()
        case 'blob': return response.blob()
        case 'json': return response.json().catch(() => null)
        case 'document': {
          const type = (this.#mime ?? response.headers.get('content-type') ?? '').includes('xml') ? 'application/xml' : 'text/html'
          this.responseXML = new DOMParser().parseFromString(await response.text(), type)
          return this.responseXML
        }
        default: return this.#readText(response)
      }
    }

    /** What came so far can be read while more comes. */
    async #readText(response: Response): Promise<string> {
      const reader = response.body?.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
      this.response = ''
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        this.response += part.value
        this.#reach(3)
        this.#tell('progress')
      }
      return this.response as string
    }

    #reach(state: number) {
      this.readyState = state
      this.#tell('readystatechange')
    }

    #tell(type: string) {
      const event = new ProgressEvent(type)
      this[`on${type}`]?.(event)
      this.dispatchEvent(event)
    }
  }
}
