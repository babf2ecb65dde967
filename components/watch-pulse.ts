export interface Pulse {
  /** A sign of life. */
  heard(): void
  stop(): void
}

/**
 * Asks again and again whether somebody in another process lives, and calls `onSilence` once when `patience` questions in a row have stayed
 * unanswered; a page that slept asks several at once. `every` is milliseconds. After a silence, `onReturn` is called with the next sign of life.
 */
export function watchPulse({ ask, every, patience, onSilence, onReturn }: {
  ask(): void
  every: number
  patience: number
  onSilence(): void
  onReturn?(): void
}): Pulse {
  let unanswered = 0
  let silent = false
  const asking = setInterval(() => {
    if (unanswered++ === patience) {
      silent = true
      onSilence()
    }
    ask()
  }, every)
  return {
    heard() {
      unanswered = 0
      if (silent) onReturn?.()
      silent = false
    },
    stop: () => clearInterval(asking),
  }
}
