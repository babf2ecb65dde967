import type { Process } from '../machine/process.ts'

/** Asks on standard error (`rm: remove regular file 'x'? `) and takes a line of standard input that begins with y for yes. */
export function createConfirm(process: Process): (question: string) => Promise<boolean> {
  let answers: AsyncIterator<Uint8Array> | undefined
  return async (question) => {
    await process.stdout.flush()
    await process.stderr.write(`${process.argv[0] ?? ''}: ${question}`)
    answers ??= process.stdin.lines()[Symbol.asyncIterator]()
    const { value, done } = await answers.next()
    return !done && (value[0] === 0x79 || value[0] === 0x59)
  }
}
