import type { Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { O_CREAT, O_RDWR, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { createEditBuffer } from './edit-buffer.ts'
import { Failure } from './failure.ts'
import { readWhole } from './pex-files.ts'
import { report, reportName } from './report.ts'
import { runEditor } from './run-editor.ts'

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
    if (!(await system.isatty(stdout.fd))) {
      await report(process, 'Standard output is not a terminal')
      return 1
    }
    const name = operands[0] ?? ''
    const content = name ? await contentOf(process, name) : ''
    if (content === undefined) return 1
    const buffer = createEditBuffer(content ?? '')
    await runEditor(process, buffer, await system.open('/dev/tty', O_RDWR), {
      name,
      message: content === null ? 'New file' : '',
      save: async (path, text) => {
        const writer = process.writer(await system.open(path, O_WRONLY | O_CREAT | O_TRUNC))
        await writer.write(text)
        await writer.flush()
        await system.close(writer.fd)
      },
    })
    return 0
  },
)

/** null where there is no such file yet; undefined where it cannot be edited, which has been said. */
async function contentOf(process: Process, name: string): Promise<string | null | undefined> {
  const { system } = process
  try {
    if (isDirectory((await system.stat(name)).mode)) {
      await report(process, `"${name}" is a directory`)
      return undefined
    }
    return new TextDecoder('utf-8', { fatal: true }).decode((await readWhole(system, name)).slice())
  } catch (error) {
    if (error instanceof TypeError) {
      await report(process, `"${name}" is no text`)
      return undefined
    }
    if (error instanceof SystemError && error.code === 'ENOENT') return null
    await reportName(process, name, error)
    return undefined
  }
}
