import { uname } from '../machine/uname.ts'
import { readTextFile } from './read-text-file.ts'
import type { SystemCalls } from '../machine/system-calls.ts'

/** The machine's name, as /etc/hostname has it. */
export const hostName = async (system: SystemCalls): Promise<string> =>
  (await readTextFile(system, '/etc/hostname'))?.trim() || uname.nodename
