import type { Process } from '../machine/process.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { spawnProgram, startFailureStatus } from './exec-program.ts'
import { Failure } from './failure.ts'
import { quoteName, quoteNameWhereNeeded } from './quote-name.ts'
import { report } from './report.ts'
import { delimitedItems, delimiterByte, lineItems, quotedItems, type XargsItem } from './xargs-input.ts'

/** Linux's MAX_ARG_STRLEN, which is GNU xargs' default for -s. */
const LONGEST_COMMAND = 131072

export const xargs = command(
  {
    name: 'xargs',
    usage: '[OPTION]... COMMAND [INITIAL-ARGS]...',
    summary: 'Run COMMAND with arguments INITIAL-ARGS and more arguments read from input.',
    options: {
      '-0, --null': 'items are separated by a null, not whitespace; disables quote and backslash processing',
      '-a, --arg-file=FILE': 'read arguments from FILE, not standard input',
      '-d, --delimiter=CHARACTER': 'items in input stream are separated by CHARACTER',
      '-E END': 'set logical EOF string; the rest of the input is ignored',
      '-I R': 'replace R in INITIAL-ARGS with names read from input, a line at a time',
      '-i[R], --replace[=R]': 'same as -I R; R defaults to {}',
      '-L, --max-lines=MAX-LINES': 'use at most MAX-LINES non-blank input lines per command line',
      '-n, --max-args=MAX-ARGS': 'use at most MAX-ARGS arguments per command line',
      '-P, --max-procs=MAX-PROCS': 'run at most MAX-PROCS processes at a time',
      '-r, --no-run-if-empty': 'if there are no arguments, do not run COMMAND',
      '-s, --max-chars=MAX-CHARS': 'limit length of command line to MAX-CHARS',
      '-t, --verbose': 'print commands before executing them',
      '-x, --exit': 'exit if the size (see -s) is exceeded',
    },
    operandsEndOptions: true,
  },
  async (args, process) => {
    const limit = (name: 'L' | 'n' | 'P' | 's', least = 1): number | undefined => {
      const text = args.value(name)
      if (text === undefined) return undefined
      if (!/^[+-]?\d+$/.test(text)) throw new Failure(`invalid number "${text}" for -${name} option`, { usage: true })
      if (Number(text) < least) throw new Failure(`value ${text} for -${name} option should be >= ${least}`, { usage: true })
      return Number(text)
    }
    const initial = args.operands.length ? args.operands : ['echo']
    const placeholder = args.latest('I', 'i') === 'i' ? (args.value('i') ?? '{}') : args.value('I')
    const atMost = { arguments: limit('n') ?? Infinity, lines: limit('L') ?? Infinity, length: limit('s') ?? LONGEST_COMMAND }
    const parallel = limit('P', 0) ?? 1
    const file = args.value('a')
    const source = file === undefined ? process.stdin : process.reader(await openArguments(process, file))
    const delimiter = args.latest('0', 'd') === '0' ? 0 : args.has('d') ? delimiterByte(args.value('d')!) : undefined
    const items =
      delimiter !== undefined ? delimitedItems(source, delimiter) : placeholder !== undefined ? lineItems(source) : quotedItems(source)
    const run = runner(process, parallel, args.has('t'))

    let batch: string[] = []
    let lines = 0
    let ran = false
    const encoder = new TextEncoder()
    const size = (words: readonly string[]) => words.reduce((sum, word) => sum + encoder.encode(word).length + 1, 0)
    const initialSize = size(initial)
    let batchSize = 0
    const flush = async () => {
      ran = true
      await run.start([...initial, ...batch])
      batch = []
      batchSize = 0
      lines = 0
    }
    try {
      for await (const item of untilEnd(items, args.value('E'))) {
        if (run.stopped()) break
        if (placeholder !== undefined) {
          ran = true
          await run.start(initial.map((word) => word.replaceAll(placeholder, item.text)))
          continue
        }
        const itemSize = size([item.text])
        if (initialSize + itemSize > atMost.length) throw new Failure('argument line too long')
        if (batch.length && initialSize + batchSize + itemSize > atMost.length) await flush()
        batch.push(item.text)
        batchSize += itemSize
        if (item.lineEnd) lines++
        if (batch.length >= atMost.arguments || lines >= atMost.lines) await flush()
        await process.breathe()
      }
    } catch (error) {
      if (error instanceof Failure && batch.length) await flush()
      await run.finish()
      throw error
    }
    if (!run.stopped() && placeholder === undefined && (batch.length || (!ran && !args.has('r')))) await flush()
    return run.finish()
  },
)

async function openArguments(process: Process, name: string): Promise<number> {
  try {
    return await process.system.open(name, O_RDONLY)
  } catch (error) {
    if (error instanceof SystemError) throw new Failure(`Cannot open input file ${quoteName(name)}: ${error.message}`)
    throw error
  }
}

async function* untilEnd(items: AsyncIterable<XargsItem>, end: string | undefined): AsyncGenerator<XargsItem> {
  for await (const item of items) {
    if (item.text === end) return
    yield item
  }
}

/** Runs command lines, several at once if asked, and keeps the status xargs ends with: 123, 124, 125, 126 or 127. */
function runner(process: Process, parallel: number, verbose: boolean) {
  const { system } = process
  let status = 0
  let stop = false
  const running = new Map<number, string>()

  const reap = async () => {
    const ended = await system.wait(-1)
    const name = ended && running.get(ended.pid)
    if (!ended || name === undefined) return
    running.delete(ended.pid)
    if (ended.kind === 'signaled') {
      await report(process, `${name}: terminated by signal ${ended.signal}`)
      status = 125
      stop = true
    } else if (ended.kind === 'exited' && ended.status === 255) {
      await report(process, `${name}: exited with status 255; aborting`)
      status = 124
      stop = true
    } else if (ended.kind === 'exited' && ended.status !== 0 && !stop) status = 123
  }
  return {
    stopped: () => stop,
    async start(argv: string[]): Promise<void> {
      while (parallel > 0 && running.size >= parallel) await reap()
      if (stop) return
      if (verbose) await process.stderr.write(`${argv.map(quoteNameWhereNeeded).join(' ')}\n`)
      // The command must not eat the arguments' input.
      const nothing = await system.open('/dev/null', O_RDONLY)
      try {
        running.set(await spawnProgram(process, argv, { fds: { 0: nothing, 1: 1, 2: 2 } }), argv[0]!)
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        await report(process, argv[0]!, error)
        status = startFailureStatus(error)
        stop = true
      } finally {
        await system.close(nothing)
      }
    },
    async finish(): Promise<number> {
      while (running.size) await reap()
      return status
    },
  }
}
