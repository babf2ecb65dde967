import { encodeIfNeeded } from '../shell/escapes.ts'
import type { Process, Writer } from '../machine/process.ts'
import type { Result } from '../machine/system-calls.ts'
import { Failure } from './failure.ts'
import type { PosixRegExp } from './posix-regexp.ts'
import { fillReplacement } from './sed-replacement.ts'
import type { Address, SedCommand, Substitution } from './sed-command.ts'
import { unambiguous } from './sed-unambiguous.ts'

export interface SedLine {
  text: string
  /** False where the file's last line lacks its newline: it is printed without, too. */
  ended: boolean
  /** Name of the file it comes from, `-` for standard input. */
  file: string
}

/** Where lines come from and where output goes; with -i and -s both change from file to file. */
export interface SedStreams {
  next(): Result<SedLine | undefined>
  isLast(): Result<boolean>
  /** True where counting starts anew with each file (-s, -i). */
  output(): Writer
  /** A file's writer for w, opened once. */
  file(name: string): Writer
  /** What r and R read: the whole file, or its next line; undefined where there is nothing. */
  readFile(name: string): Promise<Uint8Array | undefined>
  readLine(name: string): Promise<string | undefined>
}

export interface SedOptions {
  quiet: boolean
  lineLength: number
  end: string
}

