/** EventSource (HTML 9.2) over `fetch`. */
export function createEventSource(fetch: typeof globalThis.fetch, absolute: (url: string) => string) {
  return class PaneEventSource extends EventTarget {
    static readonly CONNECTING = 0
    static readonly OPEN = 1
    static readonly CLOSED = 2
    readonly CONNECTING = 0
    readonly OPEN = 1
    readonly CLOSED = 2
    readonly url: string
    readonly withCredentials = false
    readyState = 0
    onopen: ((event: Event) => void) | null = null
    onmessage: ((event: Event) => void) | null = null
    onerror: ((event: Event) => void) | null = null
    #stop = new AbortController()
    #lastId = ''
    #pause = 3000

    constructor(url: string | URL) {
      super()
      this.url = absolute(String(url))
      void this.#run()
    }

    close() {
      this.readyState = 2
      this.#stop.abort()
    }

    async #run() {
      while (this.readyState !== 2) {
        try {
          const headers = { 'Accept': 'text/event-stream', 'Cache-Control': 'no-store', ...this.#lastId === '' ? {} : { 'Last-Event-ID': this.#lastId } }
          const response = await fetch(this.url, { headers, signal: this.#stop.signal })
          if (response.status !== 200 || !/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')) {
            await response.body?.cancel()
            this.readyState = 2
          } else {
            this.readyState = 1
            this.#tell(new Event('open'))
            await this.#read(response.body!)
          }
        } catch {
          // The connection was lost, or never there: it is tried again, as after its end.
        }
        if (this.#stop.signal.aborted) return
        if (this.readyState === 1) this.readyState = 0
        this.#tell(new Event('error'))
        if (this.readyState === 0) await new Promise(resolve => setTimeout(resolve, this.#pause))
      }
    }

    async #read(body: ReadableStream<Uint8Array>) {
      const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
      let [rest, data, type] = ['', [] as string[], '']
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        // A carriage return at the end may be half of a line's end.
        const lines = (rest + part.value).split(/\r\n|\n|\r(?!$)/)
        rest = lines.pop() ?? ''
        for (const line of lines) {
          const [, field = '', value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? []
          if (line === '') {
            if (data.length > 0) this.#tell(new MessageEvent(type || 'message', { data: data.join('\n'), lastEventId: this.#lastId, origin: new URL(this.url).origin }))
            ;[data, type] = [[], '']
          } else if (field === 'data') data.push(value)
          else if (field === 'event') type = value
          else if (field === 'id' && !value.includes('\0')) this.#lastId = value
          else if (field === 'retry' && /^\d+$/.test(value)) this.#pause = Number(value)
        }
      }
    }

    #tell(event: Event) {
      this.dispatchEvent(event)
      if (event.type === 'open') this.onopen?.(event)
      else if (event.type === 'error') this.onerror?.(event)
      else if (event.type === 'message') this.onmessage?.(event)
    }
  }
}
