import type { Process } from '../machine/process.ts'
import { isRegular, type Stat } from '../machine/stat.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { quoteName } from './quote-name.ts'
import { report } from './report.ts'

interface Followed {
  name: string
  /** undefined while the file is missing (followed by name). */
  fd: number | undefined
  ino: number
  position: number
}

/**
 * `tail -f`: prints what is appended to the files, looking every `interval` milliseconds, until a signal ends the process. By descriptor it
 * keeps to the file it opened; by name it goes over to a new file that takes the name. Resolves to 1 only where no file is left.
 */
export async function follow(
  process: Process,
  names: readonly string[],
  options: { byName: boolean; retry: boolean; interval: number; headers: boolean; header: (name: string) => Promise<void> },
): Promise<number> {
  const { system } = process
  const files: Followed[] = []
  for (const name of names) {
    const file = await openAtEnd(process, name)
    if (file || options.retry) files.push(file ?? { name, fd: undefined, ino: 0, position: 0 })
  }
  let shown = files.at(-1)?.name
  while (files.length) {
    for (const file of files) {
      if (options.byName) await reopen(process, file)
      if (file.fd === undefined) continue
      const { size, mode } = await system.fstat(file.fd)
      if (isRegular(mode) && size < file.position) {
        await report(process, `${file.name}: file truncated`)
        file.position = 0
      }
      const bytes = isRegular(mode)
        ? await system.pread(file.fd, Math.max(0, size - file.position), file.position)
        : await system.read(file.fd, 65536)
      if (!bytes.length) {
        if (!isRegular(mode)) files.splice(files.indexOf(file), 1)
        continue
      }
      if (shown !== file.name) await options.header(file.name)
      shown = file.name
      file.position += bytes.length
      await process.stdout.write(bytes)
    }
    await process.stdout.flush()
    if (files.length) await system.sleep(options.interval)
  }
  if (names.some((name) => name !== '-')) await report(process, 'no files remaining')
  return 1
}

async function openAtEnd({ system, stdin }: Process, name: string): Promise<Followed | undefined> {
  try {
    const fd = name === '-' ? stdin.fd : await system.open(name, O_RDONLY)
    const { ino, size } = await system.fstat(fd)
    return { name, fd, ino, position: size }
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}

async function reopen(process: Process, file: Followed): Promise<void> {
  let now: Stat | undefined
  try {
    now = await process.system.stat(file.name)
  } catch (error) {
    if (file.fd !== undefined) await report(process, `${quoteName(file.name)} has become inaccessible`, error)
  }
  if (now?.ino === file.ino) return
  if (now) await report(process, `${quoteName(file.name)} has ${file.fd === undefined ? 'appeared' : 'been replaced'};  following new file`)
  if (file.fd !== undefined) await process.system.close(file.fd)
  file.fd = now && (await process.system.open(file.name, O_RDONLY))
  file.ino = now?.ino ?? 0
  file.position = 0
}
