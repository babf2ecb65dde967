import type { Process, Reader } from '../machine/process.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { reportName } from './report.ts'

/**
 * Opens several files at once, for tools that read them side by side; `-` is standard input. One that cannot be opened is reported, and
 * then either skipped, or nothing is opened (`inputs` undefined). The process's end closes them.
 */
export async function openAll(
  process: Process,
  names: readonly string[],
  onFailure: 'skip' | 'stop',
): Promise<{ inputs: { name: string; reader: Reader }[] | undefined; status: number }> {
  const inputs: { name: string; reader: Reader }[] = []
  let status = 0
  for (const name of names) {
    try {
      inputs.push({ name, reader: name === '-' ? process.stdin : process.reader(await process.system.open(name, O_RDONLY)) })
    } catch (error) {
      await reportName(process, name, error)
      status = 1
      if (onFailure === 'stop') return { inputs: undefined, status }
    }
  }
  return { inputs, status }
}
