import type { Result } from './system-calls.ts'

const end: Promise<IteratorReturnResult<undefined>> = Promise.resolve({ value: undefined, done: true })

/**
 * An iterator over what `take` gives until it gives undefined. Written out because an async generator costs several times as much for
 * every value, and values are lines.
 */
export function iterate<T>(take: () => Result<T | undefined>): AsyncIterableIterator<T, undefined> {
  let ended = false
  const give = (value: T | undefined): Promise<IteratorResult<T, undefined>> => {
    ended = value === undefined
    return value === undefined ? end : Promise.resolve({ value, done: false })
  }
  const iterator: AsyncIterableIterator<T, undefined> = {
    next() {
      if (ended) return end
      const value = take()
      return value instanceof Promise ? value.then(give) : give(value)
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}
