import { isDirectory } from '../machine/stat.ts'
import { O_CREAT, O_RDWR, O_TRUNC, O_WRONLY, type SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { createEditBuffer } from './edit-buffer.ts'
import { Failure } from './failure.ts'
import { readWhole } from './pex-files.ts'
import { quoteNameInMessage } from './quote-name.ts'
import { reasonOf } from './report.ts'
import { runEditor } from './run-editor.ts'

/** A byte order mark is a part of the text, as with nano. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const nano = command(
  {
    name: 'nano',
    usage: '[FILE]',
    summary:
      'Edit FILE, or what becomes a file, on the terminal.\n' +
      'The arrows, Home, End, PageUp and PageDown move; Ctrl-O saves, Ctrl-X leaves, Ctrl-F searches, Ctrl-K cuts lines, Ctrl-U puts them in.',
    options: {},
  },
  async ({ operands }, process) => {
    const { system, stdout } = process
    if (operands.length > 1) throw new Failure('one file at a time', { usage: true })
    if (!(await system.isatty(stdout.fd))) throw new Failure('Standard output is not a terminal')
    const name = operands[0] ?? ''
    const found = name ? await contentOf(system, name) : ''
    const buffer = createEditBuffer(found ?? '')
    await runEditor(process, buffer, await system.open('/dev/tty', O_RDWR), {
      name,
      message: found === undefined ? 'New file' : '',
      save: async (path, content) => {
        const writer = process.writer(await system.open(path, O_WRONLY | O_CREAT | O_TRUNC))
        try {
          await writer.write(content)
          await writer.flush()
        } finally {
          await system.close(writer.fd)
        }
      },
    })
    return 0
  },
)

/** Undefined where there is no such file yet. Throws Failure where it cannot be edited. */
async function contentOf(system: SystemCalls, name: string): Promise<string | undefined> {
  const bytes = await bytesOf(system, name).catch((error: unknown) => {
    if (error instanceof SystemError && error.code === 'ENOENT') return undefined
    throw new Failure(`${quoteNameInMessage(name)}: ${reasonOf(error)}`)
  })
  try {
    return bytes && strict.decode(bytes)
  } catch {
    throw new Failure(`"${name}" is no text`)
  }
}

async function bytesOf(system: SystemCalls, name: string): Promise<Uint8Array> {
  if (isDirectory((await system.stat(name)).mode)) throw new Failure(`"${name}" is a directory`)
  return readWhole(system, name)
}
