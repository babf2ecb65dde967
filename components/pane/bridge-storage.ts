/** localStorage and sessionStorage of a page without an origin: they last as long as the page. */
export function createMemoryStorage(): Storage {
  const values = new Map<string, string>()
  const storage: Storage = {
    get length() { return values.size },
    clear: () => values.clear(),
    getItem: key => values.get(String(key)) ?? null,
    key: index => [...values.keys()][index] ?? null,
    removeItem: key => void values.delete(String(key)),
    setItem: (key, value) => void values.set(String(key), String(value)),
  }
  return new Proxy(storage, {
    get: (target, key) => key in target ? target[key as string] as unknown : values.get(String(key)),
    set: (_target, key, value) => {
      values.set(String(key), String(value))
      return true
    },
    deleteProperty: (_target, key) => {
      values.delete(String(key))
      return true
    },
  })
}
