/** One array of all; the only part itself, where there is one. */
export function joinBytes<Memory extends ArrayBufferLike>(parts: readonly Uint8Array<Memory>[]): Uint8Array<Memory | ArrayBuffer> {
  const [only] = parts
  if (only && parts.length === 1) return only
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let filled = 0
  for (const part of parts) {
    joined.set(part, filled)
    filled += part.length
  }
  return joined
}
