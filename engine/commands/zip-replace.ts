import type { Process } from '../machine/process.ts'

export type ReplaceAnswer = { kind: 'yes' | 'no' | 'all' | 'none' | 'end' } | { kind: 'rename'; name: string }

const answers: Record<string, 'yes' | 'no' | 'all' | 'none'> = { y: 'yes', Y: 'yes', n: 'no', A: 'all', N: 'none' }

/** The next line of the process's input without its newline; undefined at its end. */
async function nextLine(process: Process): Promise<string | undefined> {
  const line = await process.stdin.line()
  return line && new TextDecoder().decode(line).replace(/\n$/, '')
}

/** Asks on standard error until the answer makes sense; 'end' is the end of the input. */
export async function askReplace(process: Process, path: string): Promise<ReplaceAnswer> {
  await process.stdout.flush()
  for (;;) {
    await process.stderr.write(`replace ${path}? [y]es, [n]o, [A]ll, [N]one, [r]ename: `)
    const line = await nextLine(process)
    if (line === undefined) {
      await process.stderr.write(' NULL\n(EOF or read error, treating as "[N]one" ...)\n')
      return { kind: 'end' }
    }
    const letter = line[0] ?? ''
    const kind = answers[letter]
    if (kind) return { kind }
    if (letter === 'r' || letter === 'R') {
      let name: string | undefined
      do {
        await process.stderr.write('new name: ')
        name = await nextLine(process)
      } while (name === '')
      return name === undefined ? { kind: 'end' } : { kind: 'rename', name }
    }
    await process.stderr.write(`error:  invalid response [${letter || '{ENTER}'}]\n`)
  }
}
