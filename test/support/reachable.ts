/** Every object that an object leads to, itself included. */
export const reachable = (start: object): Set<object> => {
  const seen = new Set<object>([start])
  for (const object of seen) {
    if (ArrayBuffer.isView(object)) continue
    for (const value of Object.values(object)) if (typeof value === 'object' && value !== null) seen.add(value)
  }
  return seen
}
