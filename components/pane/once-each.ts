/** What is brought by an address, once for everybody who asks. */
export interface OnceEach {
  get(url: string): Promise<string | undefined>
  /** Undefined while it is on its way: this begins it. */
  now(url: string): string | undefined
  /** What there was not may be there the next time. */
  forgetMissing(): void
}

export function onceEach(bring: (url: string) => Promise<string | undefined>): OnceEach {
  const begun = new Map<string, Promise<string | undefined>>()
  const there = new Map<string, string | undefined>()
  function get(url: string) {
    const known = begun.get(url) ?? bring(url).then(value => {
      there.set(url, value)
      return value
    })
    begun.set(url, known)
    return known
  }
  return {
    get,
    now(url) {
      void get(url)
      return there.get(url)
    },
    forgetMissing() {
      for (const [url, value] of there) if (value === undefined) begun.delete(url)
    },
  }
}
