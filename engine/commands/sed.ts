import type { Process, Writer } from '../machine/process.ts'
import { O_CREAT, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { isRegular } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { decode } from '../shell/escapes.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { helpText } from './help-text.ts'
import { sedInput } from './sed-input.ts'
import { runSed } from './sed-run.ts'
import { parseSed, type ScriptSource } from './sed-script.ts'

const description = {
  name: 'sed',
  usage: '[OPTION]... {script-only-if-no-other-script} [input-file]...',
  summary: 'Edit the lines of each input file, or of standard input, by a script.',
  options: {
    '-n, --quiet, --silent': 'suppress automatic printing of pattern space',
    '-e script, --expression=script': 'add the script to the commands to be executed',
    '-f script-file, --file=script-file': 'add the contents of script-file to the commands',
    '-E, -r, --regexp-extended': 'use extended regular expressions in the script',
    '-i[SUFFIX], --in-place[=SUFFIX]': 'edit files in place (makes backup if SUFFIX supplied)',
    '-l N, --line-length=N': "specify the desired line-wrap length for the `l' command",
    '-s, --separate': 'consider files as separate, not as one long stream',
    '-u, --unbuffered': 'flush the output on every line',
    '-z, --null-data': 'separate lines by NUL characters',
    '--posix': '(ignored)',
    '--follow-symlinks': 'follow symlinks when processing in place',
    '--sandbox': '(ignored)',
  },
  details: 'Commands: { } = a b c d D F g G h H i l n N p P q Q r R s t T w W x y z : #',
} as const

export const sed = command({ ...description, hint: (program) => helpText(description, program).trimEnd() }, async (args, process) => {
  const operands = [...args.operands]
  const given = args.given.filter(({ name }) => name === 'e' || name === 'f')
  if (given.length === 0 && operands.length === 0) {
    await process.stderr.write(helpText(description, process.argv[0] ?? 'sed'))
    return 1
  }
  const sources: ScriptSource[] = given.length === 0 ? [{ text: operands.shift()!, file: undefined }] : []
  for (const { name, value } of given)
    sources.push(name === 'e' ? { text: value!, file: undefined } : { text: await scriptIn(process, value!), file: value! })
  // `#n` on the first line of a script is -n (POSIX sed).
  const quiet = args.has('n') || /^#n(?:\n|$)/.test(sources[0]?.text ?? '')
  const script = parseSed(sources, args.has('E'))
  const inPlace = args.has('i')
  // atoi(3), as sed does: what is no number is 0.
  const lineLength = parseInt(args.value('l') ?? '70', 10) || 0

  const writers = new Map<string, Writer>()
  const openForWriting = async (name: string) => {
    if (writers.has(name)) return
    try {
      const fd =
        name === '/dev/stdout'
          ? process.stdout.fd
          : name === '/dev/stderr'
            ? process.stderr.fd
            : await process.system.open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
      writers.set(name, fd === process.stdout.fd ? process.stdout : fd === process.stderr.fd ? process.stderr : process.writer(fd))
    } catch (error) {
      if (error instanceof SystemError) throw new Failure(`couldn't open file ${name}: ${error.message}`, { status: 4 })
      throw error
    }
  }
  for (const one of script) {
    if (one.name === 'w' || one.name === 'W') await openForWriting(one.text)
    if (one.substitution?.file !== undefined) await openForWriting(one.substitution.file)
  }
  const names = operands.length ? operands : ['-']
  const options = { quiet, lineLength, end: args.has('z') ? '\0' : '\n' }
  const separate = inPlace || args.has('s')
  let status = 0
  for (const group of separate ? names.map((name) => [name]) : [names]) {
    const refusal = inPlace ? await cannotEdit(process, group[0]!) : 0
    if (refusal) {
      status = refusal
      continue
    }
    const input = sedInput(process, group, args.has('z') ? 0 : 10)
    const target = inPlace ? await inPlaceTarget(process, group[0]!, args.value('i')) : undefined
    const ended = await runSed(
      script,
      {
        ...input,
        output: () => target?.writer ?? process.stdout,
        file: (name) => writers.get(name)!,
      },
      options,
      process,
    )
    await target?.finish(input.rest)
    for (const writer of writers.values()) await writer.flush()
    if (input.failed()) status = 2
    if (ended !== 0) return ended
    if (input.left() && !inPlace) break
  }
  return status
})

async function scriptIn(process: Process, name: string): Promise<string> {
  let text = ''
  await eachInput(
    process,
    [name],
    async (input) => {
      text = decode(await input.all()).replace(/\n$/, '')
    },
    async (_, error) => {
      throw new Failure(`couldn't open file ${name}: ${error.message}`, { status: 4 })
    },
  )
  return text
}

/** Says why a file cannot be edited in place, and with which status sed ends; 0 where it can. */
async function cannotEdit(process: Process, name: string): Promise<number> {
  try {
    const { mode } = await process.system.stat(name)
    if (isRegular(mode)) return 0
    await process.stderr.write(`${process.argv[0]}: couldn't edit ${name}: not a regular file\n`)
    return 4
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    await process.stderr.write(`${process.argv[0]}: can't read ${name}: ${error.message}\n`)
    return 2
  }
}

/** A temporary file beside `name` that takes its place in the end; with a suffix the old one is kept (`*` in it stands for the name). */
async function inPlaceTarget(process: Process, name: string, suffix: string | undefined) {
  const { system } = process
  const slash = name.lastIndexOf('/') + 1
  const temporary = `${name.slice(0, slash)}sed${process.pid}${String(process.now()).slice(-6)}`
  const { mode } = await system.stat(name)
  const fd = await system.open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  await system.fchmod(fd, mode & 0o7777)
  const writer = process.writer(fd)
  return {
    writer,
    /** `rest`: the lines that `q` left unread stay in the file. */
    finish: async (rest: () => AsyncIterable<Uint8Array>) => {
      for await (const bytes of rest()) await writer.write(bytes)
      await writer.flush()
      await system.close(fd)
      if (suffix) {
        const base = name.slice(slash)
        const backup = suffix.includes('*') ? suffix.replaceAll('*', base) : base + suffix
        await system.rename(name, backup.includes('/') ? backup : name.slice(0, slash) + backup)
      }
      await system.rename(temporary, name)
    },
  }
}
