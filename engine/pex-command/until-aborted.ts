/** The work's result, or the signal's reason as soon as it is aborted: what is under way then goes on unheard. */
export const untilAborted = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => new Promise<T>((resolve, reject) => {
  const stop = () => reject(signal.reason as Error)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
})
