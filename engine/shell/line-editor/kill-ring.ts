/** Killed text: kills in a row join, `yank` gives the latest, `rotate` the one before. */
export interface KillRing {
  kill(text: string, direction: 'forward' | 'backward'): void
  /** The next kill starts an entry of its own. */
  close(): void
  yank(): string
  rotate(): string
}

export function createKillRing(): KillRing {
  const ring: string[] = []
  let open = false
  return {
    kill(text, direction) {
      if (!text) return
      const last = open ? ring.pop() : undefined
      ring.push(direction === 'forward' ? (last ?? '') + text : text + (last ?? ''))
      open = true
    },
    close() {
      open = false
    },
    yank: () => ring.at(-1) ?? '',
    rotate() {
      const last = ring.pop()
      if (last !== undefined) ring.unshift(last)
      return ring.at(-1) ?? ''
    },
  }
}
