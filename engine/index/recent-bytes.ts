/** Bytes that may be wanted again soon: the last ones, up to a limit together. */
export interface RecentBytes {
  put(key: string, bytes: Uint8Array): void
  /** Gives them away. */
  take(key: string): Uint8Array | undefined
}

export const recentBytes = (most: number): RecentBytes => {
  const kept = new Map<string, Uint8Array>()
  let size = 0
  const take = (key: string) => {
    const bytes = kept.get(key)
    kept.delete(key)
    size -= bytes?.length ?? 0
    return bytes
  }
  return {
    take,
    put(key, bytes) {
      take(key)
      kept.set(key, bytes)
      size += bytes.length
      for (const oldest of kept.keys()) {
        if (size <= most) return
        take(oldest)
      }
    },
  }
}
