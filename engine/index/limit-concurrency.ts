/** Runs what it is given at most `most` at a time, in the order of asking. */
export const limitConcurrency = (most: number): (<T>(run: () => Promise<T>) => Promise<T>) => {
  let running = 0
  const waiting: (() => void)[] = []
  return async run => {
    if (running < most) running++
    // Who ends hands the place over, so that nobody slips in between.
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