/** Runs a parsed script over the streams; resolves to the exit status. */
export async function runSed(script: readonly SedCommand[], streams: SedStreams, options: SedOptions, process: Process): Promise<number> {
  let space = ''
  let hold = ''
  let ended = true
  let file = '-'
  let number = 0
  let substituted = false
  let lastRegExp: PosixRegExp | undefined
  let queue: (() => Promise<void>)[] = []
  /** For each command with two addresses: the line a range that is on ends at (Infinity: when its pattern comes). */
  const ranges = new Map<SedCommand, number>()

  /** Writers whose last line came without a newline: it is added before anything else goes there. */
  const unended = new Set<Writer>()
  const write = (text: string, withEnd = true, writer = streams.output()): Promise<void> => {
    const whole = encodeIfNeeded(withEnd ? text + options.end : text)
    return unended.delete(writer) ? writer.write(options.end).then(() => writer.write(whole)) : writer.write(whole)
  }
  const writeSpace = (): Promise<void> => {
    const writer = streams.output()
    const written = write(space, ended, writer)
    if (!ended) unended.add(writer)
    return written
  }
  const regexpOf = (regexp: PosixRegExp | undefined): PosixRegExp => {
    const used = regexp ?? lastRegExp
    if (!used) throw new Failure('-e expression #1, char 0: no previous regular expression')
    lastRegExp = used
    return used
  }
  const matches = (address: Address): Result<boolean> => {
    switch (address.kind) {
      case 'line':
        return number === address.line
      case 'last':
        return streams.isLast()
      case 'regexp':
        return regexpOf(address.regexp).test(space)
      case 'step':
        return address.step === 0 ? number === address.first : number >= address.first && (number - address.first) % address.step === 0
      default:
        return false
    }
  }
  const selected = (command: SedCommand): Result<boolean> => {
    const [first, second] = command.addresses
    if (!first) return true
    return second ? inRange(command, first, second) : matches(first)
  }
  const inRange = async (command: SedCommand, first: Address, second: Address): Promise<boolean> => {
    const end = ranges.get(command) ?? (first.kind === 'line' && first.line === 0 && number === 1 ? Infinity : undefined)
    if (end === undefined) {
      if (!(await matches(first))) return false
      const until =
        second.kind === 'line'
          ? second.line
          : second.kind === 'plus'
            ? number + second.count
            : second.kind === 'multiple'
              ? second.of
                ? number + second.of - (number % second.of)
                : number
              : Infinity
      if (until > number) ranges.set(command, until)
      return true
    }
    if (second.kind === 'regexp' || second.kind === 'last' || second.kind === 'step') {
      if (await matches(second)) ranges.set(command, -1)
      else ranges.set(command, Infinity)
    } else if (number >= end) ranges.set(command, -1)
    if (ranges.get(command) === -1) ranges.delete(command)
    // A numbered end that was passed without being seen (by n or N) closes the range after this line, as long as it is the line itself.
    return end === Infinity || number <= end || (await matches(first))
  }
  const flushQueue = async () => {
    const waiting = queue
    queue = []
    for (const one of waiting) await one()
  }
  const endCycle = (print: boolean): Result<void> => {
    const written = print && !options.quiet ? writeSpace() : undefined
    return queue.length === 0 ? written : Promise.resolve(written).then(flushQueue)
  }
  const load = (line: SedLine | undefined): boolean => {
    if (!line) return false
    ;({ text: space, ended, file } = line)
    number++
    return true
  }
  const substitute = ({ regexp, replacement, global, print, nth, file: target }: Substitution): Result<void> => {
    const pattern = regexpOf(regexp)
    let out = ''
    let from = 0
    let count = 0
    let changed = false
    for (let at = 0; at <= space.length;) {
      const match = pattern.exec(space, at)
      if (!match) break
      const empty = match.end === match.start
      // No empty match right behind the one before it.
      if (!(empty && match.start === from && count > 0 && from > 0)) {
        count++
        if (count >= (nth || 1)) {
          out += space.slice(from, match.start) + fillReplacement(replacement, space, match)
          from = match.end
          changed = true
          if (!global) break
        } else {
          out += space.slice(from, match.end)
          from = match.end
        }
      }
      at = empty ? match.end + 1 : match.end
    }
    if (!changed) return
    space = out + space.slice(from)
    substituted = true
    if (target === undefined) return print ? writeSpace() : undefined
    return Promise.resolve(print ? writeSpace() : undefined).then(() => write(space, true, streams.file(target)))
  }

  /** `restart`: D goes on without reading a line. */
  let restart = false
  for (;;) {
    if (!restart && !load(await streams.next())) return 0
    restart = false
    let index = 0
    let print = true
    while (index < script.length) {
      const command = script[index]!
      index++
      const hit = selected(command)
      if ((hit instanceof Promise ? await hit : hit) === command.negated) {
        if (command.name === '{') index = command.target
        continue
      }
      switch (command.name) {
        case 's':
          await substitute(command.substitution!)
          break
        case 'p':
          await writeSpace()
          break
        case 'd':
          index = script.length
          print = false
          break
        case 'D':
          if (space.includes('\n')) {
            space = space.slice(space.indexOf('\n') + 1)
            restart = true
          }
          index = script.length
          print = false
          break
        case 'q':
          await endCycle(true)
          return command.number ?? 0
        case 'Q':
          return command.number ?? 0
        case 'a':
          queue.push(() => write(command.text, false))
          break
        case 'i':
          await write(command.text, false)
          break
        case 'c':
          if (command.addresses.length < 2 || command.negated || !ranges.has(command)) await write(command.text, false)
          index = script.length
          print = false
          break
        case 'y':
          space = Array.from(space, (character) => command.map!.get(character) ?? character).join('')
          break
        case '=':
          await streams.output().write(`${number}\n`)
          break
        case 'n':
          if (await streams.isLast()) {
            await endCycle(true)
            return 0
          }
          await endCycle(true)
          load(await streams.next())
          break
        case 'N': {
          if (await streams.isLast()) {
            await endCycle(true)
            return 0
          }
          const before = space
          await flushQueue()
          load(await streams.next())
          space = `${before}\n${space}`
          break
        }
        case 'P':
          await write(space.split('\n', 1)[0]!)
          break
        case 'g':
          space = hold
          break
        case 'G':
          space += `\n${hold}`
          break
        case 'h':
          hold = space
          break
        case 'H':
          hold += `\n${space}`
          break
        case 'x':
          ;[space, hold] = [hold, space]
          break
        case 'z':
          space = ''
          break
        case 'F':
          await streams.output().write(`${file}\n`)
          break
        case 'l':
          await streams.output().write(unambiguous(space, command.number ?? options.lineLength))
          break
        case 'b':
          index = command.target
          break
        case 't':
        case 'T':
          if (substituted === (command.name === 't')) index = command.target
          substituted = false
          break
        case 'r':
          queue.push(async () => {
            const bytes = await streams.readFile(command.text)
            if (bytes) await streams.output().write(bytes)
          })
          break
        case 'R': {
          const line = await streams.readLine(command.text)
          if (line !== undefined) queue.push(() => write(line))
          break
        }
        case 'w':
          await write(space, true, streams.file(command.text))
          break
        case 'W':
          await write(space.split('\n', 1)[0]!, true, streams.file(command.text))
          break
      }
    }
    await endCycle(print)
    if (!restart) substituted = false
    await process.breathe()
  }
}
