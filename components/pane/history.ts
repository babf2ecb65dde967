/** The addresses a pane has shown, and where in them it is. */
export interface History {
  readonly current: string | undefined
  readonly canGoBack: boolean
  readonly canGoForward: boolean
  /** What was ahead is forgotten. The address that is current is not kept twice; `replace` puts the new one in its place. */
  push(url: string, replace?: boolean): void
  /** Moves, and answers where to; undefined where there is nothing. */
  step(by: number): string | undefined
}

export function createHistory(): History {
  let places: string[] = []
  let at = -1
  return {
    get current() { return places[at] },
    get canGoBack() { return at > 0 },
    get canGoForward() { return at < places.length - 1 },
    push(url, replace = false) {
      if (url === places[at]) return
      places = [...places.slice(0, replace ? Math.max(at, 0) : at + 1), url]
      at = places.length - 1
    },
    step(by) {
      if (places[at + by] === undefined) return undefined
      at += by
      return places[at]
    },
  }
}
