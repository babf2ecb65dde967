export interface Place {
  url: string
  /** Of the page that was shown there: while it still is, going back does not load it anew. */
  page?: string
  /** history.pushState's. */
  state?: unknown
}

/** The addresses a pane has shown, and where in them it is. */
export interface History {
  readonly current: Place | undefined
  readonly canGoBack: boolean
  readonly canGoForward: boolean
  /**
   * What was ahead is forgotten. The address that is current is not kept twice unless it was come to `anew`: by a form that is sent, or
   * a redirect; `replace` puts the new place there.
   */
  push(place: Place, replace?: boolean, anew?: boolean): void
  /** Moves, and answers where to; undefined where there is nothing. */
  step(by: number): Place | undefined
}

export function createHistory(): History {
  let places: Place[] = []
  let at = -1
  return {
    get current() { return places[at] },
    get canGoBack() { return at > 0 },
    get canGoForward() { return at < places.length - 1 },
    push(place, replace = false, anew = false) {
      if (at >= 0 && (replace || !anew && place.url === places[at]?.url && place.state == null)) places[at] = place
      else places = [...places.slice(0, ++at), place]
    },
    step(by) {
      if (places[at + by] === undefined) return undefined
      at += by
      return places[at]
    },
  }
}
