import type { Process } from '../machine/process.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { report } from './report.ts'

export const pwd = command(
  {
    name: 'pwd',
    usage: '[OPTION]...',
    summary: 'Print the path of the working directory.',
    options: {
      '-L, --logical': 'use PWD from the environment, even where it has symlinks',
      '-P, --physical': 'resolve all symlinks (the default)',
    },
  },
  async (args, process) => {
    if (args.operands.length) await report(process, 'ignoring non-option arguments')
    const logical = args.latest('L', 'P') === 'L' ? await logicalDirectory(process) : undefined
    await process.stdout.write(`${logical ?? (await process.system.getcwd())}\n`)
    return 0
  },
)

/** $PWD, where it is an absolute path without . and .. that leads to the working directory. */
async function logicalDirectory({ env, system }: Process): Promise<string | undefined> {
  const path = env.PWD
  if (!path?.startsWith('/') || /\/\.\.?(\/|$)/.test(path)) return undefined
  try {
    const [named, here] = [await system.stat(path), await system.stat('.')]
    return named.ino === here.ino && named.dev === here.dev ? path : undefined
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}
