import type { Source } from '../machine/iterate.ts'
import type { Process, Reader } from '../machine/process.ts'
import { O_RDONLY, type Result } from '../machine/system-calls.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { decode, encode } from '../shell/escapes.ts'
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
  const readers = new Map<string, Source<Record> | undefined>()

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
  const unread = [...names]
  let current: { lines: Source<Record>; file: string; fd: number } | undefined
  /** No promise where the line has been read: most have. */
  const advance = (): Result<SedLine | undefined> => {
    const line = current?.lines.take()
    return line instanceof Promise ? line.then(give) : give(line)
  }
  const give = (line: Record | undefined): Result<SedLine | undefined> =>
    line && current ? { text: line.text, ended: line.ended, file: current.file } : nextFile()
  const nextFile = async (): Promise<SedLine | undefined> => {
    if (current && current.file !== '-') await system.close(current.fd)
    current = undefined
    for (let file = unread.shift(); file !== undefined; file = unread.shift()) {
      const reader = await open(file)
      if (!reader) continue
      current = { lines: records(reader, decode, end), file, fd: reader.fd }
      return advance()
    }
    return undefined
  }
  const start = async () => {
    started = true
    ahead = await advance()
  }
  const input: Input = {
    next() {
      if (!started) return start().then(input.next)
      const line = ahead
      if (!line) return undefined
      const follow = (next: SedLine | undefined) => {
        ahead = next
        // A line that another file follows is always ended.
        return ahead && !line.ended ? { ...line, ended: true } : line
      }
      const next = advance()
      return next instanceof Promise ? next.then(follow) : follow(next)
    },
    isLast: () => (started ? ahead === undefined : start().then(input.isLast)),
    failed: () => failed,
    left: () => ahead !== undefined,
    async *rest() {
      for (let line = ahead; line; line = await advance()) yield encode(line.text + (line.ended ? String.fromCharCode(end) : ''))
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
      return (await readers.get(name)?.take())?.text
    },
  }
  return input
}
