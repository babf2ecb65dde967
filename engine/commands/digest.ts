import { hex } from '../bytes/hex.ts'
import type { Command, Process, Reader } from '../machine/process.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { quoteNameInMessage } from './quote-name.ts'
import { report, reportName } from './report.ts'

interface Hash {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}

/** sha256sum, md5sum ...: prints digests of files, or checks files against a list of such lines (coreutils' digest programs). */
export function digestCommand(name: string, algorithm: string, bits: number, create: () => Hash): Command {
  return command(
    {
      name,
      usage: '[OPTION]... [FILE]...',
      summary: `Print or check ${algorithm} (${bits}-bit) checksums.\n\nWith no FILE, or when FILE is -, read standard input.`,
      options: {
        '-b, --binary': 'mark the lines as made in binary mode',
        '-c, --check': 'read checksums from the FILEs and check them',
        '--tag': 'print a BSD-style checksum',
        '-t, --text': 'mark the lines as made in text mode (the default)',
        '-z, --zero': 'end each line with NUL, not newline, and escape no names',
        '--ignore-missing': 'with -c, no failure or message for missing files',
        '--quiet': 'with -c, print no OK for files that are right',
        '--status': 'with -c, print nothing; the exit status tells',
        '--strict': 'with -c, fail for lines that are no checksums',
        '-w, --warn': 'with -c, warn about lines that are no checksums',
      },
    },
    async (args, process) => {
      const names = args.operands.length ? args.operands : ['-']
      const check = {
        ignoreMissing: args.has('ignore-missing'),
        quiet: args.has('quiet'),
        status: args.has('status'),
        strict: args.has('strict'),
        warn: args.has('w'),
      }
      if (args.has('c')) {
        let good = true
        const status = await eachInput(process, names, async (input, list) => {
          good = (await checkList(process, input, list, { ...check, algorithm, bits, create })) && good
        })
        return good ? status : 1
      }
      return eachInput(process, names, async (input, file) => {
        const sum = await digestOf(process, input, create())
        await process.stdout.write(
          formatLine(sum, file, { algorithm, tag: args.has('tag'), binary: args.latest('b', 't') === 'b', zero: args.has('z') }),
        )
      })
    },
  )
}

async function digestOf(process: Process, input: Reader, hash: Hash): Promise<string> {
  for (let chunk = await input.read(); chunk; chunk = await input.read()) {
    hash.update(chunk)
    await process.breathe()
  }
  return hex(hash.digest())
}

function formatLine(sum: string, file: string, how: { algorithm: string; tag: boolean; binary: boolean; zero: boolean }): string {
  const escaped = how.zero ? file : file.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  const mark = escaped === file ? '' : '\\'
  const line = how.tag ? `${how.algorithm} (${escaped}) = ${sum}` : `${sum} ${how.binary ? '*' : ' '}${escaped}`
  return mark + line + (how.zero ? '\0' : '\n')
}

interface Check {
  algorithm: string
  bits: number
  create: () => Hash
  ignoreMissing: boolean
  quiet: boolean
  status: boolean
  strict: boolean
  warn: boolean
}

/** False where a file differs, cannot be read, or nothing was checked. */
async function checkList(process: Process, list: Reader, listName: string, check: Check): Promise<boolean> {
  const shownList = listName === '-' ? "'standard input'" : quoteNameInMessage(listName)
  const tally = { valid: 0, checked: 0, improper: 0, unreadable: 0, different: 0 }
  let number = 0
  for await (const bytes of list.lines()) {
    number++
    const text = new TextDecoder().decode(bytes).replace(/\r?\n$/, '')
    if (text.startsWith('#')) continue
    const parsed = parseLine(text, check)
    if (!parsed) {
      tally.improper++
      if (check.warn) await report(process, `${shownList}: ${number}: improperly formatted ${check.algorithm} checksum line`)
      continue
    }
    tally.valid++
    let sum: string | undefined
    let missing = false
    await eachInput(process, [parsed.file], async (input) => {
      sum = await digestOf(process, input, check.create())
    }, async (file, error) => {
      missing = check.ignoreMissing && error instanceof SystemError && error.code === 'ENOENT'
      if (!missing) await reportName(process, file, error)
    })
    if (missing) continue
    if (sum === undefined) tally.unreadable++
    else tally.checked++
    const right = sum === parsed.sum
    if (sum !== undefined && !right) tally.different++
    const verdict = sum === undefined ? 'FAILED open or read' : right ? 'OK' : 'FAILED'
    if (!check.status && !(right && check.quiet)) await process.stdout.write(`${quoteForCheck(parsed.file)}: ${verdict}\n`)
  }
  if (!tally.valid) {
    await report(process, `${shownList}: no properly formatted checksum lines found`)
    return false
  }
  if (!check.status) {
    const warn = (count: number, one: string, many: string) =>
      count ? report(process, `WARNING: ${count} ${count === 1 ? one : many}`) : undefined
    await warn(tally.improper, 'line is improperly formatted', 'lines are improperly formatted')
    await warn(tally.unreadable, 'listed file could not be read', 'listed files could not be read')
    await warn(tally.different, 'computed checksum did NOT match', 'computed checksums did NOT match')
    if (check.ignoreMissing && !tally.checked) await report(process, `${shownList}: no file was verified`)
  }
  return tally.checked > 0 && !tally.different && !tally.unreadable && !(check.strict && tally.improper)
}

const quoteForCheck = (file: string) => (/[\\\n]/.test(file) ? `\\${file.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}` : file)

function parseLine(text: string, { algorithm, bits }: Check): { sum: string; file: string } | undefined {
  const escaped = text.startsWith('\\')
  const line = escaped ? text.slice(1) : text
  const digits = bits / 4
  const plain = new RegExp(`^\\s*([0-9a-fA-F]{${digits}}) [ *]?(.+)$`, 's').exec(line)
  const tagged = new RegExp(`^${algorithm} ?\\((.+)\\) ?= ?([0-9a-fA-F]{${digits}})$`, 's').exec(line)
  const [sum, file] = plain ? [plain[1], plain[2]] : [tagged?.[2], tagged?.[1]]
  if (sum === undefined || file === undefined) return undefined
  return { sum: sum.toLowerCase(), file: escaped ? file.replace(/\\([\\n])/g, (_, letter) => (letter === 'n' ? '\n' : '\\')) : file }
}
