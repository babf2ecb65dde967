import type { Result } from './system-calls.ts'

export interface Source<T> extends AsyncIterableIterator<T, undefined> {
  /** What is next, undefined at the end; no promise where it is there already. */
  take(): Result<T | undefined>
}

const end: Promise<IteratorReturnResult<undefined>> = Promise.resolve({ value: undefined, done: true })

/**
 * An iterator over what `take` gives until it gives undefined. Written out because an async generator costs several times as much for
 * every value, and values are lines.
 */
export function iterate<T>(take: () => Result<T | undefined>): Source<T> {
  let ended = false
  const give = (value: T | undefined): Promise<IteratorResult<T, undefined>> =>
    value === undefined ? end : Promise.resolve({ value, done: false })
  const note = (value: T | undefined) => {
    ended = value === undefined
    return value
  }
  const source: Source<T> = {
    take() {
      if (ended) return undefined
      const value = take()
      return value instanceof Promise ? value.then(note) : note(value)
    },
    next() {
      const value = source.take()
      return value instanceof Promise ? value.then(give) : give(value)
    },
    [Symbol.asyncIterator]: () => source,
  }
  return source
}
