/** Thrown through a step that is given up. */
export const givenUp = new Error('the step was given up')

export interface MarkWaits {
  /** Resolves when these marks have come, in this order (they may come in one chunk), or after `milliseconds`. Rejects with `givenUp`. */
  until(kinds: string[], milliseconds?: number): Promise<void>
  hear(mark: string): void
  /** Ends all waits. */
  giveUp(): void
}

/** Waits for the marks that a shell puts into its output. */
export function createMarkWaits(): MarkWaits {
  const watchers = new Set<(mark: string | undefined) => void>()
  const tell = (mark: string | undefined) => { for (const watcher of [...watchers]) watcher(mark) }
  return {
    until: (kinds, milliseconds) => new Promise((resolve, reject) => {
      const left = [...kinds]
      const timer = milliseconds === undefined ? undefined : setTimeout(() => end(resolve), milliseconds)
      const end = (settle: () => void) => {
        clearTimeout(timer)
        watchers.delete(watcher)
        settle()
      }
      const watcher = (mark: string | undefined) => {
        if (mark === undefined) return end(() => reject(givenUp))
        if (mark === left[0]) left.shift()
        if (kinds.length && !left.length) end(resolve)
      }
      watchers.add(watcher)
    }),
    hear: tell,
    giveUp: () => tell(undefined),
  }
}
