/** The terminals that type, so that the key for "next" can complete a command instead of going on. */
const typing = new Set<() => boolean>()

/** `complete` completes what it types and says whether it typed. Returns the way out. */
export function registerTyping(complete: () => boolean): () => void {
  typing.add(complete)
  return () => void typing.delete(complete)
}

/** True: a command was being typed, and now stands complete. */
export function hurry(): boolean {
  return [...typing].some(complete => complete())
}
