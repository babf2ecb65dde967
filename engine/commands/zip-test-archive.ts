import { readDirectory } from '../archive/read-zip.ts'
import { ZipError } from '../archive/zip-error.ts'
import type { Process } from '../machine/process.ts'
import { ZipFailure } from './zip-failure.ts'
import { openArchive } from './zip-open.ts'

/** Reads every member of the archive at `path`; it is called `name` in what is said. */
export async function testArchive(process: Process, path: string, name: string, say: (text: string) => Promise<void>): Promise<number> {
  const opened = await openArchive(process, path)
  try {
    const archive = await readDirectory(opened.source)
    for (const entry of archive.entries) {
      for await (const chunk of await archive.stream(entry)) if (chunk.length) await process.breathe()
    }
    await say(`test of ${name} OK\n`)
    return 0
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    await say(`test of ${name} FAILED\n`)
    throw new ZipFailure(8, 'original files unmodified')
  } finally {
    await opened.close()
  }
}
