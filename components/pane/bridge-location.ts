/** A Location (HTML 7.2.4) of the page's address on its server; setting it goes there. */
export function createLocation(here: () => string, go: (url: string) => void, reload: () => void): Location {
  const to = (url: string | URL) => go(new URL(String(url), document.baseURI).href)
  const location = { assign: to, replace: to, reload, toString: here } as unknown as Location
  for (const part of ['href', 'pathname', 'search', 'hash', 'host', 'hostname', 'origin', 'port', 'protocol'] as const)
    Object.defineProperty(location, part, {
      get: () => new URL(here())[part],
      set: (value: string) => {
        if (part === 'href') return to(value)
        const url = new URL(here())
        if (part !== 'origin') url[part] = value
        go(url.href)
      },
    })
  return location
}
