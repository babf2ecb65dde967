import type { Process } from '../machine/process.ts'

/** Asks on standard error (`rm: remove regular file 'x'? `) and takes a line of standard input that begins with y for yes. */
export function createConfirm(process: Process): (question: string) => Promise<boolean> {
  return async (question) => {
    await process.stdout.flush()
    await process.stderr.write(`${process.argv[0] ?? ''}: ${question}`)
    const first = (await process.stdin.line())?.[0]
    return first === 0x79 || first === 0x59
  }
}
