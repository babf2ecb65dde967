/** localStorage and sessionStorage of a page without an origin: the wrapper keeps them for its server, as long as the pane. */
const MOST = 5_000_000

/** `changed`: without a value it is removed, without a name all are. */
export function createStorage(stored: readonly [name: string, value: string][], changed: (name?: string, value?: string) => void): Storage {
  const values = new Map(stored)
  const put = (name: string, value: string) => {
    let size = name.length + value.length
    for (const [key, text] of values) if (key !== name) size += key.length + text.length
    if (size > MOST) throw new DOMException(`'${name}' exceeded the quota.`, 'QuotaExceededError')
    values.set(name, value)
    changed(name, value)
  }
  const remove = (name: string) => {
    if (values.delete(name)) changed(name)
  }
  const storage: Storage = {
    get length() { return values.size },
    clear() {
      values.clear()
      changed()
    },
    getItem: key => values.get(String(key)) ?? null,
    key: index => [...values.keys()][index] ?? null,
    removeItem: key => remove(String(key)),
    setItem: (key, value) => put(String(key), String(value)),
  }
  return new Proxy(storage, {
    get: (target, key) => key in target ? target[key as string] as unknown : values.get(String(key)),
    set: (_target, key, value) => {
      put(String(key), String(value))
      return true
    },
    deleteProperty: (_target, key) => {
      remove(String(key))
      return true
    },
    has: (target, key) => key in target || values.has(String(key)),
    ownKeys: () => [...values.keys()],
    getOwnPropertyDescriptor: (_target, key) => values.has(String(key)) ? { value: values.get(String(key)), configurable: true, enumerable: true, writable: true } : undefined,
  })
}
