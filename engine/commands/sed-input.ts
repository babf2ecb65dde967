import type { Process, Reader } from '../machine/process.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { decode } from '../shell/escapes.ts'
import { Failure } from './failure.ts'
import { records, type LineEnd, type Record } from './records.ts'
import type { SedLine, SedStreams } from './sed-run.ts'

type Input = Pick<SedStreams, 'next' | 'isLast' | 'readFile' | 'readLine'> & {
  /** Some file could not be read. */
  failed(): boolean
  /** The script ended before the input did. */
  left(): boolean
  rest(): AsyncIterable<Uint8Array>
}

/** The lines of several files as one stream, one line ahead so that `$` is known. */
export function sedInput(process: Process, names: readonly string[], end: LineEnd): Input {
  const { system } = process
  let failed = false
  let ahead: SedLine | undefined
  let started = false
  const readers = new Map<string, AsyncIterator<Record, undefined> | undefined>()

  const open = async (name: string): Promise<Reader | undefined> => {
    if (name === '-') return process.stdin
    try {
      const fd = await system.open(name, O_RDONLY)
      if (!isDirectory((await system.fstat(fd)).mode)) return process.reader(fd)
      throw new Failure(`read error on ${name}: Is a directory`, { status: 4 })
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await process.stdout.flush()
      await process.stderr.write(`${process.argv[0]}: can't read ${name}: ${error.message}\n`)
    }
    failed = true
    return undefined
  }
  async function* all(): AsyncGenerator<SedLine> {
    for (const name of names) {
      const reader = await open(name)
      if (!reader) continue
      for await (const { text, ended } of records(reader, decode, end)) yield { text, ended, file: name }
      if (name !== '-') await system.close(reader.fd)
    }
  }
  const lines = all()
  const advance = async (): Promise<SedLine | undefined> => {
    const { value, done } = await lines.next()
    return done ? undefined : value
  }
  const peek = async () => {
    if (!started) {
      started = true
      ahead = await advance()
    }
    return ahead
  }
  return {
    async next() {
      const line = await peek()
      if (!line) return undefined
      ahead = await advance()
      // A line that another file follows is always ended.
      return ahead ? { ...line, ended: true } : line
    },
    isLast: async () => (await peek()) === undefined,
    failed: () => failed,
    left: () => ahead !== undefined,
    async *rest() {
      const encoder = new TextEncoder()
      for (let line = ahead; line; line = await advance()) yield encoder.encode(line.text + (line.ended ? String.fromCharCode(end) : ''))
    },
    async readFile(name) {
      try {
        return await process.reader(name === '/dev/stdin' ? 0 : await system.open(name, O_RDONLY)).all()
      } catch (error) {
        if (error instanceof SystemError) return undefined
        throw error
      }
    },
    async readLine(name) {
      if (!readers.has(name)) {
        try {
          readers.set(name, records(process.reader(await system.open(name, O_RDONLY)), decode))
        } catch (error) {
          if (!(error instanceof SystemError)) throw error
          readers.set(name, undefined)
        }
      }
      const line = await readers.get(name)?.next()
      return line && !line.done ? line.value.text : undefined
    },
  }
}
